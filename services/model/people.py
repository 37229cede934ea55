"""Persons, their accounts and roles, bound chats, drafts before consent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.model.words import AppealId, PersonId, Role


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody the hub talks to, in whatever messenger."""

    id: PersonId
    first_name: str
    locale: str
    consent_version: int | None
    consent_at: datetime | None
    created_at: datetime
    forget_when_closed: bool = False
    """Asked to be forgotten once the open appeals are answered and closed."""


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

    @property
    def reachable(self) -> bool:
        """The bot may write, and is not stopped."""
        return self.started and self.unreachable_at is None


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
    act: str | None = None
    """Number of the appointing act."""
    on_behalf_of: PersonId | None = None
    """Whose substitute he is: he decides in that person's name, and the event says so."""


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
    until: datetime | None = None
    """When the role it gives ends."""
    act: str | None = None
    """Number of the appointing act."""


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody that he gave himself. Shown to the holder only, each look logged."""

    id: int
    person_id: PersonId
    appeal_id: AppealId | None
    """The case it was given for."""
    kind: str
    """phone"""
    value: str
    at: datetime


class Purpose(StrEnum):
    """What a bound group chat is for."""

    BLOCK = "block"
    TRIAGE = "triage"
    QUALITY = "quality"


OUT = "presence"
"""What a chat lacks that the bot was removed from."""


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
    missing: list[str] | None = None
    """Rights the bot lacks there (services/binding.RIGHTS); None: not looked at yet."""
    topics: dict[str, str] | None = None
    """A forum's topics by their word (services/binding.TOPICS) → thread; None: no forum."""

    @property
    def is_lost(self) -> bool:
        """The bot was removed from it: what was for it goes elsewhere until it is back."""
        return OUT in (self.missing or [])


@dataclass(frozen=True, slots=True)
class Draft:
    """Words that are no appeal yet: of somebody who has not consented (kept a day, shown to no one,
    domain.md §8), or of somebody who may still be writing (architecture.md §In 7).
    """

    id: int
    person_id: PersonId
    channel: str
    chat_id: str
    content: dict[str, Any]
    """A services.wire.Message as JSON."""
    received_at: datetime
    alerted: bool
    """Emergency words already called the duty people."""
    ready_at: datetime | None = None
    """When the burst it belongs to becomes an appeal (services/bursts); None waits for consent."""


@dataclass(frozen=True, slots=True)
class Snooze:
    """Somebody wants no more words today about what waits for him; no deadline moves by it."""

    id: int
    person_id: PersonId
    until: datetime


@dataclass(frozen=True, slots=True)
class Erasure:
    """The record that a person's data was erased: when, and how many appeals lost their words."""

    id: int
    """The number of the act the person is told."""
    person_id: PersonId
    at: datetime
    appeals: int
