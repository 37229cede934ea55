"""The pages: the door, a person's window, windows side by side, who opens a link."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from bot.i18n import use_locale
from bot.sandbox.rooms import User
from bot.sandbox.samples import PLACES
from bot.sandbox.world import World
from bot.town.acts import person
from bot.town.files import POLICY
from bot.town.live import Part, Window, stream
from bot.town.reading import Reading
from bot.town.requests import COOKIE, NotHere, locale_of, number_of, word_of
from bot.town.seen import MessageSeen
from bot.town.sight import Sight
from bot.town.strips import Strips
from bot.town.words import WORDS, Words, people, unscripted

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Role:
    """Somebody the door offers: who he is and what he is here for."""

    user: User
    label: str
    chat: int
    """Where his work is: his chat with the bot, or his block's."""
    quick: bool = False
    """One of the four windows side by side."""


class Register(Protocol):
    """Who can be chosen, in the reader's language."""

    ready: bool
    """Everybody is at his place."""

    def first(self) -> Sequence[Role]:
        """Those whom the door offers."""
        ...

    def everybody(self) -> Sequence[Role]:
        """All people of the town."""
        ...


@dataclass(frozen=True, slots=True)
class Place:
    """Which of a person's chats a window shows."""

    user: User
    chat: int | None
    thread: int | None
    locale: str
    framed: bool
    """One of several windows side by side."""


class Pages:
    """The GET side."""

    def __init__(
        self,
        world: World,
        reading: Reading,
        strips: Strips,
        *,
        register: Register,
        training: bool = False,
    ) -> None:
        self._world, self._reading, self._strips = world, reading, strips
        self._register = register
        # A message that has not changed is not drawn again, in however many windows it stands.
        self._drawn = lru_cache(maxsize=8192)(self._draw)
        self._templates = Environment(
            loader=FileSystemLoader(HERE / "templates"),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals |= {
            "w": Words(WORDS),
            "people": people,
            "unscripted": unscripted,
            "places": tuple(PLACES),
            "training": training,
        }

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.get("/", self.page(self.door)),
            web.get("/windows", self.page(self.windows)),
            web.get("/link", self.page(self.link)),
            web.get("/as/{user}", self.page(self.window)),
            web.get("/as/{user}/events", self.events),
            web.get("/events", self.standing),
        ]

    def page(
        self, show: Callable[[web.Request, str], Awaitable[str]]
    ) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Serve what `show` makes of a request, in the reader's language."""

        async def serve(request: web.Request) -> web.Response:
            locale = locale_of(request)
            with use_locale(locale):
                try:
                    ready = self._register.ready
                    text = await show(request, locale) if ready else self._waking(locale)
                except NotHere:
                    gone = self.render("gone.html", locale=locale)
                    return web.Response(
                        text=gone, status=404, content_type="text/html", headers=POLICY
                    )
            response = web.Response(text=text, content_type="text/html", headers=POLICY)
            response.set_cookie(COOKIE, locale, samesite="Strict")
            return response

        return serve

    def render(self, template: str, **values: Any) -> str:
        """A template of the town's."""
        return self._templates.get_template(template).render(**values)

    def _waking(self, locale: str) -> str:
        """The staff are still being let in."""
        return self.render("waking.html", locale=locale)

    async def door(self, _request: web.Request, locale: str) -> str:
        """Who do you want to be?"""
        return self.render(
            "door.html",
            locale=locale,
            first=self._register.first(),
            everybody=self._register.everybody(),
            state=self._strips.state(),
        )

    async def windows(self, request: web.Request, locale: str) -> str:
        """Several people side by side."""
        known = {role.user["id"]: role for role in self._register.everybody()}
        wanted = [person(self._world, n)["id"] for n in request.query.getall("as", [])]
        if not known.keys() >= set(wanted):
            raise NotHere("somebody whom the door does not offer")
        roles = [known[n] for n in wanted]
        return self.render("windows.html", locale=locale, roles=roles, state=self._strips.state())

    async def link(self, request: web.Request, locale: str) -> str:
        """A deep link was followed: by whom?"""
        return self.render(
            "link.html",
            locale=locale,
            start=word_of(request, "start"),
            first=self._register.first(),
            everybody=self._register.everybody(),
        )

    def _place(self, request: web.Request, locale: str) -> Place:
        user = person(self._world, request.match_info["user"])
        chat, thread = request.query.get("chat"), request.query.get("thread")
        return Place(
            user,
            number_of(chat),
            number_of(thread),
            locale,
            framed=bool(request.query.get("framed")),
        )

    async def window(self, request: web.Request, locale: str) -> str:
        """A person's messenger."""
        place = self._place(request, locale)
        sight = Sight(self._world.town, place.user, self._reading)
        room = sight.room(place.chat) if place.chat is not None else None
        parts = {part.id: Markup(part.html) for part in self._parts(place)}
        return self.render(
            "window.html",
            locale=locale,
            user=place.user,
            place=place,
            room=room,
            bot=self._world.town.bot,
            parts=parts,
            messages=[v for k, v in parts.items() if k.startswith("m-")],
            state=self._strips.state(),
        )

    def _parts(self, place: Place) -> list[Part]:
        """Everything in a window that changes."""
        with use_locale(place.locale):
            sight = Sight(self._world.town, place.user, self._reading)
            around = {"user": place.user, "place": place}
            chats = self.render("_chats.html", chats=sight.chats(), **around)
            parts = [Part("chats", chats), self.state_part()]
            if place.chat is None:
                return parts
            shown = sight.messages(place.chat, place.thread)
            parts += [self._message(place, message) for message in shown]
            answer = sight.answer(place.chat, place.thread)
            offers = self.render("_offers.html", answer=answer, **around)
            return [*parts, Part("offers", offers)]

    def _message(self, place: Place, message: MessageSeen) -> Part:
        return Part(f"m-{message.id}", self._drawn(place.locale, message), within="messages")

    def _draw(self, locale: str, message: MessageSeen) -> str:
        with use_locale(locale):
            return self.render("_message.html", m=message)

    async def events(self, request: web.Request) -> web.StreamResponse:
        """What changes, as it changes."""
        try:
            place = self._place(request, locale_of(request))
        except NotHere:
            raise web.HTTPNotFound from None
        return await self.stream(request, Window(lambda: self._parts(place)))

    async def standing(self, request: web.Request) -> web.StreamResponse:
        """The town's own state, for pages that show no chat."""
        locale = locale_of(request)

        def parts() -> list[Part]:
            with use_locale(locale):
                day = Part("day-state", self.render("_day.html", state=self._strips.state()))
                return [self.state_part(), day]

        return await self.stream(request, Window(parts))

    def state_part(self) -> Part:
        """The town's time and whether the bot runs, in the current locale."""
        return Part("state", self.render("_state.html", state=self._strips.state()))

    async def stream(self, request: web.Request, window: Window) -> web.StreamResponse:
        """Send a window its news until it is closed."""
        return await stream(request, self._world.town, window)
