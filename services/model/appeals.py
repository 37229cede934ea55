"""An appeal, what is said in it, its events and its clocks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.model.files import FileState
from services.model.words import AnswerId, AppealId, Outcome, PersonId, Role, State
from services.policies import ClockKind, Regime, Urgency


class Source(StrEnum):
    """How an appeal came to us."""

    BOT = "bot"
    CALL = "call"
    WALK_IN = "walk_in"
    PAPER = "paper"


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
    problem_id: int | None = None
    """The mass problem it belongs to, as its lead or following it."""
    place_key: str | None = None
    """The named place without the house: what reports of one problem share."""
    quiet: bool = False
    """Its author wants the outcome of the problem, no news."""
    wordless: str | None = None
    """It began with files alone: what they were (services.attachments.GROUPS)."""
    edited_at: datetime | None = None
    """When the citizen's last edit of his words was taken in."""
    source: Source = Source.BOT
    beside_id: AppealId | None = None
    """The citizen's case that this one was said soon after or split from: «Это всё о № …» joins
    them; of a duplicate, the one that answers for both.
    """
    urgency_reason: str | None = None
    """The words that raised the urgency; None when its topic or a person set it."""
    rated_from: datetime | None = None
    """Since when a rating is waited for, where it is later than the answer itself."""
    read_by: str | None = None
    """Which classifier said what it is about: «cold», or a model's name."""

    @property
    def erased(self) -> bool:
        """Nothing is left of what its author said: he asked to be forgotten."""
        return not (self.text or self.essence or self.attachments or self.wordless)


class SaidAs(StrEnum):
    """What a citizen's message was to its appeal; answers to questions of ours are neither."""

    OPENING = "opening"
    """Among the words that opened it."""
    ADDED = "added"
    """Joined it later, unasked."""
    COMMENT = "comment"
    """A remark to an answer that he has judged."""


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
    group_key: str | None
    """The album it came as."""
    said_as: SaidAs | None = None


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
    state: FileState = FileState.WAITING
    path: str | None = None
    """Of our own copy, under the folder of files."""
    tries: int = 0
    next_try_at: float | None = None
    """Technical time: seconds since the epoch; None is at once."""


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

    @property
    def word(self) -> str:
        """The code without the name of the absent in whose place somebody acted («… за 7»)."""
        return (self.code or "").split(" ", 1)[0]


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
