"""The nouns of the product (product.md, «Words we use everywhere») as frozen values.

A change is `dataclasses.replace` put into the unit of work; rules never see a database.
Moments are aware UTC datetimes of business time, outside ids are strings (they come from
several messengers).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, NewType

from services.policies import ClockKind, Regime, Urgency

PersonId = NewType("PersonId", int)
AppealId = NewType("AppealId", int)
AnswerId = NewType("AnswerId", int)


class State(StrEnum):
    """States of an appeal (domain.md §1)."""

    NEW = "new"
    ASSIGNED = "assigned"
    RETURNING = "returning"
    IN_PROGRESS = "in_progress"
    WAITING_CITIZEN = "waiting_citizen"
    POSTPONED = "postponed"
    REVIEW = "review"
    ANSWERED = "answered"
    REOPENED = "reopened"
    DISPUTED = "disputed"
    MERGED = "merged"
    REJECTED = "rejected"
    CLOSED = "closed"


class Outcome(StrEnum):
    """How an answer or a closed appeal ended (domain.md §1, `closed`)."""

    SOLVED = "solved"
    PARTLY = "partly"
    EXPLAINED = "explained"
    REFUSED = "refused"
    FORWARDED = "forwarded"
    NO_FEEDBACK = "no_feedback"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    REJECTED = "rejected"
    TERMINATED = "terminated"


class Role(StrEnum):
    """Roles of domain.md §11, and HUB for what the machine does by itself."""

    CIT = "CIT"
    DUT = "DUT"
    EXE = "EXE"
    DEP = "DEP"
    BHD = "BHD"
    BLK = "BLK"
    QC = "QC"
    MHD = "MHD"
    CRD = "CRD"
    MAY = "MAY"
    PRS = "PRS"
    ADM = "ADM"
    AUD = "AUD"
    HUB = "HUB"


WHOLE_CENTRE = "*"
"""The scope of a role that is not tied to a block or a department."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the hub talks to, in whatever messenger."""

    id: PersonId
    first_name: str
    locale: str
    consent_version: int | None
    consent_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Account:
    """A person's address in one channel."""

    id: int
    channel: str
    external_id: str
    person_id: PersonId
    started: bool
    """The bot may write first: the person has written or pressed Start."""
    unreachable_at: datetime | None


@dataclass(frozen=True, slots=True)
class Grant:
    """A role somebody holds, over a scope, for a time (domain.md §11)."""

    id: int
    person_id: PersonId
    role: Role
    scope: str
    since: datetime
    until: datetime | None
    granted_by: PersonId | None


@dataclass(frozen=True, slots=True)
class Invite:
    """A one-time link that gives a role. Only the token's hash is kept."""

    id: int
    token_hash: str
    role: Role
    scope: str
    created_by: PersonId | None
    created_at: datetime
    expires_at: datetime
    used_by: PersonId | None
    used_at: datetime | None


class Purpose(StrEnum):
    """What a bound group chat is for."""

    BLOCK = "block"
    TRIAGE = "triage"
    QUALITY = "quality"


@dataclass(frozen=True, slots=True)
class Chat:
    """A group bound to the hub by /bind."""

    id: int
    channel: str
    external_id: str
    purpose: Purpose
    block: str | None
    title: str
    bound_by: PersonId | None
    bound_at: datetime


@dataclass(frozen=True, slots=True)
class Draft:
    """Words of somebody who has not consented yet: kept a day, shown to no one (domain.md §8)."""

    id: int
    person_id: PersonId
    channel: str
    chat_id: str
    content: dict[str, Any]
    """A services.wire.Message as JSON."""
    received_at: datetime
    alerted: bool
    """Emergency words already called the duty people."""


@dataclass(frozen=True, slots=True)
class Appeal:
    """One case of one citizen. Its number is its id."""

    id: AppealId
    person_id: PersonId
    channel: str
    chat_id: str
    regime: Regime
    state: State
    urgency: Urgency
    topic: str | None
    block: str | None
    essence: str
    """What it is about, one line, masked."""
    text: str
    """The citizen's words as staff may see them, masked."""
    place: str | None
    territory: str | None
    latitude: float | None
    longitude: float | None
    confidence: float
    reason: list[str]
    """The words that led to the topic."""
    candidates: list[dict[str, Any]]
    """Up to three {topic, block, score, words}, best first, for the triage card."""
    policy: str
    policy_version: int
    received_at: datetime
    registered_at: datetime
    holder_id: PersonId | None
    taken_at: datetime | None
    came_from: State | None
    """Where `waiting_citizen` goes back to."""
    reopened: int
    returns: int
    check_returns: int
    parent_id: AppealId | None
    outcome: Outcome | None
    answer_id: AnswerId | None
    answered_at: datetime | None
    closed_at: datetime | None
    attachments: int
    event_seq: int
    chain_head: str
    """Hash of the newest event: the next one continues the chain (invariant 1)."""


