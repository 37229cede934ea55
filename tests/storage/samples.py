"""Rows for storage tests, with as few words as their meaning needs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from services.model import Person, PersonId
from services.notices import Kind, Notice
from storage.arrivals import Incoming
from storage.store import Store
from storage.unit import UnitOfWork

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


def person(uow: UnitOfWork, name: str = "Мария") -> Person:
    """Somebody new, not added yet."""
    return Person(PersonId(uow.new_id(Person)), name, "ru", None, None, NOON)


def notice(chat: str = "1", **more: Any) -> Notice:
    """A line for a chat."""
    return Notice(
        **{"kind": Kind.PLAIN, "channel": "t", "chat_id": chat, "not_before": NOON, **more}
    )


async def queue(store: Store, *notices: Notice) -> None:
    """Write notices at noon."""
    async with store.unit() as uow:
        for each in notices:
            uow.outbox.add(each, now=NOON)


def update(number: int, chat: str = "1", *, group: str | None = None, bot: str = "7") -> Incoming:
    """A raw update of a chat."""
    return Incoming("t", bot, number, chat, {"update_id": number}, group)
