"""The two queues as `python -m bot queue` sees them: one shape, two tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.clock import Clock
from services import dead_letters, parked
from services.access import Actor
from services.desk import Desk
from storage.outbox import OutboxRow
from storage.unit import UnitOfWork
from storage.waiting import Update

Row = Update | OutboxRow


@dataclass(frozen=True, slots=True)
class Side:
    """One of the queues."""

    name: str
    help: str
    states: tuple[str, ...]
    stuck: str
    """The state in which rows wait for a person."""
    retried: tuple[str, ...]
    dropped: tuple[str, ...]

    async def rows(self, uow: UnitOfWork, state: str | None, limit: int) -> list[Any]:
        """The newest rows in a state, or in any."""
        look: Any = uow.waiting.updates if self is INBOX else uow.waiting.notices
        found: list[Any] = await look(state, limit=limit)
        return found

    async def row(self, uow: UnitOfWork, number: int) -> Row | None:
        """One row by its number."""
        if self is INBOX:
            return await uow.waiting.update(number)
        return await uow.outbox.row(number)

    def number(self, row: Row) -> int:
        """What a row is named by."""
        return row.serial if isinstance(row, Update) else row.id

    def now(self, clock: Clock) -> datetime:
        """The clock that its ages are counted by: updates come in real time."""
        return datetime.now(UTC) if self is INBOX else clock.now()

    async def settle(self, desk: Desk, actor: Actor, row: Row, again: bool, clock: float) -> None:
        """Try it again or give it up. Raises DomainError when it is no longer stuck."""
        if isinstance(row, Update):
            await parked.settle(desk, actor=actor, serial=row.serial, again=again, clock=clock)
        elif row.state == "queued":
            await dead_letters.withdraw(desk, actor=actor, row_id=row.id)
        else:
            await dead_letters.settle(desk, actor=actor, row_id=row.id, again=again)


INBOX = Side(
    "inbox",
    "What came in: updates of the messenger.",
    states=("new", "parked", "done"),
    stuck="parked",
    retried=("parked",),
    dropped=("parked",),
)
OUTBOX = Side(
    "outbox",
    "What goes out: messages to people and chats.",
    states=("queued", "sending", "sent", "dropped", "dead"),
    stuck="dead",
    retried=("dead",),
    dropped=("dead", "queued"),
)
