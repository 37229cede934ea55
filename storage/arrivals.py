"""Updates on their way into the inbox: stored before they are acknowledged, once each.

Technical moments here are real seconds since the epoch, not business time.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import and_, select, update

from storage.fixed import fixed
from storage.mapping import Mode
from storage.tables import inbox as t

if TYPE_CHECKING:
    from storage.store import Store
    from storage.unit import UnitOfWork


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


@dataclass(slots=True, eq=False)
class _Waiting:
    """Updates on their way into a transaction that they share with others."""

    updates: Sequence[Incoming]
    now: float
    album_wait: float
    fresh: int | None = None


class Arrivals:
    """Stores updates; many share a transaction when many come at once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: list[_Waiting] = []
        self._turn = asyncio.Lock()
        self.on_stored: Callable[[int], None] = lambda _together: None
        """Called after every transaction with how many it stored: the worker wakes on it."""

    async def append(self, updates: Sequence[Incoming], *, now: float, album_wait: float) -> int:
        """Store updates, once each. Returns how many were new, when they are safe on the disk.

        Whoever comes while a transaction is being written shares the next one. An album's items
        wait until `album_wait` seconds after the last of them.
        """
        if not updates:
            return 0
        mine = _Waiting(updates, now, album_wait)
        self._waiting.append(mine)
        async with self._turn:
            if mine.fresh is None:
                await self._store_for(mine)
        assert mine.fresh is not None
        return mine.fresh

    async def _store_for(self, mine: _Waiting) -> None:
        """Everybody who waits, in one transaction; when that fails, only who asks, by himself."""
        together = list(self._waiting)
        try:
            await self._write(together)
        except Exception:
            if len(together) == 1:
                raise
            together = [mine]
            await self._write(together)
        finally:
            self._waiting = [w for w in self._waiting if w not in together and w is not mine]

    async def _write(self, together: list[_Waiting]) -> None:
        counts = []
        async with self._store.unit() as uow:
            known = await _known(uow, [u for w in together for u in w.updates])
            for waiting in together:
                fresh = [u for u in waiting.updates if known.setdefault(_key(u), u) is u]
                for u in fresh:
                    ready = waiting.now + waiting.album_wait if u.group_key else waiting.now
                    uow.add_row(t, _row(uow, u, waiting.now, ready), Mode.SKIP)
                counts.append(len(fresh))
                albums = {u.group_key for u in fresh if u.group_key}
                if albums:
                    await uow.flush()
                    open_parts = and_(t.c.group_key.in_(albums), t.c.state == fixed("new"))
                    later = waiting.now + waiting.album_wait
                    await uow.connection.execute(update(t).where(open_parts).values(ready_at=later))
        for waiting, count in zip(together, counts, strict=True):
            waiting.fresh = count
        self.on_stored(sum(counts))


def _key(u: Incoming) -> tuple[str, str, int]:
    return u.channel, u.bot_id, u.update_id


async def _known(
    uow: UnitOfWork, updates: Sequence[Incoming]
) -> dict[tuple[str, str, int], Incoming | None]:
    """The keys of these that are stored already. A messenger may repeat one within a batch, too."""
    found: dict[tuple[str, str, int], Incoming | None] = {}
    for channel, bot_id in {(u.channel, u.bot_id) for u in updates}:
        ids = [u.update_id for u in updates if (u.channel, u.bot_id) == (channel, bot_id)]
        stored = select(t.c.update_id).where(
            t.c.channel == channel, t.c.bot_id == bot_id, t.c.update_id.in_(ids)
        )
        for row in (await uow.connection.execute(stored)).all():
            found[channel, bot_id, row[0]] = None
    return found


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
