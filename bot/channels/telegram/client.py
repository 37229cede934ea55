"""The two bots: one that talks to the API, and one for the dispatcher that refuses to."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from functools import cache
from typing import Any

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.methods import GetUpdates, Response, TelegramMethod


class SendingRefused(RuntimeError):
    """A handler tried to call the API inside a transaction."""


@cache
def _answer_of(returning: Any) -> Any:
    """The model of an answer, held here: pydantic forgets one that nobody holds, and aiogram would
    then have it built again for almost every call (4 ms each, measured).
    """
    return Response[returning]


class _TalkingSession(AiohttpSession):
    def check_response(
        self, bot: Bot, method: TelegramMethod[Any], status_code: int, content: str
    ) -> Response[Any]:
        _answer_of(method.__returning__)
        return super().check_response(bot, method, status_code, content)

    async def close(self) -> None:
        # aiogram's own close then waits for TLS to end, which plain HTTP hasn't got.
        if self._session is not None and self.api.base.startswith("http:"):
            await self._session.close()
        await super().close()


class _RefusingSession(BaseSession):
    async def close(self) -> None:
        return None

    async def make_request(self, bot: Bot, method: TelegramMethod[Any], *_args: Any) -> Any:
        raise SendingRefused(type(method).__name__)

    async def stream_content(self, *_args: Any, **_kwargs: Any) -> AsyncGenerator[bytes, None]:
        raise SendingRefused("stream_content")
        yield b""


class RawUpdates(GetUpdates):
    """getUpdates whose answer stays raw: the inbox stores what the messenger said."""

    __returning__ = list[dict[str, Any]]  # type: ignore[assignment]


def talking(token: str, *, base_url: str, proxy: str | None) -> Bot:
    """The bot that delivery and polling use."""
    session = _TalkingSession(api=TelegramAPIServer.from_base(base_url), proxy=proxy)
    return Bot(token, session=session)


def mute(token: str) -> Bot:
    """The dispatcher's bot: no network call inside a transaction, ever."""
    return Bot(token, session=_RefusingSession())
