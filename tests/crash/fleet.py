"""The hubs of one ordeal: started, killed at random moments and started again."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Callable
from pathlib import Path

from bot.sandbox.server import Sandbox
from tests.crash.books import Books
from tests.crash.faults import in_order
from tests.crash.hubs import FORK, PLAIN, Hub, Hubs
from tests.crash.kills import Killer
from tests.support.door import SECRET, Door
from tests.support.ports import free_ports

GROUP_FACTOR = 100
_PLAIN_SHARE = 0.03
"""So many deaths are of a hub that was started as an operator would."""
_PLAIN_UP = 0.8
"""How often such a one, slow to start, is killed only when it works."""
_SPARED = 0.8
"""How often the replica that sends is spared: after it nobody sends until its lease ends."""


class Fleet:
    """One hub that polls or listens by turns, or replicas that listen behind the door."""

    def __init__(
        self, sandbox: Sandbox, address: str, folder: Path, *, replicas: int, rng: random.Random
    ) -> None:
        self._sandbox = sandbox
        self._address = address
        self._folder = folder
        self._replicas = replicas
        self._rng = rng
        self._hubs = Hubs(folder)
        self.door = Door(random.Random(rng.random()))
        self.killer = Killer(Books(address))
        self._alive: list[Hub] = []
        self._ports: list[int] = []
        self._admins = ""
        self.problems: list[str] = []
        """Hubs that ended by themselves."""

    async def open(self) -> None:
        """Everything but the hubs."""
        await self.door.open()
        await self._hubs.open()
        self._ports = free_ports(self._replicas)

    async def close(self) -> None:
        """End whatever is left."""
        await self._hubs.close()
        await self.door.close()

    def is_polled(self) -> bool:
        """A hub polls, or is about to."""
        return any(hub.mode == "polling" for hub in self._alive)

    async def start(self, admins: list[int]) -> None:
        """All hubs; these people are their first administrators."""
        self._admins = ",".join(map(str, admins))
        for port in self._ports:
            await self._start(FORK, port)

    async def stop(self) -> None:
        """Let all end as an operator would."""
        for hub in list(self._alive):
            await hub.stop()
            if hub.code != 0:
                self.problems.append(f"hub {hub.number} was asked to end and did with {hub.code}")
            self._alive.remove(hub)

    async def decimate(self, kills: int, seconds: float, tell: Callable[[str], None]) -> None:
        """Kill one hub after the other, each replaced at once."""
        began = time.monotonic()
        plain = set(self._rng.sample(range(kills), round(kills * _PLAIN_SHARE)))
        for number in range(kills):
            # What some took longer is made up for by the others.
            left = seconds - (time.monotonic() - began)
            mean = max(left / (kills - number), 0.2)
            # Any moment is as likely as another, those of a start too.
            await asyncio.sleep(self._rng.expovariate(1 / mean))
            for hub in self._alive:
                if hub.how == PLAIN and self._rng.random() < _PLAIN_UP:
                    await hub.works(patience=15)
            await self._kill(self._victim())
            await self._start(PLAIN if number + 1 in plain else FORK, self._free_port())
            tell(f"{number + 1}/{kills} kills")

    async def _start(self, how: str, port: int) -> None:
        """A hub in the place of this port; alone, it polls or listens."""
        alone = self._replicas == 1
        # What the door still holds for a webhook would wait for one for ever.
        polls = alone and self._rng.random() < 0.5 and not self.door.late
        mode = "polling" if polls else "webhook"
        if mode == "webhook":
            in_order(self._sandbox)
        hub = await self._hubs.start(how, self._settings(mode, port), mode=mode, port=port)
        self._alive.append(hub)
        self.door.ports = [h.port for h in self._alive if h.mode == "webhook"]

    def _settings(self, mode: str, port: int) -> dict[str, str]:
        settings = {
            "OTKLIK_BOT_TOKEN": self._sandbox.token,
            "OTKLIK_BOT_API_URL": self._sandbox.url,
            "OTKLIK_DATABASE_URL": self._address,
            "OTKLIK_FILES_DIR": str(self._folder / "files"),
            "OTKLIK_ADMINS": self._admins,
            "OTKLIK_CLOCK_URL": f"{self._sandbox.url}/clock",
            "OTKLIK_GROUP_RATE_FACTOR": str(GROUP_FACTOR),
        }
        if mode == "webhook":
            settings |= {
                "OTKLIK_WEBHOOK_URL": self.door.url,
                "OTKLIK_WEBHOOK_SECRET": SECRET,
                "OTKLIK_LISTEN": f"127.0.0.1:{port}",
            }
        return settings

    def _victim(self) -> Hub:
        sending = [hub for hub in self._alive if hub.sends()]
        others = [hub for hub in self._alive if hub not in sending]
        if sending and (not others or self._rng.random() > _SPARED):
            return sending[0]
        return self._rng.choice(others)

    async def _kill(self, hub: Hub) -> None:
        if hub.code is not None:
            self.problems.append(f"hub {hub.number} ended by itself with {hub.code}:\n{hub.tail()}")
        await self.killer.kill(hub, now=time.monotonic())
        self._alive.remove(hub)

    def _free_port(self) -> int:
        taken = {hub.port for hub in self._alive}
        return next(port for port in self._ports if port not in taken)
