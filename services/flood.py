"""Many messages at once: none is lost, and the citizen is told so (conversations.md §1.15)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from services import notify
from services.belonging import Recent
from services.desk import Desk
from services.directory import Known
from services.model import Direction, Draft
from services.wire import Message

MINUTE = timedelta(minutes=1)
QUIET_FOR = timedelta(minutes=10)
"""The line is said once in so long (conversations.md §1.15)."""


def in_a_minute(desk: Desk, rows: Sequence[Draft], recent: Recent | None) -> int:
    """How many messages came within the last minute, in the burst and in the newest appeal."""
    since = desk.now - MINUTE
    kept = sum(row.received_at > since for row in rows)
    if recent is None:
        return kept
    said = (u for u in recent.said if u.direction is Direction.IN)
    return kept + sum(u.at > since for u in said)


async def say_once(desk: Desk, known: Known, message: Message) -> None:
    """«Ни одно не потеряем», once in ten minutes."""
    slot = int(desk.now.timestamp() // QUIET_FOR.total_seconds())
    before = f"flood:{known.person.id}:{slot - 1}"
    if await desk.uow.outbox.written_since(before, desk.now - QUIET_FOR):
        return
    notify.say(desk, known, "flood", chat=message.chat, key=f"flood:{known.person.id}:{slot}")
