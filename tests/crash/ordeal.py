"""One ordeal: the town is settled, lives while its hubs are killed, comes to rest, is counted."""

from __future__ import annotations

import asyncio
import random
import socket
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.sandbox.clock import TownClock
from bot.sandbox.rate import RateLimits
from bot.sandbox.server import Sandbox
from bot.sandbox.updates import FIRST_UPDATE_ID
from tests.crash.books import Books
from tests.crash.count import Count, Verdict
from tests.crash.crowd import Crowd
from tests.crash.door import SECRET, Door
from tests.crash.faults import Faults, in_order
from tests.crash.hubs import FORK, PLAIN, Hub, Hubs
from tests.crash.kills import Killer
from tests.crash.settle import ADMINS, settle
from tests.crash.staff import Desks
from tests.crash.tape import Tape

_MORNING = datetime(2026, 11, 24, 10, 12, tzinfo=ZoneInfo("Europe/Moscow"))
_GROUP_FACTOR = 100
_PLAIN_SHARE = 0.03
"""So many deaths are of a hub that was started as an operator would."""
_SPEAKING = 0.8
"""In this part of the time everybody writes for the first time."""
_EARLY = 0.15
"""So many hubs die while they still start."""
_SPARED = 0.8
"""How often the replica that sends is spared: after it nobody sends until its lease ends."""
_REST = 240.0
"""Seconds in which everything must be done after the last kill."""
_QUIET = 3.0


@dataclass(frozen=True, slots=True)
class Plan:
    """How hard it will be."""

    kills: int
    citizens: int
    seconds: float
    seed: int
    share: float
    """Of the cases, how many staff answer."""
    replicas: int
    haste: float = 1.0
    """How much less than usual people think."""


