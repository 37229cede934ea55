"""The incoming queue: what storage/arrivals has stored, applied in order per chat.

Technical moments here are real seconds since the epoch, not business time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, bindparam, func, or_, select, text, update

from storage.fixed import fixed
from storage.tables import inbox as t

if TYPE_CHECKING:
    from storage.store import Store
    from storage.unit import UnitOfWork

MAX_ATTEMPTS = 4
"""The first try and three more, then the row is parked."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A stored update."""

    serial: int
    channel: str
    chat_key: str
    payload: dict[str, Any]
    group_key: str | None
    received_at: float
    ready_at: float
    attempts: int
    run: str | None
    """Who was about to apply it when he was last seen; see `mark`."""


_ROW = [t.c[name] for name in InboxRow.__slots__]
_NEW = fixed("new")
_ALONE = "!"
"""Ends the run of a row that was applied by itself: if that run died, the row may be the reason."""


class InboxQueue:
    """What is stored and not applied yet. Marks rows done in the caller's transaction."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- what comes next ---

    async def peek(self, *, now: float, limit: int, per_chat: int) -> list[InboxRow]:
        """The next rows to apply, the chat with the oldest open row first, each chat's in order.

        A chat whose next row must still wait (an unfinished album, a pause after a failure) gives
        nothing and holds nobody else up.
        """
        async with self._store.reading() as uow:
            held: list[str] = []
            while True:
                statement = _OLDEST_BUT if held else _OLDEST
                given: dict[str, Any] = {"n": limit, **({"held": held} if held else {})}
                rows = await _rows(uow, statement, given)
                chats = await _ready(uow, rows, now=now, per_chat=per_chat, full=len(rows) == limit)
                if any(chats.values()) or len(rows) < limit:
                    return [row for chat in chats.values() for row in chat]
                held += [chat for chat, ready in chats.items() if not ready]

    async def next_ready(self) -> float | None:
        """The soonest moment at which an open row becomes ready, or None."""
        statement = select(func.min(t.c.ready_at)).where(t.c.state == _NEW)
        async with self._store.reading() as uow:
            found: float | None = (await uow.connection.execute(statement)).scalar()
            return found

    # --- applying ---

    async def take(
        self, uow: UnitOfWork, rows: Sequence[InboxRow], *, now: float
    ) -> list[InboxRow]:
        """Mark rows as applied in the caller's transaction, and give those that are his to apply.

        On PostgreSQL the chats are locked first, until the transaction ends, and looked at in a new
        statement: what another replica has in hand or has applied since the peek is left out.
        """
        if not uow.is_sqlite:
            chats = await _held(uow, {row.chat_key for row in rows})
            rows = [row for row in rows if row.chat_key in chats]
        if not rows:
            return []
        given = {"among": [row.serial for row in rows], "at": now}
        taken = {row[0] for row in (await uow.connection.execute(_TAKE, given)).all()}
        return [row for row in rows if row.serial in taken]

    async def mark(self, serials: Sequence[int], *, run: str) -> None:
        """Say in a transaction of its own that this run is about to apply the rows.

        Done for rows that a run before this one has left: if it is them that kill the process, they
        are found by it and go alone.
        """
        async with self._store.unit() as uow:
            await uow.connection.execute(update(t).where(t.c.serial.in_(serials)).values(run=run))

    async def mark_alone(self, rows: Sequence[InboxRow], *, run: str) -> bool:
        """`mark` for what is applied by itself; True when it is parked instead.

        A row that another run applied by itself and left is one that its process may have died of:
        that counts as a failure. A batch that died together proves nothing about each of it.
        """
        died = any(row.run not in (None, run + _ALONE) and row.run.endswith(_ALONE) for row in rows)
        attempts = max(row.attempts for row in rows) + died
        parked = attempts >= MAX_ATTEMPTS
        values: dict[str, Any] = {"run": run + _ALONE, "attempts": attempts}
        if parked:
            values |= {"state": "parked", "run": None, "error": "the process died of it"}
        async with self._store.unit() as uow:
            still = t.c.serial.in_([row.serial for row in rows]) & (t.c.state == _NEW)
            done = await uow.connection.execute(update(t).where(still).values(**values))
        return parked and bool(done.rowcount)

    async def failed(
        self, serials: Sequence[int], *, error: str, now: float, delays: Sequence[float]
    ) -> bool:
        """Count an attempt at these rows; True when they are now parked."""
        async with self._store.unit() as uow:
            counted = select(func.max(t.c.attempts)).where(t.c.serial.in_(serials))
            attempts = int((await uow.connection.execute(counted)).scalar() or 0) + 1
            parked = attempts >= MAX_ATTEMPTS
            values: dict[str, Any] = {"attempts": attempts, "error": error, "run": None}
            if parked:
                values["state"] = "parked"
            else:
                values["ready_at"] = now + delays[min(attempts, len(delays)) - 1]
            await uow.connection.execute(update(t).where(t.c.serial.in_(serials)).values(**values))
        return parked

    async def count(self, *states: str) -> int:
        """How many rows are in these states."""
        statement = (
            select(func.count()).select_from(t).where(or_(*(t.c.state == fixed(s) for s in states)))
        )
        async with self._store.reading() as uow:
            return int((await uow.connection.execute(statement)).scalar_one())


_OLDEST = select(*_ROW).where(t.c.state == _NEW).order_by(t.c.serial).limit(bindparam("n"))
_OLDEST_BUT = _OLDEST.where(t.c.chat_key.not_in(bindparam("held", expanding=True)))
_TAKE = (
    update(t)
    .where(t.c.serial.in_(bindparam("among", expanding=True)), t.c.state == _NEW)
    .values(state="done", done_at=bindparam("at"), error=None, run=None)
    .returning(t.c.serial)
)
_LOCK = text(
    "SELECT chat FROM unnest(CAST(:chats AS text[])) AS chat"
    " WHERE pg_try_advisory_xact_lock(hashtextextended(chat, 0))"
)


async def _held(uow: UnitOfWork, chats: set[str]) -> set[str]:
    """Which of these chats are this transaction's now."""
    found = await uow.connection.execute(_LOCK, {"chats": sorted(chats)})
    return {row[0] for row in found.all()}


