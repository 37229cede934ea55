"""The nouns of the product (product.md, «Words we use everywhere») as frozen values.

A change is `dataclasses.replace` put into the unit of work; rules never see a database.
Moments are aware UTC datetimes of business time, outside ids are strings (they come from
several messengers).
"""

from services.model.answers import Answer, AnswerState, Rating
from services.model.appeals import (
    Appeal,
    Attachment,
    Clock,
    ClockState,
    Direction,
    Event,
    EventText,
    Utterance,
)
from services.model.decisions import Decision, Matter
from services.model.people import Account, Chat, Draft, Erasure, Grant, Invite, Person, Purpose
from services.model.traces import Dialog, DirectoryVersion, JobRun, Posted
from services.model.words import WHOLE_CENTRE, AnswerId, AppealId, Outcome, PersonId, Role, State

__all__ = [
    "WHOLE_CENTRE",
    "Account",
    "Answer",
    "AnswerId",
    "AnswerState",
    "Appeal",
    "AppealId",
    "Attachment",
    "Chat",
    "Clock",
    "ClockState",
    "Decision",
    "Dialog",
    "Direction",
    "DirectoryVersion",
    "Draft",
    "Erasure",
    "Event",
    "EventText",
    "Grant",
    "Invite",
    "JobRun",
    "Matter",
    "Outcome",
    "Person",
    "PersonId",
    "Posted",
    "Purpose",
    "Rating",
    "Role",
    "State",
    "Utterance",
]
