"""A hub in a process of its own, seen from beside: through its database and the sandbox."""

from __future__ import annotations

import time
from datetime import datetime

from bot import directory
from bot.sandbox.server import Sandbox
from services.municipality import Municipality
from storage.inbox import InboxQueue
from storage.store import Store

HEARTBEATS = 2.2
"""Seconds after the town's time has moved in which the hub's jobs have seen the new moment."""


class Beside:
    """What a script must know of the hub: has it heard of the time, is anything left to do?"""

    def __init__(self, sandbox: Sandbox, store: Store, town: Municipality) -> None:
        self.store, self.town = store, town
        self._sandbox = sandbox
        self._inbox = InboxQueue(store)
        self._heard, self._since, self._seen = -1, 0.0, -1

    @classmethod
    async def of(cls, sandbox: Sandbox, database_url: str) -> Beside:
        """Look at a hub that has started."""
        store = Store(database_url)
        town = await directory.load(store, None, now=sandbox.clock.now())
        return cls(sandbox, store, town)

    @property
    def follows(self) -> int:
        """The version of the town's time that the hub, and its jobs, have heard of."""
        told = self._sandbox.pages.told
        if told != self._heard:
            self._heard, self._since = told, time.monotonic()
        if time.monotonic() - self._since >= HEARTBEATS:
            self._seen = told
        return self._seen

    async def has_heard(self) -> bool:
        """Everything that came in has been taken up."""
        return not await self._inbox.count("new")

    async def next_burst(self) -> datetime | None:
        """When the next burst of somebody's messages is over; None while nobody is speaking."""
        async with self.store.reading() as uow:
            over = await uow.people.soonest_draft()
        asked = over is not None and over > self._sandbox.clock.now() + self.town.speech.longest
        return None if asked else over

    async def is_settled(self) -> bool:
        """Nothing is left to do at this business moment."""
        if not await self.has_heard():
            return False
        async with self.store.reading() as uow:
            if await uow.files.waiting():
                return False
            return await uow.outbox.pending(self._sandbox.clock.now()) == 0

    async def close(self) -> None:
        """Look away."""
        await self.store.close()
