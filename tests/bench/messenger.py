"""A stand-in for the messenger, in the process of the bench: as little work for a call as can be.

It serves updates by long polling or posts them as a webhook's caller, takes whatever is sent, and
remembers when. The limits of sending are the sandbox's own, when they are on.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

from aiohttp import web

from bot.sandbox.errors import ApiError
from bot.sandbox.rate import RateGate, RateLimits

TOKEN = "42:BENCH-token-of-nobody"
BATCH = 100
_ME = {"id": 42, "is_bot": True, "first_name": "Отклик", "username": "otklik_bench_bot"}
_SENDS = frozenset(("sendMessage", "sendPhoto", "sendDocument", "editMessageText"))


@dataclass(slots=True)
class Sent:
    """Something that came to stand in a chat, or was changed there."""

    at: float
    method: str
    chat: int
    message: int
    text: str
    markup: str

    def button(self, prefix: str, *, last: bool = False) -> str:
        """The data of its first or last button that begins like this; empty if there is none."""
        rows = json.loads(self.markup).get("inline_keyboard", []) if self.markup else []
        every = [b.get("callback_data") or "" for row in rows for b in row]
        found = [data for data in every if data.startswith(prefix)]
        return found[-1 if last else 0] if found else ""


class Messenger:
    """The messenger of one bot."""

    def __init__(
        self, *, limits: RateLimits | None = None, delay: float = 0.0, first: int = 100
    ) -> None:
        self.url = ""
        self.sent: list[Sent] = []
        self.refused = 0
        """Answers with 429."""
        self.calls: Counter[str] = Counter()
        self.on_sent: Callable[[Sent], None] = lambda _sent: None
        self.confirmed = 0
        """Updates below this one will not be served again."""
        self.webhooks: list[str] = []
        self._gate = RateGate(limits) if limits is not None else None
        self._delay = delay
        """Seconds that an answer to a send takes, as over a network."""
        self._queue: list[tuple[int, bytes]] = []
        self._taken = 0
        self._arrived = asyncio.Event()
        self._changed = asyncio.Event()
        self._last = first
        """The newest message's number: above those of messages that the hub knows already."""

    async def until(self, reached: Callable[[], bool], *, patience: float = 120.0) -> float:
        """Wait for something that calls bring about; the moment when it was so."""
        async with asyncio.timeout(patience):
            while not reached():
                self._changed.clear()
                await self._changed.wait()
        return time.perf_counter()

    def put(self, updates: list[dict[str, Any]]) -> None:
        """Updates for long polling."""
        self._queue += [(u["update_id"], json.dumps(u).encode()) for u in updates]
        self._arrived.set()

    # --- the server ---

    async def serve(self, request: web.BaseRequest) -> web.StreamResponse:
        """One call."""
        method = request.path.rpartition("/")[2]
        params = await _params(request)
        self.calls[method] += 1
        if method == "getUpdates":
            return await self._updates(params)
        if method not in _SENDS:
            return _answer(self._plain(method, params))
        if self._delay:
            await asyncio.sleep(self._delay)
        chat = int(params["chat_id"])
        if self._gate is not None:
            try:
                self._gate.pass_or_refuse(chat)
            except ApiError as error:
                self.refused += 1
                return web.json_response(error.body(), status=error.code)
        return self._send(method, chat, params)

    def _send(self, method: str, chat: int, params: dict[str, str]) -> web.StreamResponse:
        number = int(params.get("message_id") or 0)
        if not number:
            self._last += 1
            number = self._last
        text = params.get("text") or params.get("caption") or ""
        now = time.perf_counter()
        one = Sent(now, method, chat, number, text, params.get("reply_markup", ""))
        self.sent.append(one)
        self.on_sent(one)
        self._changed.set()
        kind = "private" if chat > 0 else "supergroup"
        body = {"message_id": number, "date": int(time.time()), "chat": {"id": chat, "type": kind}}
        return _answer(body)

    def _plain(self, method: str, params: dict[str, str]) -> Any:
        self._changed.set()
        if method == "getMe":
            return _ME
        if method == "setWebhook":
            self.webhooks.append(params["url"])
        if method == "getChat":
            chat = int(params["chat_id"])
            return {"id": chat, "type": "supergroup", "accent_color_id": 0, "max_reaction_count": 1}
        if method == "getChatMember":
            return {"status": "creator", "user": _ME, "is_anonymous": False}
        return True

    async def _updates(self, params: dict[str, str]) -> web.StreamResponse:
        offset = int(params.get("offset") or 0)
        self.confirmed = max(self.confirmed, offset)
        while self._taken < len(self._queue) and self._queue[self._taken][0] < offset:
            self._taken += 1
        self._changed.set()
        if self._taken == len(self._queue):
            self._arrived.clear()
            try:
                async with asyncio.timeout(float(params.get("timeout") or 0)):
                    await self._arrived.wait()
            except TimeoutError:
                return _answer([])
        found = self._queue[self._taken : self._taken + BATCH]
        body = b'{"ok":true,"result":[' + b",".join(raw for _, raw in found) + b"]}"
        return web.Response(body=body, content_type="application/json")


async def _params(request: web.BaseRequest) -> dict[str, str]:
    if request.content_type.startswith("multipart/"):
        return {name: str(value) for name, value in (await request.post()).items()}
    body = (await request.read()).decode()
    return {name: values[0] for name, values in parse_qs(body).items()}


def _answer(result: Any) -> web.Response:
    return web.Response(
        body=json.dumps({"ok": True, "result": result}).encode(), content_type="application/json"
    )


@asynccontextmanager
async def messenger(**options: Any) -> AsyncIterator[Messenger]:
    """A messenger on a free port."""
    found = Messenger(**options)
    runner = web.ServerRunner(web.Server(found.serve), shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield found
    finally:
        await runner.cleanup()
