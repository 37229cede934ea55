"""What an operator or a duty officer looks at in both queues, and what he does about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Select, Table, func, select, update

from storage.fixed import fixed
from storage.outbox import ROW, OutboxRow
from storage.tables import inbox as i
from storage.tables import outbox as o

if TYPE_CHECKING:
    from storage.unit import UnitOfWork

_PARKED, _DROPPED = "parked", "dropped"


@dataclass(frozen=True, slots=True)
class Update:
    """A stored update as it stands in the queue."""

    serial: int
    channel: str
    chat_key: str
    payload: dict[str, Any] | None
    """None once it was emptied."""
    group_key: str | None
    received_at: float
    """Real seconds since the epoch."""
    state: str
    attempts: int
    error: str | None

    @property
    def what(self) -> str:
        """What it is, as its messenger names it; nothing when that is forgotten."""
        return next((key for key in self.payload or {} if key != "update_id"), "")


_UPDATE = [i.c[name] for name in Update.__slots__]


class Waiting:
    """Queries over `inbox` and `outbox` by state, for people."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    # --- incoming ---

    async def updates(self, state: str | None, *, limit: int) -> list[Update]:
        """The newest updates in a state, or in any."""
        statement = select(*_UPDATE).where(*_of(i, state)).order_by(i.c.serial.desc())
        return await self._updates(statement.limit(limit))

    async def parked(self, *, error: str | None = None, limit: int = 200) -> list[Update]:
        """What was put aside, for one cause where given, the newest first."""
        where = [*_of(i, _PARKED), *([] if error is None else [i.c.error == error])]
        statement = select(*_UPDATE).where(*where).order_by(i.c.serial.desc())
        return await self._updates(statement.limit(limit))

    async def update(self, serial: int) -> Update | None:
        """One update by its serial."""
        found = await self._updates(select(*_UPDATE).where(i.c.serial == serial))
        return found[0] if found else None

    async def apply_again(self, row: Update) -> bool:
        """Let what was put aside be applied once more, an album as a whole; False if it is not."""
        return await self._leave(row, state="new", attempts=0, ready_at=0.0, error=None)

    async def let_go(self, row: Update, *, by: str, now: float) -> bool:
        """It is never applied; who said so stands with it. False if it is not put aside."""
        words = f"{_DROPPED} by {by}: {row.error or ''}"
        return await self._leave(row, state="done", done_at=now, error=words)

    async def _leave(self, row: Update, **values: Any) -> bool:
        which: ColumnElement[bool] = i.c.serial == row.serial
        if row.group_key is not None:
            which = (i.c.chat_key == row.chat_key) & (i.c.group_key == row.group_key)
        statement = update(i).where(*_of(i, _PARKED), which).values(run=None, **values)
        return bool((await self._uow.connection.execute(statement)).rowcount)

    async def _updates(self, statement: Select[Any]) -> list[Update]:
        await self._uow.flush()
        found = (await self._uow.connection.execute(statement)).all()
        return [Update(*row) for row in found]

    # --- outgoing ---

    async def notices(self, state: str | None, *, limit: int) -> list[OutboxRow]:
        """The newest notices in a state, or in any."""
        await self._uow.flush()
        statement = select(*ROW).where(*_of(o, state)).order_by(o.c.id.desc()).limit(limit)
        found = (await self._uow.connection.execute(statement)).all()
        return [OutboxRow(*row) for row in found]

    async def withdraw(self, row_id: int, *, error: str) -> bool:
        """A queued notice never goes; False when it is not queued."""
        await self._uow.flush()
        queued = (o.c.id == row_id, *_of(o, "queued"))
        statement = update(o).where(*queued).values(state=_DROPPED, error=error)
        return bool((await self._uow.connection.execute(statement)).rowcount)

    async def count(self, queue: str, state: str) -> int:
        """How many rows of `inbox` or `outbox` are in a state."""
        await self._uow.flush()
        table = {"inbox": i, "outbox": o}[queue]
        statement = select(func.count()).select_from(table).where(*_of(table, state))
        return int((await self._uow.connection.execute(statement)).scalar_one())


def _of(table: Table, state: str | None) -> list[ColumnElement[bool]]:
    """In that state, or in any. Raises ValueError."""
    if state is None:
        return []
    if not state.isalpha():
        raise ValueError(state)
    return [table.c.state == fixed(state)]
