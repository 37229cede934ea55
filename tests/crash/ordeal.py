"""One ordeal: the town is settled, lives while its hubs are killed, comes to rest, is counted."""

from __future__ import annotations

import asyncio
import random
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
from tests.crash.faults import Faults
from tests.crash.fleet import GROUP_FACTOR, Fleet
from tests.crash.settle import ADMINS, settle
from tests.crash.staff import Desks
from tests.crash.tape import Tape

_MORNING = datetime(2026, 11, 24, 10, 12, tzinfo=ZoneInfo("Europe/Moscow"))
_SPEAKING = 0.9
"""In this part of the time everybody writes for the first time."""
_REST = 300.0
"""Seconds in which everything must be done after the last kill."""
_QUIET = 2.0
_STREAM = 0.3
"""Seconds since something was shown, while the hub counts as sending."""
_TOLD = 5.0
"""Seconds between two lines of progress."""


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
        self._rng = random.Random(plan.seed)
        limits = RateLimits(group_per_minute=20 * GROUP_FACTOR)
        self._sandbox = Sandbox(limits=limits, clock=TownClock(_MORNING, running=True))
        self._tape = Tape(self._sandbox.journal)
        self._books = Books(address)
        self._fleet = Fleet(
            self._sandbox, address, folder, replicas=plan.replicas, rng=self._random()
        )
        self._crowd = Crowd(self._sandbox, self._random(), plan.citizens, haste=plan.haste)
        self._faults = Faults(
            self._sandbox,
            self._random(),
            polled=self._fleet.is_polled,
            sending=self._is_sending,
        )
        self._problems: list[str] = []
        self._told = 0.0
        self._began = time.monotonic()

    @asynccontextmanager
    async def town(self) -> AsyncIterator[None]:
        """Everything that has to be closed again."""
        await self._sandbox.start()
        try:
            await self._fleet.open()
            yield
        finally:
            await self._fleet.close()
            await self._sandbox.stop()

    async def run(self) -> Verdict:
        """Live through it; what was counted."""
        admins = [self._sandbox.world.add_user("Админ") for _ in range(ADMINS)]
        await self._fleet.start([admin["id"] for admin in admins])
        staff = await settle(self._sandbox, admins)
        plan = self._plan
        self._desks = Desks(
            self._sandbox, self._random(), staff, share=plan.share, haste=plan.haste
        )
        looking = asyncio.create_task(self._look())
        speaking = asyncio.create_task(self._speak())
        troubling = asyncio.create_task(self._faults.run())
        try:
            await self._fleet.decimate(plan.kills, plan.seconds, self._progress)
            await speaking
            await _ended(troubling)
            self._fleet.door.calm = True
            await self._rest()
            await self._fleet.stop()
        finally:
            for task in (looking, speaking, troubling):
                await _ended(task)
        self._tape.catch_up(time.monotonic())
        pushed = range(FIRST_UPDATE_ID, self._sandbox.world.town.updates.next_id)
        count = Count(self._books, self._tape.shown, self._crowd, self._desks)
        verdict = await count.take(self._fleet.killer.kills, pushed)
        verdict.violations[:0] = [*self._fleet.problems, *self._problems]
        return verdict

    def _random(self) -> random.Random:
        return random.Random(self._rng.random())

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

    def _is_sending(self) -> bool:
        shown = self._tape.shown
        return bool(shown) and time.monotonic() - shown[-1].at < _STREAM

    # --- it comes to rest ---

    async def _rest(self) -> None:
        ends, quiet = time.monotonic() + _REST, time.monotonic()
        left: dict[str, int] = {}
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
        updates = self._sandbox.world.town.updates
        left = {
            "updates": len(updates.pending) + len(self._fleet.door.late),
            "deeds": self._crowd.to_do + self._desks.to_do,
            "inbox": await self._books.number("SELECT count(*) FROM inbox WHERE state = 'new'"),
            "outbox": await self._books.number(f"SELECT count(*) FROM outbox WHERE {due}"),
            "drafts": await self._books.number("SELECT count(*) FROM drafts"),
        }
        return {name: count for name, count in left.items() if count}

    # --- what is told ---

    def _progress(self, what: str) -> None:
        now = time.monotonic()
        if now - self._told < _TOLD:
            return
        self._told = now
        spoke = self._plan.citizens - self._crowd.silent
        print(
            f"{now - self._began:.0f} s, {what}; {spoke} citizens have written,"
            f" {len(self._desks.answers)} cases answered,"
            f" {len(self._tape.shown)} messages and edits",
            flush=True,
        )

    def report(self, verdict: Verdict) -> str:
        """Everything in words."""
        lines = [
            "",
            f"seed {self._plan.seed}, {time.monotonic() - self._began:.0f} s",
            f"kills: {self._fleet.killer.told()}",
            f"faults: {dict(sorted(self._faults.ordered.items()))}",
            f"updates at the door: {dict(sorted(self._fleet.door.fates.items()))}",
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
