"""The parts of a running hub: tasks that are kept alive, and ended together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from aiogram.exceptions import TelegramUnauthorizedError

from bot.log import log

STOP_ATTEMPTS, STOP_PATIENCE = 3, 5.0
"""How often a part is asked to end, and how many seconds it is waited for."""


class Parts:
    """Whatever the hub does beside answering its callers."""

    def __init__(self, on_failure: Callable[[str], None]) -> None:
        self._on_failure = on_failure
        self._tasks: list[asyncio.Task[None]] = []
        self._stopping = False

    def spawn(self, work: Callable[[], Coroutine[Any, Any, None]], name: str) -> None:
        """Do the work from now on."""
        self._tasks.append(asyncio.create_task(self._kept_alive(work, name), name=name))

    async def _kept_alive(self, work: Callable[[], Coroutine[Any, Any, None]], name: str) -> None:
        """A part that fails (a full disk, a lost database) starts again; a wrong token ends all."""
        while True:
            try:
                await work()
            except TelegramUnauthorizedError:
                raise
            except Exception:
                if self._stopping:
                    return
                log.exception("part.failed", part=name)
                self._on_failure(name)
                await asyncio.sleep(1)

    async def run_until(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set, or a part ends by an error, which is raised."""
        waiting = asyncio.create_task(stop.wait())
        done, _ = await asyncio.wait([waiting, *self._tasks], return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        for task in done - {waiting}:
            task.result()

    def stopping(self) -> None:
        """From now on a part that fails stays down."""
        self._stopping = True

    async def end(self) -> None:
        """Cancel every part until it has ended: a driver may turn a cancellation into its own
        error on the way out, and then it has to be asked again.
        """
        left = set(self._tasks)
        for _attempt in range(STOP_ATTEMPTS):
            for task in left:
                task.cancel()
            if left:
                _, left = await asyncio.wait(left, timeout=STOP_PATIENCE)
        if left:
            log.error("stop.unfinished", parts=[task.get_name() for task in left])
