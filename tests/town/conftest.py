"""A town with pages: without a hub for what the pages do, with one for whole conversations."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import aiohttp
import pytest

from bot.models import Models
from bot.municipality import parse_municipality, read_document
from bot.sandbox.clock import TownClock
from bot.sandbox.server import Sandbox
from bot.town.acts import Acts
from bot.town.day import DayPlay
from bot.town.files import Files
from bot.town.pages import Pages, Role
from bot.town.reading import Reading
from bot.town.requests import GUARD
from bot.town.strips import Strips
from bot.town.understood import Lens, UnderstoodPages

MONDAY = datetime(2026, 11, 23, 10, 0, tzinfo=ZoneInfo("Europe/Moscow"))


class NoHub:
    """Stands where the hub's process would."""

    alive = True

    async def start(self) -> None:
        """It runs."""
        self.alive = True

    async def kill(self) -> None:
        """It was killed."""
        self.alive = False


@dataclass
class Open:
    """The served town and a browser's hands."""

    sandbox: Sandbox
    http: aiohttp.ClientSession
    hub: NoHub
    maria: dict[str, Any]
    ivan: dict[str, Any]
    group: dict[str, Any]

    def first(self) -> Sequence[Role]:
        """Who stands at the door."""
        return [Role(self.maria, "житель", self.maria["id"], quick=True)]

    def everybody(self) -> Sequence[Role]:
        """All people."""
        return [*self.first(), Role(self.ivan, "исполнитель", self.group["id"])]

    ready = True
    day: DayPlay = field(init=False)

    async def get(self, path: str, language: str = "ru") -> tuple[int, str]:
        """A page."""
        headers = {"Accept-Language": language}
        async with self.http.get(self.sandbox.url + path, headers=headers) as answer:
            return answer.status, await answer.text()

    async def post(self, path: str, body: Any, **headers: str) -> tuple[int, Any]:
        """An act, as the page's script sends it."""
        sent = {"headers": {GUARD: "1"} | headers}
        sent["data" if isinstance(body, aiohttp.FormData) else "json"] = body
        async with self.http.post(self.sandbox.url + path, **sent) as answer:
            return answer.status, await answer.json()

    async def events(self, path: str) -> AsyncIterator[dict[str, Any]]:
        """What a window hears."""
        async with self.http.get(self.sandbox.url + path) as answer:
            async for line in answer.content:
                if line.startswith(b"data: "):
                    yield json.loads(line.removeprefix(b"data: "))


@pytest.fixture
async def opened(tmp_path: Path) -> AsyncIterator[Open]:
    """Two people, a group, pages, and nobody behind the bot."""
    sandbox = Sandbox(clock=TownClock(MONDAY))
    maria, ivan = sandbox.world.add_user("Мария"), sandbox.world.add_user("Иван")
    group = sandbox.world.add_group("ЖКХ", members=[ivan])
    async with aiohttp.ClientSession() as http:
        town, reading, hub = sandbox.world, Reading(), NoHub()
        found = Open(sandbox, http, hub, maria, ivan, group)
        municipality = parse_municipality(read_document(None), "default")
        begin = MONDAY.replace(day=24, hour=7, minute=45)
        found.day = DayPlay(sandbox.clock, begin, begin.replace(day=26), town.town.changed.fire)
        strips = Strips(town, municipality.calendar, hub, found.day)
        pages = Pages(town, reading, strips, register=found)
        acts = Acts(town, reading)
        files = Files(town.town)
        reads = UnderstoodPages(pages, town, Lens(municipality, Models(tmp_path / "models")))
        routes = [*pages.routes(), *files.routes(), *acts.routes(), *strips.routes()]
        routes += reads.routes()
        await sandbox.start(pages=routes)
        try:
            yield found
        finally:
            await sandbox.stop()
