"""Long polling that acknowledges only what is stored.

The framework's own polling moves its offset before handlers finish and loses a backlog in a crash
(measured, architecture.md §In 1), so updates are fetched here.
"""

from __future__ import annotations

import asyncio
import time

from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramConflictError,
    TelegramRetryAfter,
    TelegramUnauthorizedError,
)

from bot.channels.telegram.client import RawUpdates
from bot.channels.telegram.inbound import CHANNEL, UPDATES, incoming
from bot.log import log
from bot.watch.sends import slowed
from bot.watch.watcher import Watcher
from storage.arrivals import Arrivals

ALBUM_WAIT = 1.5
"""Seconds after the last item of an album before it counts as whole."""
WAIT = 25
BATCH = 100


class Polling:
    """Fetches, stores, and only then asks for the next ones."""

    def __init__(
        self,
        bot: Bot,
        arrivals: Arrivals,
        *,
        watcher: Watcher,
        wait: int = WAIT,
    ) -> None:
        self._bot = bot
        self._arrivals = arrivals
        self._watcher = watcher
        self._wait = wait
        self.offset: int | None = None

    async def run(self) -> None:
        """Poll until cancelled. A wrong token ends it; everything else is waited out."""
        self._watcher.polls(True)
        try:
            await self._keep_on()
        finally:
            self._watcher.polls(False)

    async def _keep_on(self) -> None:
        pause = 0.5
        while True:
            try:
                await self._once()
                pause = 0.5
            except asyncio.CancelledError:
                raise
            except TelegramUnauthorizedError:
                log.error("polling.unauthorized", hint="the bot token is wrong")
                raise
            except TelegramRetryAfter as error:
                slowed(self._watcher.counts, CHANNEL, "polling", error.retry_after)
                await asyncio.sleep(error.retry_after)
            except TelegramConflictError:
                log.error("polling.conflict", hint="another program polls with this token")
                await asyncio.sleep(5)
            except TelegramAPIError as error:
                log.warning("polling.failed", error=str(error), pause=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30)

    async def _once(self) -> None:
        updates = await self._bot(
            RawUpdates(
                offset=self.offset, limit=BATCH, timeout=self._wait, allowed_updates=UPDATES
            ),
            request_timeout=self._wait + 15,
        )
        self._watcher.polls(True)
        if not updates:
            return
        rows = [incoming(update, str(self._bot.id)) for update in updates]
        fresh = await self._arrivals.append(rows, now=time.time(), album_wait=ALBUM_WAIT)
        # Only now may the messenger forget them.
        self.offset = max(row.update_id for row in rows) + 1
        self._watcher.received(len(rows), fresh)
        log.info("inbox.stored", updates=len(rows), fresh=fresh)
