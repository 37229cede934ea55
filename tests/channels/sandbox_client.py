"""A plain HTTP client of the local Bot API for its own tests: no SDK between the test and it."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp

from bot.sandbox.clock import TownClock
from bot.sandbox.rate import RateLimits
from bot.sandbox.server import Sandbox
from bot.sandbox.world import World

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
Answer = dict[str, Any]


@dataclass
class Api:
    """Calls methods in each of the body kinds and returns the decoded answer."""

    sandbox: Sandbox
    http: aiohttp.ClientSession

    @property
    def world(self) -> World:
        return self.sandbox.world

    def address(self, method: str) -> str:
        return f"{self.sandbox.url}/bot{self.sandbox.token}/{method}"

    async def call(self, method: str, **params: Any) -> Answer:
        """A JSON body with real values."""
        return await self._post(method, json=params)

    async def ok(self, method: str, **params: Any) -> Any:
        """A JSON call that must succeed: its result."""
        answer = await self.call(method, **params)
        assert answer["ok"], answer
        return answer["result"]

    async def refused(self, method: str, **params: Any) -> str:
        """A JSON call that must fail: its description."""
        answer = await self.call(method, **params)
        assert not answer["ok"], answer
        return str(answer["description"])

    async def form(self, method: str, **params: Any) -> Answer:
        """An urlencoded form, structures as JSON text."""
        return await self._post(method, data={k: as_text(v) for k, v in params.items()})

    async def multipart(
        self, method: str, files: dict[str, bytes] | None = None, **params: Any
    ) -> Answer:
        """A multipart form with files."""
        form = aiohttp.FormData(default_to_multipart=True)
        for name, value in params.items():
            form.add_field(name, as_text(value))
        for name, data in (files or {}).items():
            form.add_field(name, data, filename=f"{name}.jpg")
        return await self._post(method, data=form)

    async def query(self, method: str, **params: Any) -> Answer:
        """GET with a query string."""
        texts = {name: as_text(value) for name, value in params.items()}
        async with self.http.get(self.address(method), params=texts) as response:
            answer: Answer = await response.json()
            return answer

    async def _post(self, method: str, **body: Any) -> Answer:
        async with self.http.post(self.address(method), **body) as response:
            answer: Answer = await response.json()
            assert response.status == answer.get("error_code", 200)
            return answer


def as_text(value: Any) -> str:
    """How a form carries a value."""
    return value if isinstance(value, str) else json.dumps(value)


@asynccontextmanager
async def serving(**options: Any) -> AsyncIterator[Api]:
    """A sandbox on a free port, its time frozen, its rates off unless asked for."""
    options.setdefault("limits", RateLimits.off())
    options.setdefault("clock", TownClock(START))
    sandbox = Sandbox(**options)
    await sandbox.start()
    try:
        async with aiohttp.ClientSession() as http:
            yield Api(sandbox, http)
    finally:
        await sandbox.stop()


def inline(*rows: list[dict[str, Any]]) -> dict[str, Any]:
    """An inline keyboard."""
    return {"inline_keyboard": list(rows)}


def button(text: str = "Да", **action: Any) -> dict[str, Any]:
    """A button of an inline keyboard."""
    return {"text": text, **(action or {"callback_data": "yes"})}
