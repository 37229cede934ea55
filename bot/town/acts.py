"""What a person of the town does in his window: each request is one act of the sandbox's world."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import BodyPartReader, web

from bot.sandbox.rooms import User
from bot.sandbox.samples import PLACES, picture, sound
from bot.sandbox.town import Query
from bot.sandbox.world import World
from bot.town.reading import Reading
from bot.town.requests import Act, NotHere, acting, body_of
from bot.town.rich import start_parameter

PRESS_PATIENCE = 15.0
ALBUM = 3
PHONE = "+7 900 000-00-00"


class Acts:
    """The POST side of a person's window."""

    def __init__(self, world: World, reading: Reading) -> None:
        self._world, self._reading = world, reading

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        acts = {
            "start": self.start,
            "say": self.say,
            "upload": self.upload,
            "send": self.send,
            "edit": self.edit,
            "press": self.press,
            "tap": self.tap,
            "read": self.read,
            "block": self.block,
            "unblock": self.unblock,
        }
        return [web.post(f"/as/{{user}}/{name}", acting(self._by(do))) for name, do in acts.items()]

    def _by(self, do: Callable[[User, web.Request], Awaitable[dict[str, Any] | None]]) -> Act:
        async def act(request: web.Request) -> dict[str, Any] | None:
            return await do(person(self._world, request.match_info["user"]), request)

        return act

    async def start(self, user: User, request: web.Request) -> None:
        """Press Start, with the parameter of a link when there is one."""
        self._world.start(user, (await body_of(request)).get("param") or None)

    async def say(self, user: User, request: web.Request) -> None:
        """Words, into a chat, as a reply or not."""
        body = await body_of(request)
        self._world.say(user, str(body["text"]), **_where(body))

    async def send(self, user: User, request: web.Request) -> None:
        """One of the samples: a photo, an album, a voice, a place, the own phone."""
        body = await body_of(request)
        caption = str(body.get("caption") or "") or None
        what, where = body["what"], _where(body)
        if what == "photo":
            # In a staff chat it is the photo «after».
            shown = picture(1, mended=where["chat"] != user["id"])
            self._world.say(user, photo=shown, caption=caption, **where)
        elif what == "album":
            pictures: list[Any] = [picture(n) for n in range(1, ALBUM + 1)]
            self._world.say(user, media_group=pictures, caption=caption, **where)
        elif what == "voice":
            self._world.say(user, voice=sound(), **where)
        elif what == "contact":
            self._world.say(user, contact=PHONE, **where)
        elif what == "location":
            self._world.say(user, location=_place(body), **where)
        else:
            raise ValueError(f"nothing to send: {what}")

    async def upload(self, user: User, request: web.Request) -> None:
        """Own files: pictures as an album, anything else one by one."""
        fields, files = await _multipart(request)
        where, caption = _where(fields), fields.get("caption") or None
        pictures = [data for kind, _name, data in files if kind.startswith("image/")]
        if len(pictures) == 1:
            self._world.say(user, photo=pictures[0], caption=caption, **where)
        elif pictures:
            self._world.say(user, media_group=list(pictures), caption=caption, **where)
        for kind, name, data in files:
            if kind.startswith("image/"):
                continue
            if kind.startswith("audio/"):
                self._world.say(user, voice=data, **where)
            elif kind.startswith("video/"):
                self._world.say(user, video=data, caption=caption, **where)
            else:
                self._world.say(user, document=(name, data), caption=caption, **where)

    async def edit(self, user: User, request: web.Request) -> None:
        """Other words in one's own message."""
        body = await body_of(request)
        self._world.edit(user, int(body["chat"]), int(body["message"]), str(body["text"]))

    async def press(self, user: User, request: web.Request) -> dict[str, Any]:
        """A button; answers with the bot's short word, and where it leads."""
        body = await body_of(request)
        chat, message = int(body["chat"]), int(body["message"])
        query_id = self._world.press(user, chat, message, str(body["data"]))
        query: Query = self._world.town.queries[query_id]
        try:
            await self._world.wait(lambda: query.answered, PRESS_PATIENCE)
        except TimeoutError:
            return {"late": True}
        bot = self._world.town.bot["username"]
        return {"toast": query.text, "start": start_parameter(query.url or "", bot)}

    async def tap(self, user: User, request: web.Request) -> None:
        """A key of the reply keyboard."""
        body = await body_of(request)
        asks = body.get("asks")
        self._world.tap(
            user,
            str(body["button"]),
            chat=int(body["chat"]),
            location=_place(body) if asks == "location" else None,
            contact=PHONE if asks == "contact" else None,
        )

    async def read(self, user: User, request: web.Request) -> None:
        """The window shows everything up to this message."""
        body = await body_of(request)
        thread = body.get("thread")
        upto = int(body["upto"])
        if self._reading.read(user["id"], int(body["chat"]), int(thread) if thread else None, upto):
            self._world.town.changed.fire()

    async def block(self, user: User, _request: web.Request) -> None:
        """Stop the bot."""
        self._world.block(user)
        self._world.town.changed.fire()

    async def unblock(self, user: User, _request: web.Request) -> None:
        """Let the bot write again."""
        self._world.unblock(user)
        self._world.town.changed.fire()


def person(world: World, user_id: str) -> User:
    """Somebody of the town by the number in an address. Raises NotHere."""
    found = world.town.users.get(int(user_id)) if user_id.isdecimal() else None
    if found is None:
        raise NotHere(f"nobody is {user_id} here")
    return found


def _where(body: dict[str, Any]) -> dict[str, Any]:
    reply, thread = body.get("reply_to"), body.get("thread")
    return {
        "chat": int(body["chat"]),
        "reply_to": int(reply) if reply else None,
        "thread": int(thread) if thread else None,
    }


def _place(body: dict[str, Any]) -> tuple[float, float]:
    name = body.get("place") or next(iter(PLACES))
    return PLACES[name]


async def _multipart(request: web.Request) -> tuple[dict[str, str], list[tuple[str, str, bytes]]]:
    """Fields, and files as (type, name, bytes)."""
    fields: dict[str, str] = {}
    files: list[tuple[str, str, bytes]] = []
    async for part in await request.multipart():
        if not isinstance(part, BodyPartReader) or part.name is None:
            raise TypeError("a flat form is expected")
        if part.filename is None:
            fields[part.name] = await part.text()
        else:
            data = bytes(await part.read(decode=False))
            kind = part.headers.get("Content-Type", "")
            files.append((kind, part.filename, data))
    if not files:
        raise ValueError("no file was chosen")
    return fields, files
