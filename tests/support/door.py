"""The reverse proxy before the hubs: spreads updates, some of them twice, late or unheard."""

from __future__ import annotations

import asyncio
import random
from collections import Counter

import aiohttp
from aiohttp import web

PATH = "/hook"
SECRET = "Town_secret-1"
_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_TRIES = 1000
_PATIENCE = aiohttp.ClientTimeout(total=5)


class Door:
    """Takes the messenger's updates to a hub that answers."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self.ports: list[int] = []
        """Where a hub may be listening."""
        self.calm = False
        """Nothing is done to updates any more."""
        self.fates: Counter[str] = Counter()
        self.late: set[asyncio.Task[None]] = set()
        """Updates that were answered for and are still on their way."""
        self.url = ""
        self._runner: web.AppRunner | None = None
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Listen; `url` is the address afterwards."""
        app = web.Application(client_max_size=2**20)
        app.router.add_post(PATH, self._take)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}{PATH}"
        self._session = aiohttp.ClientSession(timeout=_PATIENCE)

    async def close(self) -> None:
        """Stop listening."""
        for task in self.late:
            task.cancel()
        if self._runner is not None:
            await self._runner.cleanup()
        if self._session is not None:
            await self._session.close()

    async def _take(self, request: web.Request) -> web.Response:
        body = await request.read()
        fate = "passed"
        if not self.calm:
            fate = self._rng.choices(("passed", "twice", "unheard", "late"), (88, 4, 4, 4))[0]
        self.fates[fate] += 1
        if fate == "late":
            # Others overtake it: the messenger's next update comes as soon as this is answered.
            task = asyncio.create_task(self._deliver_late(body))
            self.late.add(task)
            task.add_done_callback(self.late.discard)
            return web.Response()
        times = 2 if fate == "twice" else 1
        taken = await asyncio.gather(*(self._pass(body) for _ in range(times)))
        if fate == "unheard" or not any(taken):
            return web.Response(status=502)
        return web.Response()

    async def _deliver_late(self, body: bytes) -> None:
        await asyncio.sleep(self._rng.uniform(0.05, 1.0))
        for _ in range(_TRIES):
            if await self._pass(body):
                return
            await asyncio.sleep(self._rng.uniform(0.1, 0.3))
        raise RuntimeError("nobody takes an update that was answered for")

    async def _pass(self, body: bytes) -> bool:
        """Some hub has stored it and said so."""
        assert self._session is not None
        headers = {_HEADER: SECRET, "Content-Type": "application/json"}
        for port in self._rng.sample(self.ports, len(self.ports)):
            try:
                url = f"http://127.0.0.1:{port}{PATH}"
                async with self._session.post(url, data=body, headers=headers) as answer:
                    if answer.status == 200:
                        return True
            except (aiohttp.ClientError, TimeoutError):
                continue
        return False
