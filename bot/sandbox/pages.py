"""The sandbox's own pages beside the Bot API: the journal and the town's clock."""

import base64
import hashlib
from datetime import datetime, timedelta
from html import escape
from typing import Any

from aiohttp import web

from bot.sandbox.clock import TownClock
from bot.sandbox.journal import Entry, Journal

MAX_WAIT = 25.0
_STYLE = (
    "body{font:14px/1.5 system-ui,sans-serif;margin:2rem;max-width:100rem}"
    "table{border-collapse:collapse;width:100%}"
    "td:nth-child(1),td:nth-child(3){white-space:nowrap;word-break:normal}"
    "td,th{border-bottom:1px solid #ccc;padding:.3rem .6rem;text-align:left;vertical-align:top}"
    "td{white-space:pre-wrap;overflow-wrap:anywhere}.error td{background:#fdecea}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


class Pages:
    """HTTP handlers over the journal and the clock."""

    def __init__(self, journal: Journal, clock: TownClock) -> None:
        self._journal = journal
        self._clock = clock
        self.told = -1
        """The newest version of the time that somebody who follows it has heard of."""

    def routes(self) -> list[web.RouteDef]:
        """What to add to the application."""
        return [
            web.get("/journal", self.journal),
            web.get("/clock", self.clock),
            web.post("/clock", self.move_clock),
        ]

    async def journal(self, request: web.Request) -> web.Response:
        """JSON lines, oldest first, for programs; a page, newest first, for people."""
        entries = self._journal.entries
        accept = request.headers.get("Accept", "")
        if request.query.get("format") == "json" or "json" in accept:
            text = "".join(entry.json() + "\n" for entry in entries)
            return web.Response(text=text, content_type="application/x-ndjson", headers=HEADERS)
        return web.Response(text=_page(entries), content_type="text/html", headers=HEADERS)

    async def clock(self, request: web.Request) -> web.Response:
        """The town's time; with `after=N` once the clock's version is greater than N."""
        after = request.query.get("after", "-1")
        if not after.removeprefix("-").isdecimal():
            raise web.HTTPBadRequest(text="after must be a number")
        self.told = max(self.told, int(after))
        if self._clock.version <= int(after):
            await self._clock.moved.wait(MAX_WAIT)
        return web.json_response(self._clock.describe())

    async def move_clock(self, request: web.Request) -> web.Response:
        """`{"set": iso}` or `{"advance_seconds": n}`, as JSON: foreign pages can't send that."""
        if request.content_type != "application/json":
            raise web.HTTPUnsupportedMediaType(text="application/json is expected")
        try:
            self._move(await request.json())
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise web.HTTPBadRequest(text=f"the clock was not moved: {error}") from None
        return web.json_response(self._clock.describe())

    def _move(self, order: Any) -> None:
        if not isinstance(order, dict):
            raise TypeError("an object is expected")
        if "set" in order:
            self._clock.set(datetime.fromisoformat(order["set"]))
        else:
            self._clock.advance(timedelta(seconds=order["advance_seconds"]))


def _page(entries: list[Entry]) -> str:
    rows = "".join(map(_row, reversed(entries)))
    return (
        '<!doctype html><html lang="ru"><meta charset="utf-8"><title>Журнал</title>'
        f"<style>{_STYLE}</style><h1>Журнал запросов</h1><table>"
        "<tr><th>№<th>время города<th>метод<th>параметры<th>что вышло</tr>"
        f"{rows}</table></html>"
    )


def _row(entry: Entry) -> str:
    outcome = entry.effect if entry.ok else f"{entry.error_code} {entry.description}"
    params = "\n".join(f"{name}: {value}" for name, value in entry.params.items())
    cells = (str(entry.seq), entry.at, entry.method, params, outcome)
    css = "" if entry.ok else ' class="error"'
    return f"<tr{css}>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>\n"
