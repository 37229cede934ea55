"""Counting what really happened: from the database, the chats and the journal, not the script."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from bot.demo.stage import Stage
from services.model import AnswerState
from services.notices import Kind
from storage import tables as t
from storage.unit import UnitOfWork

_STOPPED = 403
"""What a chat answers whose person has stopped the bot."""
_TOO_FAST = 429
"""A refusal that delivery waits out: it belongs to the messenger's pace."""


async def counted(stage: Stage) -> dict[str, int]:
    """The counts of the day; what was left lying or refused is told to the stage as errors."""
    async with stage.hub.store.reading() as uow:
        found = {
            "appeals": await _count(uow, select(func.count()).select_from(t.appeals)),
            "answered": await _count(uow, _answered()),
            "rated": await _count(uow, _marks()),
            "reopened": await _count(uow, select(func.sum(t.appeals.c.reopened))),
            "reminders": await _said(uow, stage, Kind.REMINDER),
            "escalations": await _said(uow, stage, Kind.OVERDUE),
            "digests": await _said(uow, stage, Kind.DIGEST),
        }
        await _leftovers(uow, stage)
    _refusals(stage)
    return found


def compare(stage: Stage, found: dict[str, int], wanted: dict[str, Any]) -> None:
    """Every count that is not as scripted is an error."""
    for name, number in wanted.items():
        if found[name] != number:
            stage.fail(f"{name}: {found[name]}, по сценарию {number}")


def _answered() -> Any:
    """Cases with an answer that is final; an interim one promises a day."""
    final = (t.answers.c.state == AnswerState.PASSED) & t.answers.c.until.is_(None)
    return select(func.count(t.answers.c.appeal_id.distinct())).where(final)


def _marks() -> Any:
    return select(func.count()).select_from(t.ratings).where(t.ratings.c.mark.is_not(None))


async def _count(uow: UnitOfWork, statement: Any) -> int:
    return int((await uow.connection.execute(statement)).scalar() or 0)


async def _said(uow: UnitOfWork, stage: Stage, kind: Kind) -> int:
    """Notices of a kind that really stand in the chat they were sent to."""
    c = t.outbox.c
    statement = select(c.chat_id, c.external_id).where(c.kind == kind, c.state == "sent")
    rows = (await uow.connection.execute(statement)).all()
    rooms = stage.world.town.rooms
    return sum(int(row[1]) in rooms[int(row[0])].messages for row in rows)


async def _leftovers(uow: UnitOfWork, stage: Stage) -> None:
    """Parked updates and dead notices."""
    parked = select(t.inbox.c.serial, t.inbox.c.error).where(t.inbox.c.state == "parked")
    for serial, error in (await uow.connection.execute(parked)).all():
        stage.fail(f"входящее {serial} отложено: {error}")
    c = t.outbox.c
    dead = select(c.id, c.kind, c.error).where(c.state == "dead")
    for number, kind, error in (await uow.connection.execute(dead)).all():
        stage.fail(f"исходящее {number} ({kind}) не дошло: {error}")


def _refusals(stage: Stage) -> None:
    for entry in stage.sandbox.journal.entries:
        stopped = entry.error_code == _STOPPED and entry.params.get("chat_id") in stage.blockers
        if not entry.ok and entry.error_code != _TOO_FAST and not stopped:
            stage.fail(f"отказ Bot API: {entry.line()[:300]}")
