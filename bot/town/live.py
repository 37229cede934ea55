"""What changes in a person's window, as server-sent events: parts of the page, rendered here.

A window says nothing about what it shows; each connection remembers what it has sent and sends
what differs. A window that was away gets the whole again.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from aiohttp import web

from bot.sandbox.town import Town

CALM = 0.08
"""Seconds for changes to gather before they are sent together."""
PULSE = 5.0
"""Seconds after which a window hears of the town's time although nothing has changed."""


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of the page by its element's id: what stands inside of it now."""

    id: str
    html: str
    within: str | None = None
    """The element it belongs into, where it may be new: it comes last there."""

    @property
    def digest(self) -> str:
        """Of what it shows."""
        return hashlib.blake2b(self.html.encode(), digest_size=8).hexdigest()


class Window:
    """One open window: what it has been sent."""

    def __init__(self, parts: Callable[[], list[Part]]) -> None:
        self._parts = parts
        self._sent: dict[str, str] = {}

    def news(self) -> Iterator[dict[str, str | None]]:
        """What differs from what was sent: parts that are new or changed, and those that went."""
        parts = self._parts()
        for part in parts:
            if self._sent.get(part.id) != part.digest:
                self._sent[part.id] = part.digest
                yield {"id": part.id, "html": part.html, "within": part.within}
        for gone in self._sent.keys() - {p.id for p in parts}:
            del self._sent[gone]
            yield {"id": gone, "html": None, "within": None}


async def stream(request: web.Request, town: Town, window: Window) -> web.StreamResponse:
    """Send a window its news, and the town's moment with them, until it is closed."""
    response = web.StreamResponse(
        headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    )
    await response.prepare(request)
    while True:
        seen = town.changed.count
        news = list(window.news())
        clock = town.clock.describe()
        event = {"now": clock["now"], "speed": clock["speed"] if clock["running"] else 0}
        line = json.dumps(event | {"parts": news}, ensure_ascii=False)
        await response.write(f"data: {line}\n\n".encode())
        if town.changed.count == seen:
            await town.changed.wait(PULSE)
        await asyncio.sleep(CALM)