class Ordeal:
    """Holds the parts together."""

    def __init__(self, plan: Plan, address: str, folder: Path) -> None:
        self._plan = plan
        self._address = address
        self._folder = folder
        self._rng = random.Random(plan.seed)
        limits = RateLimits(group_per_minute=20 * _GROUP_FACTOR)
        self._sandbox = Sandbox(limits=limits, clock=TownClock(_MORNING, running=True))
        self._tape = Tape(self._sandbox.journal)
        self._books = Books(address)
        self._killer = Killer(self._books)
        self._hubs = Hubs(folder)
        self._door = Door(random.Random(plan.seed + 1))
        self._alive: list[Hub] = []
        self._ports: list[int] = []
        self._problems: list[str] = []
        self._told = 0.0
        self._began = time.monotonic()

    @asynccontextmanager
    async def town(self) -> AsyncIterator[None]:
        """Everything that has to be closed again."""
        await self._sandbox.start()
        await self._door.open()
        await self._hubs.open()
        self._ports = _free_ports(self._plan.replicas)
        try:
            yield
        finally:
            await self._hubs.close()
            await self._door.close()
            await self._sandbox.stop()

    async def run(self) -> Verdict:
        """Live through it; what was counted."""
        admins = [self._sandbox.world.add_user("Админ") for _ in range(ADMINS)]
        self._admins = ",".join(str(admin["id"]) for admin in admins)
        await self._start_all()
        began = time.monotonic()
        staff = await settle(self._sandbox, admins)
        print(f"settled in {time.monotonic() - began:.0f} s", flush=True)
        seed, plan = self._plan.seed, self._plan
        self._crowd = Crowd(self._sandbox, random.Random(seed + 2), plan.citizens, haste=plan.haste)
        self._desks = Desks(
            self._sandbox, random.Random(seed + 3), staff, share=plan.share, haste=plan.haste
        )
        self._faults = Faults(self._sandbox, random.Random(seed + 4), self._is_polled)
        looking = asyncio.create_task(self._look())
        speaking = asyncio.create_task(self._speak())
        troubling = asyncio.create_task(self._faults.run())
        try:
            await self._kill_all()
            await speaking
            await _ended(troubling)
            self._door.calm = True
            await self._rest()
            await self._end()
        finally:
            for task in (looking, speaking, troubling):
                await _ended(task)
        self._tape.catch_up(time.monotonic())
        pushed = range(FIRST_UPDATE_ID, self._sandbox.world.town.updates.next_id)
        count = Count(self._books, self._tape.shown, self._crowd, self._desks)
        verdict = await count.take(self._killer.kills, pushed)
        verdict.violations[:0] = self._problems
        return verdict

    # --- the town lives ---

    async def _look(self) -> None:
        while True:
            for shown in self._tape.catch_up(time.monotonic()):
                self._crowd.look(shown)
                self._desks.look(shown)
            await asyncio.sleep(0.05)

    async def _speak(self) -> None:
        pause = self._plan.seconds * _SPEAKING / self._plan.citizens
        while self._crowd.silent:
            self._crowd.speak()
            await asyncio.sleep(self._rng.uniform(0, 2 * pause))

    def _is_polled(self) -> bool:
        return any(hub.mode == "polling" for hub in self._alive)

    # --- hubs come and go ---

    async def _start_all(self) -> None:
        for port in self._ports:
            await self._start(FORK, port)

    async def _start(self, how: str, port: int) -> Hub:
        """A hub in the place of this port; alone, it polls or listens."""
        alone = self._plan.replicas == 1
        mode = "polling" if alone and self._rng.random() < 0.5 else "webhook"
        if mode == "webhook":
            in_order(self._sandbox)
        environment = {
            "OTKLIK_BOT_TOKEN": self._sandbox.token,
            "OTKLIK_BOT_API_URL": self._sandbox.url,
            "OTKLIK_DATABASE_URL": self._address,
            "OTKLIK_FILES_DIR": str(self._folder / "files"),
            "OTKLIK_ADMINS": self._admins,
            "OTKLIK_CLOCK_URL": f"{self._sandbox.url}/clock",
            "OTKLIK_GROUP_RATE_FACTOR": str(_GROUP_FACTOR),
        }
        if mode == "webhook":
            environment |= {
                "OTKLIK_WEBHOOK_URL": self._door.url,
                "OTKLIK_WEBHOOK_SECRET": SECRET,
                "OTKLIK_LISTEN": f"127.0.0.1:{port}",
            }
        hub = await self._hubs.start(how, environment, mode=mode, port=port)
        self._alive.append(hub)
        self._door.ports = [h.port for h in self._alive if h.mode == "webhook" and h.port]
        return hub

    async def _kill_all(self) -> None:
        plain = set(
            self._rng.sample(range(self._plan.kills), round(self._plan.kills * _PLAIN_SHARE))
        )
        began, kills = time.monotonic(), self._plan.kills
        for number in range(kills):
            # What the others took longer is made up for.
            left = self._plan.seconds - (time.monotonic() - began)
            mean = max(left / (kills - number), 0.2)
            is_plain = any(hub.how == PLAIN for hub in self._alive)
            await asyncio.sleep(self._patience(mean) + (2.0 if is_plain else 0.0))
            await self._fell(self._victim())
            how = PLAIN if number + 1 in plain else FORK
            await self._start(how, self._free_port())
            self._progress(f"{number + 1}/{kills} kills")

    def _patience(self, mean: float) -> float:
        if self._rng.random() < _EARLY:
            return self._rng.uniform(0.0, min(0.6, mean))
        return self._rng.uniform(0.5, 1.5) * mean

    def _victim(self) -> Hub:
        if len(self._alive) == 1:
            return self._alive[0]
        sending = [hub for hub in self._alive if hub.sends()]
        others = [hub for hub in self._alive if hub not in sending]
        if sending and (not others or self._rng.random() > _SPARED):
            return sending[0]
        return self._rng.choice(others)

    async def _fell(self, hub: Hub) -> None:
        if hub.code is not None:
            self._problems.append(f"hub {hub.number} ended by itself with {hub.code}: {hub.log}")
        await self._killer.kill(hub, now=time.monotonic())
        self._alive.remove(hub)

    def _free_port(self) -> int:
        taken = {hub.port for hub in self._alive}
        return next(port for port in self._ports if port not in taken)

    async def _end(self) -> None:
        for hub in list(self._alive):
            await hub.stop()
            if hub.code != 0:
                self._problems.append(f"hub {hub.number} ended with {hub.code}")
            self._alive.remove(hub)

    # --- it comes to rest ---

    async def _rest(self) -> None:
        ends, quiet = time.monotonic() + _REST, time.monotonic()
        while time.monotonic() < ends:
            seen = self._tape.seq
            await asyncio.sleep(0.5)
            left = await self._left()
            if left or self._tape.seq != seen:
                quiet = time.monotonic()
            elif time.monotonic() - quiet > _QUIET:
                return
            self._progress(f"resting, {left or 'quiet'}")
        self._problems.append(f"not at rest after {_REST:.0f} s: {left}")

    async def _left(self) -> dict[str, int]:
        now = int(self._sandbox.clock.now().timestamp() * 1_000_000)
        due = f"state = 'sending' OR (state = 'queued' AND not_before <= {now})"
        left = {
            "updates": len(self._sandbox.world.town.updates.pending) + len(self._door.late),
            "deeds": int(self._crowd.busy) + int(self._desks.busy),
            "inbox": await self._books.number("SELECT count(*) FROM inbox WHERE state = 'new'"),
            "outbox": await self._books.number(f"SELECT count(*) FROM outbox WHERE {due}"),
            "drafts": await self._books.number("SELECT count(*) FROM drafts"),
        }
        return {name: count for name, count in left.items() if count}

    # --- what is told ---

    def _progress(self, what: str) -> None:
        now = time.monotonic()
        if now - self._told < 5:
            return
        self._told = now
        spoke = self._plan.citizens - self._crowd.silent
        print(
            f"{what}; {spoke} citizens have written, {len(self._desks.answers)} cases answered,"
            f" {len(self._tape.shown)} messages and edits",
            flush=True,
        )

    def report(self, verdict: Verdict) -> str:
        """Everything in words."""
        lines = [
            "",
            f"seed {self._plan.seed}, {time.monotonic() - self._began:.0f} s",
            f"kills: {self._killer.told()}",
            f"faults: {dict(sorted(self._faults.ordered.items()))}",
            f"updates: {dict(sorted(self._door.fates.items()))}",
            f"errors answered: {dict(sorted(self._tape.refused.items()))}",
            f"counted: {verdict.figures}",
            f"answers written under a second copy of a card: {self._desks.on_copies}",
            f"extra copies, {len(verdict.extras)}:",
            *(f"  {extra.told()}" for extra in verdict.extras),
            f"violations, {len(verdict.violations)}:",
            *(f"  {violation}" for violation in verdict.violations),
        ]
        return "\n".join(lines)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


def _free_ports(count: int) -> list[int]:
    probes = [socket.socket() for _ in range(count)]
    try:
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [probe.getsockname()[1] for probe in probes]
    finally:
        for probe in probes:
            probe.close()
