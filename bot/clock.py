"""Business time (architecture.md §Time): the system's, or that of a town which moves it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Protocol

import aiohttp


class Clock(Protocol):
    """What deadlines, jobs and notices mean by «now»."""

    def now(self) -> datetime:
        """An aware UTC moment."""
        ...


class SystemClock:
    """The machine's time."""

    def now(self) -> datetime:
        """Now."""
        return datetime.now(UTC)


class TownFollower:
    """Follows the business time that a sandbox serves at /clock, moved or frozen."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._moment = datetime.now(UTC)
        self._read_at = 0.0
        self._running = False
        self._speed = 1.0
        self._task: asyncio.Task[None] | None = None
        self.version = -1
        self.on_change: Callable[[], None] = lambda: None

    def now(self) -> datetime:
        """The town's moment."""
        if not self._running:
            return self._moment
        passed = asyncio.get_running_loop().time() - self._read_at
        return self._moment + timedelta(seconds=passed * self._speed)

    async def start(self) -> None:
        """Read the clock once, then follow it. Raises aiohttp.ClientError when it can't be read."""
        session = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=40))
        try:
            await self._read(session, {})
        except BaseException:
            await session.close()
            raise
        self._task = asyncio.create_task(self._follow(session), name="clock")

    async def stop(self) -> None:
        """Stop following."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _follow(self, session: aiohttp.ClientSession) -> None:
        async with session:
            while True:
                try:
                    await self._read(session, {"after": str(self.version)})
                except (TimeoutError, aiohttp.ClientError):
                    await asyncio.sleep(0.5)

    async def _read(self, session: aiohttp.ClientSession, query: dict[str, str]) -> None:
        async with session.get(self._url, params=query) as response:
            response.raise_for_status()
            body = await response.json()
        self._moment = datetime.fromisoformat(body["now"]).astimezone(UTC)
        self._read_at = asyncio.get_running_loop().time()
        self._running = bool(body["running"])
        self._speed = float(body["speed"])
        if body["version"] != self.version:
            self.version = int(body["version"])
            self.on_change()
