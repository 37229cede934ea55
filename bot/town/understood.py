"""How words are understood, shown while they are typed: the page beside the messenger."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from bot.i18n import _
from bot.models import Models
from bot.reading import Reader
from bot.sandbox.world import World
from bot.town.acts import person
from bot.town.pages import Pages
from bot.town.reading import Reading
from bot.town.requests import NotHere, acting, body_of, number_of, word_of
from bot.town.sight import Sight
from bot.views.understood import understood
from bot.vocabulary import english_names
from services.municipality import Municipality

LONGEST = 4096
"""Characters of a message."""
SHOWN = "_understood.html"


class Lens:
    """Reads as the town's hub does, with the model that it uses."""

    def __init__(self, town: Municipality, models: Models) -> None:
        self._town, self._models = town, models
        self._reader: Reader | None = None
        self._one = asyncio.Lock()

    async def __call__(self, text: str) -> list[str]:
        """What the hub makes of a text, in lines."""
        async with self._one:
            return await asyncio.to_thread(self._lines, text)

    async def wake(self) -> None:
        """Read the dictionaries, so that the first words are understood as quickly as others."""
        async with self._one:
            await asyncio.to_thread(self._awake)

    def _awake(self) -> Reader:
        if self._reader is None:
            self._reader = Reader(self._town, self._models)
        self._reader.refresh()
        return self._reader

    def _lines(self, text: str) -> list[str]:
        return understood(self._town, english_names(), self._awake(), text)


class UnderstoodPages:
    """The page, and what its script asks for."""

    def __init__(self, pages: Pages, world: World, reads: Lens) -> None:
        self._pages, self._world, self._reads = pages, world, reads

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.get("/understood", self._pages.page(self.page)),
            web.post("/understood", acting(self.act)),
        ]

    async def page(self, request: web.Request, locale: str) -> str:
        """A field for words; those of a message where the address names one."""
        text = self._words(request) if "message" in request.query else ""
        await self._reads.wake()
        lines = await self._lines(text)
        return self._pages.render(
            "understood.html", locale=locale, text=text, lines=lines, longest=LONGEST
        )

    async def act(self, request: web.Request) -> dict[str, Any]:
        """`{"text": …}` → `{"html": …}`."""
        text = str((await body_of(request))["text"])
        if len(text) > LONGEST:
            raise ValueError(_("A message holds {n} characters.", n=LONGEST))
        return {"html": self._pages.render(SHOWN, lines=await self._lines(text))}

    def _words(self, request: web.Request) -> str:
        """The words of a message that this person sees. Raises NotHere for others."""
        user = person(self._world, word_of(request, "as"))
        chat, number = number_of(word_of(request, "chat")), number_of(word_of(request, "message"))
        posted = Sight(self._world.town, user, Reading()).room(chat or 0).messages.get(number or 0)
        if posted is None:
            raise NotHere(f"no message {number}")
        return str(posted.data.get("text") or posted.data.get("caption") or "")

    async def _lines(self, text: str) -> list[tuple[str, str]]:
        """What is said before the colon and after it; nothing of no words."""
        if not text.strip():
            return []
        lines = [line.partition(": ") for line in await self._reads(text)]
        return [(label, told) for label, _colon, told in lines]
