"""The last step before the messenger: one goes when the pace allows, in the order of asking.

What was claimed together may have been worded at different speeds, hence the wait right before the
call. The messenger counts a message somewhere between our call and its answer; when that has come,
it is held to have been counted as late as then, so that a slow network turns no pace into a burst.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.delivery.ledger import chat_key
from bot.delivery.limits import Pacer
from bot.views.rendered import Rendered
from services.notices import is_group
from storage.outbox import OutboxRow


class Door:
    """Everybody passes it one at a time; what happens behind it is together."""

    def __init__(self, pacer: Pacer) -> None:
        self._pacer = pacer
        self._queue = asyncio.Lock()
        self._before: set[int] = set()

    @property
    def before(self) -> int:
        """How many have been claimed and are not counted by the pacer yet."""
        return len(self._before)

    def expect(self, row: OutboxRow) -> None:
        """It was claimed and is on its way here."""
        self._before.add(row.id)

    def forget(self, row: OutboxRow) -> None:
        """It never came, or has passed."""
        self._before.discard(row.id)

    @asynccontextmanager
    async def passed(self, row: OutboxRow, message: Rendered) -> AsyncIterator[None]:
        """Wait for the messenger's pace; inside, the call is made. Each item of an album counts."""
        loop, key, group = asyncio.get_running_loop(), chat_key(row), is_group(row.chat_id)
        cost = max(1, len(message.media))
        now = loop.time()
        while (at := self._pacer.ready_in(key, is_group=group, now=now, cost=cost)) > now:
            await asyncio.sleep(at - now)
            now = loop.time()
        async with self._queue:
            now = loop.time()
            while (at := self._pacer.ready_at_all(now, cost)) > now:
                await asyncio.sleep(at - now)
                now = loop.time()
            sent = self._pacer.take(key, is_group=group, now=now, cost=cost)
        self.forget(row)
        try:
            yield
        finally:
            self._pacer.answered(sent, loop.time())
