"""The nouns of the product (product.md, «Words we use everywhere») as frozen values.

A change is `dataclasses.replace` put into the unit of work; rules never see a database.
Moments are aware UTC datetimes of business time, outside ids are strings (they come from
several messengers).
"""

from services.model.answers import Answer, AnswerState, ErrorRecord, Rating
from services.model.appeals import (
    Appeal,
    Attachment,
    Clock,
    ClockState,
    Direction,
    Event,
    EventText,
    SaidAs,
    Source,
    Utterance,
)
from services.model.decisions import Decision, Matter
from services.model.duty import Alarm, Shift
from services.model.files import DoomedFile, FileState
from services.model.labels import Because, Label
from services.model.people import (
    OUT,
    Account,
    Chat,
    Contact,
    Draft,
    Erasure,
    Grant,
    Invite,
    Person,
    Purpose,
    Snooze,
)
from services.model.points import Box, Corner
from services.model.problems import Problem, ProblemState, Report
from services.model.teaching import Came, ModelTask, Task
from services.model.traces import Dialog, DirectoryVersion, JobRun, Posted
from services.model.words import WHOLE_CENTRE, AnswerId, AppealId, Outcome, PersonId, Role, State

__all__ = [
    "OUT",
    "WHOLE_CENTRE",
    "Account",
    "Alarm",
    "Answer",
    "AnswerId",
    "AnswerState",
    "Appeal",
    "AppealId",
    "Attachment",
    "Because",
    "Box",
    "Came",
    "Chat",
    "Clock",
    "ClockState",
    "Contact",
    "Corner",
    "Decision",
    "Dialog",
    "Direction",
    "DirectoryVersion",
    "DoomedFile",
    "Draft",
    "Erasure",
    "ErrorRecord",
    "Event",
    "EventText",
    "FileState",
    "Grant",
    "Invite",
    "JobRun",
    "Label",
    "Matter",
    "ModelTask",
    "Outcome",
    "Person",
    "PersonId",
    "Posted",
    "Problem",
    "ProblemState",
    "Purpose",
    "Rating",
    "Report",
    "Role",
    "SaidAs",
    "Shift",
    "Snooze",
    "Source",
    "State",
    "Task",
    "Utterance",
]