async def _rows(uow: UnitOfWork, statement: Select[Any], given: dict[str, Any]) -> list[InboxRow]:
    found = (await uow.connection.execute(statement, given)).all()
    return [InboxRow(*row) for row in found]


async def _ready(
    uow: UnitOfWork, rows: list[InboxRow], *, now: float, per_chat: int, full: bool
) -> dict[str, list[InboxRow]]:
    """The rows by chat, each chat's up to the first that must wait and `per_chat` units long."""
    chats: dict[str, list[InboxRow]] = {}
    for row in rows:
        chats.setdefault(row.chat_key, []).append(row)
    for chat, found in chats.items():
        if full and any(row.group_key for row in found):
            # The limit must not cut an album: the rest of the chat's open parts come along.
            chats[chat] = found = await _with_albums(uow, chat, found)
        waiting = {row.group_key for row in found if row.ready_at > now and row.group_key}
        ready: list[InboxRow] = []
        units: set[object] = set()
        for row in found:
            unit = row.group_key or row.serial
            if row.ready_at > now or row.group_key in waiting:
                break
            if len(units) == per_chat and unit not in units:
                break
            units.add(unit)
            ready.append(row)
        chats[chat] = ready
    return chats


async def _with_albums(uow: UnitOfWork, chat: str, found: list[InboxRow]) -> list[InboxRow]:
    albums = {row.group_key for row in found if row.group_key}
    rest = select(*_ROW).where(
        t.c.chat_key == chat,
        t.c.state == _NEW,
        t.c.group_key.in_(albums),
        t.c.serial > found[-1].serial,
    )
    return found + await _rows(uow, rest.order_by(t.c.serial), {})
