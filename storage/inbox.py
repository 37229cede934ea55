"""The incoming queue: stored before it is acknowledged, applied in order per chat.

Technical moments here are real seconds since the epoch, not business time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, func, or_, select, text, update

from storage.mapping import Mode
from storage.tables import inbox as t

if TYPE_CHECKING:
    from storage.store import Store
    from storage.unit import UnitOfWork

MAX_ATTEMPTS = 4
"""The first try and three more, then the row is parked."""


@dataclass(frozen=True, slots=True)
class Incoming:
    """A raw update on its way into the inbox."""

    channel: str
    bot_id: str
    update_id: int
    chat_key: str
    payload: dict[str, Any]
    group_key: str | None = None
    """Items of one album share it and are applied together."""


@dataclass(frozen=True, slots=True)
class InboxRow:
    """A stored update."""

    serial: int
    channel: str
    chat_key: str
    payload: dict[str, Any]
    group_key: str | None
    ready_at: float
    attempts: int
    run: str | None


class InboxQueue:
    """Stores updates in transactions of their own; marks them done in the caller's."""

    def __init__(self, store: Store) -> None:
        self._store = store

    async def append(self, updates: Sequence[Incoming], *, now: float, album_wait: float) -> int:
        """Store updates, once each, in one transaction. Returns how many were new.

        An album's items wait until `album_wait` seconds after the last of them.
        """
        if not updates:
            return 0
        async with self._store.unit() as uow:
            keys = [(u.channel, u.bot_id, u.update_id) for u in updates]
            known = select(t.c.update_id).where(
                t.c.channel == keys[0][0],
                t.c.bot_id == keys[0][1],
                t.c.update_id.in_([k[2] for k in keys]),
            )
            seen = {row[0] for row in (await uow.connection.execute(known)).all()}
            # A messenger may repeat an update inside one batch, too.
            fresh = list({u.update_id: u for u in updates if u.update_id not in seen}.values())
            for u in fresh:
                ready = now + album_wait if u.group_key else now
                uow.add_row(t, self._row(uow, u, now, ready), Mode.SKIP)
            groups = {u.group_key for u in fresh if u.group_key}
            if groups:
                await uow.flush()
                waiting = and_(t.c.group_key.in_(groups), t.c.state == "new")
                await uow.connection.execute(
                    update(t).where(waiting).values(ready_at=now + album_wait)
                )
        return len(fresh)

    @staticmethod
    def _row(uow: UnitOfWork, u: Incoming, now: float, ready: float) -> dict[str, Any]:
        return {
            "serial": uow.new_number("inbox"),
            "channel": u.channel,
            "bot_id": u.bot_id,
            "update_id": u.update_id,
            "chat_key": u.chat_key,
            "payload": u.payload,
            "group_key": u.group_key,
            "received_at": now,
            "ready_at": ready,
            "state": "new",
            "attempts": 0,
            "run": None,
            "error": None,
            "done_at": None,
        }

    async def next_chats(self, *, now: float, limit: int) -> list[str]:
        """Chats whose oldest open row is ready, oldest head first."""
        head = select(func.min(t.c.serial)).where(t.c.state == "new").group_by(t.c.chat_key)
        statement = (
            select(t.c.chat_key)
            .where(t.c.serial.in_(head), t.c.ready_at <= now)
            .order_by(t.c.serial)
            .limit(limit)
        )
        async with self._store.reading() as uow:
            return [row[0] for row in (await uow.connection.execute(statement)).all()]

    async def next_ready(self) -> float | None:
        """The soonest moment at which an open row becomes ready, or None."""
        statement = select(func.min(t.c.ready_at)).where(t.c.state == "new")
        async with self._store.reading() as uow:
            found: float | None = (await uow.connection.execute(statement)).scalar()
            return found

    async def claim(self, uow: UnitOfWork, chat: str, *, now: float, limit: int) -> list[InboxRow]:
        """The chat's oldest ready rows, the chat held until the transaction ends.

        On PostgreSQL the chat is locked first and read in a new statement: skipping locked rows
        alone would break the order of a chat.
        """
        if not uow.is_sqlite:
            lock = text("SELECT pg_try_advisory_xact_lock(hashtextextended(:chat, 0))")
            if not (await uow.connection.execute(lock, {"chat": chat})).scalar():
                return []
        return await self.ready(uow, chat, now=now, limit=limit)

    async def ready(self, uow: UnitOfWork, chat: str, *, now: float, limit: int) -> list[InboxRow]:
        """The chat's oldest rows up to the first that must still wait (an unfinished album)."""
        open_here = (t.c.chat_key == chat, t.c.state == "new")
        columns = [t.c[name] for name in InboxRow.__slots__]
        oldest = select(*columns).where(*open_here).order_by(t.c.serial)
        rows = await self._rows(uow, oldest.limit(limit))
        albums = {r.group_key for r in rows if r.group_key is not None}
        if len(rows) == limit and albums:
            # The limit must not cut an album: the rest of it comes along.
            rest = oldest.where(t.c.group_key.in_(albums), t.c.serial > rows[-1].serial)
            rows += await self._rows(uow, rest)
        waiting = {r.group_key for r in rows if r.ready_at > now and r.group_key is not None}
        ready: list[InboxRow] = []
        for row in rows:
            if row.ready_at > now or row.group_key in waiting:
                break
            ready.append(row)
        return ready

    @staticmethod
    async def _rows(uow: UnitOfWork, statement: Select[Any]) -> list[InboxRow]:
        found = (await uow.connection.execute(statement)).all()
        return [InboxRow(**row._mapping) for row in found]

    async def mark(self, serials: Sequence[int], *, run: str) -> None:
        """Say in a transaction of its own that this run is about to apply the rows."""
        async with self._store.unit() as uow:
            await uow.connection.execute(update(t).where(t.c.serial.in_(serials)).values(run=run))

    async def done(self, uow: UnitOfWork, serials: Sequence[int], *, now: float) -> None:
        """Mark rows as applied, in the transaction of their effects."""
        await uow.connection.execute(
            update(t).where(t.c.serial.in_(serials)).values(state="done", done_at=now, error=None)
        )

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

    async def adopt(self, *, run: str) -> None:
        """Count an attempt at rows that a dead run was applying."""
        lost = and_(t.c.state == "new", t.c.run.is_not(None), t.c.run != run)
        async with self._store.unit() as uow:
            await uow.connection.execute(
                update(t).where(lost).values(attempts=t.c.attempts + 1, run=None)
            )

    async def empty_old(self, *, done_before: float, forget_before: float) -> None:
        """Empty old processed payloads, and forget their keys later (domain.md §8)."""
        old = and_(t.c.state == "done", t.c.done_at < done_before, t.c.payload.is_not(None))
        async with self._store.unit() as uow:
            await uow.connection.execute(update(t).where(old).values(payload=None))
            await uow.connection.execute(
                t.delete().where(t.c.state == "done", t.c.done_at < forget_before)
            )

    async def count(self, *states: str) -> int:
        """How many rows are in these states."""
        statement = (
            select(func.count()).select_from(t).where(or_(*(t.c.state == s for s in states)))
        )
        async with self._store.reading() as uow:
            return int((await uow.connection.execute(statement)).scalar_one())
