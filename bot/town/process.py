"""The hub as a process of its own: the unchanged `run`, killed and started at will."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import signal
import sys
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

_GRACE = 10.0
"""Seconds that a hub is given to end by itself."""
_PR_SET_PDEATHSIG = 1
_KEPT = 200
"""Lines of its log that are kept to be looked at."""


def _end_with_parent() -> None:
    """In the child: a town that is killed leaves no hub behind that polls its port for ever."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


class HubProcess:
    """Starts, kills and ends the hub; never more than one at a time."""

    def __init__(self, *, log: Path, changed: Callable[[], None]) -> None:
        self._log, self._changed = log, changed
        self._environment: dict[str, str] = {}
        self._process: asyncio.subprocess.Process | None = None
        self._watching: asyncio.Task[None] | None = None
        self.kills = 0

    @property
    def alive(self) -> bool:
        """It runs."""
        return self._process is not None and self._process.returncode is None

    def furnish(self, environment: Mapping[str, str]) -> None:
        """With which settings it will run; those of whoever started us stay outside."""
        own = {k: v for k, v in os.environ.items() if not k.startswith("OTKLIK_")}
        self._environment = own | dict(environment)

    async def start(self) -> None:
        """Start it; nothing when it runs."""
        if self.alive:
            return
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                sys.executable,
                "-m",
                "bot",
                "run",
                env=self._environment,
                stdout=log,
                stderr=log,
                preexec_fn=_end_with_parent if sys.platform == "linux" else None,
            )
        self._watching = asyncio.create_task(self._watch(self._process), name="hub")
        self._changed()

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        await process.wait()
        self._changed()

    async def kill(self) -> None:
        """SIGKILL, as a power cut would: nothing is finished, nothing may be lost."""
        if self._process is not None and self.alive:
            self._process.kill()
            await self._process.wait()
            self.kills += 1

    async def stop(self) -> None:
        """Let it end by itself, and wait for it."""
        if self._process is not None and self.alive:
            self._process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(self._process.wait(), _GRACE)
            except TimeoutError:
                self._process.kill()
        if self._watching is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await self._watching

    def tail(self) -> str:
        """The last lines of its log."""
        with self._log.open(encoding="utf-8", errors="replace") as log:
            return "".join(deque(log, _KEPT))
