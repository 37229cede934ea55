"""Looks at a hub from the side: what its pages of operations are told."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from bot.clock import Clock
from bot.watch.counts import Counts
from bot.watch.readiness import Backlog, Facts
from storage.backlog import standing
from storage.leases import Lease
from storage.store import Store

PATIENCE = 3.0
"""Seconds for the database to answer."""


class Watcher:
    """One per hub. Whoever receives updates says so here."""

    def __init__(self, store: Store, clock: Clock, counts: Counts, *, mode: str) -> None:
        self.counts = counts
        self.phase = "starting"
        self.leases: dict[str, Lease] = {}
        self.flying: Callable[[], int] = lambda: 0
        """How many messages are on their way."""
        self._store = store
        self._clock = clock
        self._mode = mode
        self._polled: float | None = None
        self._updated: float | None = None

    def polls(self, still: bool) -> None:
        """This replica begins to poll, or its poll was answered; False: it polls no more."""
        self._polled = time.monotonic() if still else None

    def received(self, kept: int, fresh: int) -> None:
        """So many updates were received and are safe, and so many of them were new."""
        self._updated = time.monotonic()
        self.counts.stored.add("new", n=fresh)
        self.counts.stored.add("known", n=kept - fresh)

    async def facts(self) -> Facts:
        """How it stands at this moment."""
        now = time.monotonic()
        return Facts(
            phase=self.phase,
            mode=self._mode,
            backlog=await self._backlog() if self.phase != "starting" else None,
            flying=self.flying(),
            leading={name: lease.is_held for name, lease in self.leases.items()},
            poll_age=None if self._polled is None else now - self._polled,
            update_age=None if self._updated is None else now - self._updated,
        )

    async def _backlog(self) -> Backlog | None:
        now = self._clock.now()
        try:
            async with asyncio.timeout(PATIENCE), self._store.reading() as uow:
                seen = await standing(uow, now)
        except (TimeoutError, SQLAlchemyError, OSError):
            return None
        new, queued = seen.oldest_new, seen.oldest_queued
        return Backlog(
            new=seen.new,
            parked=seen.parked,
            new_age=None if new is None else max(time.time() - new, 0.0),
            queued=seen.queued,
            later=seen.later,
            dead=seen.dead,
            queued_age=None if queued is None else (now - queued).total_seconds(),
        )