class Direction(StrEnum):
    """Who an utterance inside an appeal goes to."""

    IN = "in"
    OUT = "out"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Utterance:
    """One message inside an appeal: the citizen's, ours to him, or a note of the staff."""

    id: int
    appeal_id: AppealId
    author_id: PersonId | None
    direction: Direction
    text: str
    """As written. Erased with the citizen's data."""
    masked: str
    at: datetime
    channel: str
    chat_id: str
    external_id: str | None


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of an utterance or of an answer, known by the messenger's id."""

    id: int
    appeal_id: AppealId
    utterance_id: int | None
    answer_id: AnswerId | None
    kind: str
    file_id: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Event:
    """An append-only record of one transition (invariant 1)."""

    id: int
    appeal_id: AppealId
    seq: int
    action: str
    actor_id: PersonId | None
    role: Role
    source: State | None
    target: State
    code: str | None
    at: datetime
    channel: str
    policy: str
    policy_version: int
    text_hash: str | None
    """Salted hash of the free text; text and salt stand in EventText, which erasure may empty."""
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class EventText:
    """The free text of an event, kept apart so that it can be erased."""

    id: int
    """The event's id."""
    text: str
    salt: str


class ClockState(StrEnum):
    """A clock runs, waits for the citizen, or has been answered or given up."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline of an appeal and the next thing to say about it."""

    id: int
    appeal_id: AppealId
    kind: ClockKind
    state: ClockState
    span: str
    started_at: datetime
    due_at: datetime
    paused_at: datetime | None
    stopped_at: datetime | None
    halved: bool
    policy: str
    policy_version: int
    steps: list[list[Any]]
    """What is left to say: [code, moment in microseconds since the epoch], soonest first."""
    next_at: datetime | None
    """The moment of the first step; indexed, so that finding what is due is one range scan."""


class AnswerState(StrEnum):
    """Life of one version of an answer."""

    DRAFT = "draft"
    REVIEW = "review"
    PASSED = "passed"
    RETURNED = "returned"
    NOTE = "note"
    """Its author said it was no answer: kept as an inner note."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One version of a reply to the citizen. Frozen once it is sent for checking."""

    id: AnswerId
    appeal_id: AppealId
    author_id: PersonId
    text: str
    outcome: Outcome
    state: AnswerState
    created_at: datetime
    submitted_at: datetime | None
    checker_id: PersonId | None
    checked_at: datetime | None
    remark: str | None
    """What the checker asked to mend."""
    photos: int


@dataclass(frozen=True, slots=True)
class Rating:
    """The citizen's verdict on one answer."""

    id: int
    appeal_id: AppealId
    answer_id: AnswerId
    person_id: PersonId
    verdict: str
    """y, p or n: solved, partly, not."""
    mark: int | None
    """1–5."""
    reason: str | None
    comment: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Posted:
    """A message of ours in a chat: what it is about and whose it is."""

    id: int
    channel: str
    chat_id: str
    external_id: str
    kind: str
    appeal_id: AppealId | None
    owner_id: PersonId | None
    anchor: str | None
    """Unique: the notice with this anchor edits this message instead of sending anew."""
    data: dict[str, Any]
    digest: str
    """Of the text and buttons as last sent."""
    at: datetime


@dataclass(frozen=True, slots=True)
class Dialog:
    """The open question of a person in a chat. The next message answers it."""

    id: int
    person_id: PersonId
    chat_id: str
    step: str
    data: dict[str, Any]
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class JobRun:
    """A fire time that some replica has claimed: (job, fired_at) is unique."""

    id: int
    job: str
    fired_at: datetime
    """The first fire time after the run before."""
    ran_at: datetime
    """When it ran: after an outage one run stands for all that were missed."""


@dataclass(frozen=True, slots=True)
class DirectoryVersion:
    """One version of the municipality's document; the newest wins."""

    id: int
    document: dict[str, Any]
    source: str
    loaded_at: datetime
