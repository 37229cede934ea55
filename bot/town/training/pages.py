"""The pages of the training room: who learns, and the coach beside the learner's messenger."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from aiohttp import web
from markupsafe import Markup

from bot.i18n import use_locale
from bot.town.live import Part, Window
from bot.town.pages import Pages
from bot.town.requests import acting, body_of, locale_of
from bot.town.training import words
from bot.town.training.coach import Coach
from bot.town.training.room import Learner, Room
from bot.town.words import Words
from services.training import Lesson

_WORDS = Words(words.WORDS)
PARTS = ("task", "checks", "next", "lessons")


class TrainingPages:
    """GET what is seen, POST what the learner wants of the coach."""

    def __init__(self, pages: Pages, room: Room) -> None:
        self._pages, self._room = pages, room

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.get("/train", self._pages.page(self.door)),
            web.post("/train", acting(self.enter, refusal=words.refusal)),
            web.get("/train/{name}", self._pages.page(self.learner)),
            web.get("/train/{name}/events", self.events),
            web.post("/train/{name}/begin", acting(self.begin, refusal=words.refusal)),
        ]

    async def door(self, _request: web.Request, locale: str, name: str = "") -> str:
        """Who learns?"""
        known = [(n, words.progress(self._room.results(n))) for n in self._room.names()]
        return self._pages.render("train.html", locale=locale, t=_WORDS, known=known, name=name)

    async def enter(self, request: web.Request) -> dict[str, Any]:
        """A first name, nothing else; answers with where to go."""
        body = await body_of(request)
        learner = await self._room.enter(str(body["name"]))
        return {"go": f"/train/{quote(learner.name)}"}

    async def learner(self, request: web.Request, locale: str) -> str:
        """The coach, and the learner's own messenger."""
        try:
            learner = self._of(request)
        except LookupError:
            # The town is a new one, the address was kept: he comes in again.
            return await self.door(request, locale, name=request.match_info["name"])
        parts = {part.id: Markup(part.html) for part in self._parts(learner, locale)}
        return self._pages.render(
            "learner.html",
            locale=locale,
            t=_WORDS,
            learner=learner,
            address=f"/train/{quote(learner.name)}",
            chat=self._room.chat["id"],
            parts=parts,
        )

    def _of(self, request: web.Request) -> Learner:
        return self._room.learner(request.match_info["name"])

    def _parts(self, learner: Learner, locale: str) -> list[Part]:
        with use_locale(locale):
            seen = Coach(learner.play, self._room.results(learner.name))
            shown = {"coach": seen, "t": _WORDS}
            parts = [Part(name, self._pages.render(f"_{name}.html", **shown)) for name in PARTS]
            return [*parts, self._pages.state_part()]

    async def events(self, request: web.Request) -> web.StreamResponse:
        """What the coach says, as it changes."""
        locale = locale_of(request)
        try:
            learner = self._of(request)
        except LookupError:
            raise web.HTTPNotFound from None
        return await self._pages.stream(request, Window(lambda: self._parts(learner, locale)))

    async def begin(self, request: web.Request) -> None:
        """Begin a lesson, or begin it anew."""
        body = await body_of(request)
        self._room.begin(self._of(request).name, Lesson(body["lesson"]))
