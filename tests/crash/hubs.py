"""Hubs as processes: forked off ready, or started as an operator would; killed without a word."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORK, PLAIN = "fork", "plain"
_LOOK = 0.3
_LINES = 30


@dataclass(eq=False)
class Hub:
    """One process of a hub, alive or dead."""

    number: int
    how: str
    mode: str
    """«polling» or «webhook»."""
    port: int | None
    log: Path
    pid: int = 0
    born: float = field(default_factory=time.monotonic)
    code: int | None = None
    """How it ended; negative: by this signal."""
    dead: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def age(self) -> float:
        """Seconds since its start was ordered."""
        return time.monotonic() - self.born

    def said(self) -> list[dict[str, Any]]:
        """Its log so far."""
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return [json.loads(line) for line in lines if line.startswith("{") and line.endswith("}")]

    def has_started(self) -> bool:
        """It works: everything is up."""
        return any(line.get("event") == "started" for line in self.said())

    async def works(self, *, patience: float) -> None:
        """Wait until it works, so many seconds at the most."""
        for _ in range(round(patience / _LOOK)):
            if self.has_started():
                return
            await asyncio.sleep(_LOOK)

    def tail(self) -> str:
        """The last lines of its log."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-_LINES:])

    def sends(self) -> bool:
        """It holds the lease of sending, as far as its log says."""
        holds = False
        for line in self.said():
            if line.get("lease") == "delivery":
                holds = line.get("event") == "lease.taken"
        return holds

    async def kill(self) -> None:
        """SIGKILL, and wait until it is gone."""
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
        await self.dead.wait()

    async def stop(self) -> None:
        """SIGTERM, as an operator would, and wait until it is gone."""
        if self.code is None:
            os.kill(self.pid, signal.SIGTERM)
        await self.dead.wait()


class Hubs:
    """Starts hubs; of each it is known how it ended."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._server: asyncio.subprocess.Process | None = None
        self._reading: asyncio.Task[None] | None = None
        self._watching: set[asyncio.Task[None]] = set()
        self._births: dict[int, asyncio.Future[int]] = {}
        self._by_pid: dict[int, Hub] = {}
        self.all: list[Hub] = []

    async def open(self) -> None:
        """Start the process that hubs are forked off."""
        self._server = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.crash.forkserver",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        ready = asyncio.get_running_loop().create_future()
        self._births[-1] = ready
        self._reading = asyncio.create_task(self._read())
        await ready

    async def close(self) -> None:
        """End every hub that is left, and what they were forked off."""
        for hub in self.all:
            await hub.kill()
        if self._server is not None:
            assert self._server.stdin is not None
            self._server.stdin.close()
            await self._server.wait()
        if self._reading is not None:
            await self._reading

    async def start(
        self, how: str, environment: Mapping[str, str], *, mode: str, port: int | None
    ) -> Hub:
        """Order a hub; returns when its process is there, which is not yet working."""
        number = len(self.all) + 1
        log = self._folder / f"hub-{number}.log"
        log.touch()
        hub = Hub(number, how, mode, port, log)
        self.all.append(hub)
        clean = {k: v for k, v in os.environ.items() if not k.startswith("OTKLIK_")}
        given = {**clean, **environment, "OTKLIK_LOG_FORMAT": "json"}
        if how == PLAIN:
            await self._plain(hub, given)
        else:
            await self._fork(hub, given)
        return hub

    async def _plain(self, hub: Hub, environment: dict[str, str]) -> None:
        with hub.log.open("ab") as log:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "bot", "run", env=environment, stdout=log, stderr=log
            )
        hub.pid = process.pid
        task = asyncio.create_task(self._watch(hub, process))
        self._watching.add(task)
        task.add_done_callback(self._watching.discard)

    async def _watch(self, hub: Hub, process: asyncio.subprocess.Process) -> None:
        hub.code = await process.wait()
        hub.dead.set()

    async def _fork(self, hub: Hub, environment: dict[str, str]) -> None:
        assert self._server is not None
        assert self._server.stdin is not None
        born = asyncio.get_running_loop().create_future()
        self._births[hub.number] = born
        order = {"number": hub.number, "log": str(hub.log), "environment": environment}
        self._server.stdin.write(json.dumps(order).encode() + b"\n")
        hub.pid = await born
        self._by_pid[hub.pid] = hub

    async def _read(self) -> None:
        assert self._server is not None
        assert self._server.stdout is not None
        early: dict[int, int] = {}
        async for line in self._server.stdout:
            told = json.loads(line)
            if "ready" in told:
                self._births.pop(-1).set_result(told["ready"])
            elif "born" in told:
                self._births.pop(told["order"]).set_result(told["born"])
                await asyncio.sleep(0)
            else:
                early[told["dead"]] = told["code"]
            for pid in [pid for pid in early if pid in self._by_pid]:
                hub = self._by_pid.pop(pid)
                hub.code = early.pop(pid)
                hub.dead.set()
