"""What the hub remembers of its own doings: messages it posted, open questions, job runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.model.words import AppealId, PersonId


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
    thread: str | None = None
    """The forum topic it stands in."""


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
