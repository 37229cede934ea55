"""What all requests of the town's pages share: the reader's language, and who may act."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from bot.i18n import supported, use_locale
from bot.sandbox.errors import ApiError

GUARD = "X-Town"
"""A header that pages of other origins can't send: none of them acts here."""
COOKIE = "otklik_town_lang"
Act = Callable[[web.Request], Awaitable[dict[str, Any] | None]]
Handler = Callable[[web.Request], Awaitable[web.Response]]


class NotHere(LookupError):
    """The address names nobody and nothing of the town."""


def locale_of(request: web.Request) -> str:
    """The reader's language: as he chose, else as his browser says."""
    chosen = request.query.get("lang") or request.cookies.get(COOKIE)
    return supported(chosen or request.headers.get("Accept-Language"))


async def body_of(request: web.Request) -> dict[str, Any]:
    """The JSON object that was sent. Raises ValueError, TypeError for anything else."""
    try:
        body = await request.json()
    except json.JSONDecodeError:
        raise ValueError("JSON is expected") from None
    if not isinstance(body, dict):
        raise TypeError("an object is expected")
    return body


def _words(error: Exception) -> str:
    return error.description if isinstance(error, ApiError) else str(error)


def acting(do: Act, *, refusal: Callable[[Exception], str] = _words) -> Handler:
    """Serve an act of our own pages: what can't be done is answered in words, with 409."""

    async def serve(request: web.Request) -> web.Response:
        if GUARD not in request.headers:
            raise web.HTTPForbidden(text=f"the header {GUARD} is missing")
        with use_locale(locale_of(request)):
            try:
                return web.json_response(await do(request) or {})
            except (LookupError, ValueError, TypeError, ApiError) as error:
                return web.json_response({"error": refusal(error)}, status=409)

    return serve


def word_of(request: web.Request, name: str) -> str:
    """A word of the address. Raises NotHere without it."""
    if name not in request.query:
        raise NotHere(f"no {name} in the address")
    return request.query[name]


def number_of(text: str | None) -> int | None:
    """A chat or a topic of the address. Raises NotHere for what is no number."""
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        raise NotHere(f"{text} is no number") from None
