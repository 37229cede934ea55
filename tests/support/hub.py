"""A whole hub for flow tests: the sandbox over real HTTP, a real database, moved time."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.app import App
from bot.config import read
from bot.log import configure
from bot.sandbox.clock import TownClock
from bot.sandbox.rate import RateLimits
from bot.sandbox.server import Sandbox
from tests.support.limits import complaints

ZONE = ZoneInfo("Europe/Moscow")
TUESDAY = datetime(2026, 11, 24, 10, 12, tzinfo=ZONE)
"""The moment of conversations.md's example."""
_LINK = re.compile(r"\?start=(r_\S+)")


class Hub:
    """The sandbox, the app behind it, and people who write and press."""

    def __init__(self, sandbox: Sandbox, app: App, admin: dict[str, Any]) -> None:
        self.sandbox = sandbox
        self.app = app
        self.admin = admin

    @property
    def world(self) -> Any:
        """The people's side of the sandbox."""
        return self.sandbox.world

    async def settle(self) -> None:
        """Wait until the hub has nothing left to do at this moment."""
        async with asyncio.timeout(30):
            while True:
                if await self._caught_up() and await self.app.is_settled():
                    return
                await asyncio.sleep(0.01)

    async def heard(self) -> None:
        """Wait until everything that was said is applied, whatever is still to be sent."""
        async with asyncio.timeout(30):
            while True:
                if not self.world.town.updates.pending and await self.app.has_heard():
                    return
                await asyncio.sleep(0.01)

    async def _caught_up(self) -> bool:
        clock: Any = self.app.clock
        return clock.version == self.sandbox.clock.version and not self.world.town.updates.pending

    async def go(self, moment: datetime | timedelta) -> None:
        """Move the town's time and let the hub do what comes due."""
        if isinstance(moment, timedelta):
            self.sandbox.clock.advance(moment)
        else:
            self.sandbox.clock.set(moment)
        await self.settle()

    async def say(
        self, user: dict[str, Any], text: str | None = None, *, wait: bool = True, **more: Any
    ) -> Any:
        """Somebody writes; the hub settles, and waits until he has spoken unless told not to."""
        said = self.world.say(user, text, **more)
        await self.settle()
        if wait:
            await self.spoken()
        return said

    async def spoken(self) -> None:
        """Let every burst of messages end: what was said becomes appeals."""
        while (over := await self.app.next_burst()) is not None:
            await self.go(over)

    async def press(self, user: dict[str, Any], message: dict[str, Any], button: str) -> str | None:
        """Somebody presses a button; returns the toast."""
        town = self.world.town
        query = self.world.press(user, message["chat"]["id"], message["message_id"], button)
        await self.settle()
        await self.world.wait(lambda: town.queries[query].answered)
        return town.queries[query].text

    def last(self, chat: dict[str, Any], part: str = "") -> dict[str, Any]:
        """The newest message of a chat that contains `part`."""
        found = self.world.find(chat["id"], part)
        assert found is not None, f"no «{part}» in {[m.get('text') for m in self.texts(chat)]}"
        return found

    def texts(self, chat: dict[str, Any]) -> list[dict[str, Any]]:
        """Everything that stands in a chat."""
        return self.world.messages(chat["id"])

    async def citizen(self, name: str, **more: Any) -> dict[str, Any]:
        """A person who has started the bot and consented."""
        user = self.world.add_user(name, **more)
        self.world.start(user)
        await self.settle()
        await self.press(user, self.last(user, ""), "c1.agree.1")
        return user

    async def staff(self, name: str, role: str, scope: str = "") -> dict[str, Any]:
        """A person with a role, by an invitation of the administrator."""
        user = self.world.add_user(name)
        await self.say(self.admin, f"/invite {role} {scope}".strip())
        link = _LINK.search(self.last(self.admin, "start=r_")["text"])
        assert link is not None
        self.world.start(user, link[1])
        await self.settle()
        return user

    async def group(self, code: str, *members: dict[str, Any]) -> dict[str, Any]:
        """A group bound to a block, or to TRIAGE or QUALITY."""
        group = self.world.add_group(f"Чат {code}", members=[self.admin, *members])
        await self.say(self.admin, f"/bind {code}", chat=group)
        return group


@asynccontextmanager
async def hub(
    folder: Path,
    *,
    database: str | None = None,
    start: datetime = TUESDAY,
    like: Hub | None = None,
    settings: dict[str, str] | None = None,
    limits: RateLimits | None = None,
) -> AsyncIterator[Hub]:
    """A running hub with an administrator who has pressed Start.

    `like` is a stopped hub at the same moment, whose database this one has a copy of: the town
    around it goes on from there. `settings`: whatever else its operator has set. `limits`: the
    messenger's, none by default.
    """
    configure("console")
    sandbox = Sandbox(limits=limits or RateLimits.off(), clock=TownClock(start))
    await sandbox.start()
    if like is None:
        admin = sandbox.world.add_user("Админ")
    else:
        sandbox.world.town.resemble(like.world.town)
        admin = dict(like.admin)
    app = App(
        read(
            {
                "OTKLIK_BOT_TOKEN": sandbox.token,
                "OTKLIK_BOT_API_URL": sandbox.url,
                "OTKLIK_DATABASE_URL": database or f"sqlite:///{folder}/hub.db",
                "OTKLIK_FILES_DIR": str(folder / "files"),
                "OTKLIK_MODELS_DIR": str(folder / "models"),
                "OTKLIK_ADMINS": str(admin["id"]),
                "OTKLIK_CLOCK_URL": f"{sandbox.url}/clock",
                "OTKLIK_RATE_FACTOR": "1000",
                **(settings or {}),
            }
        )
    )
    try:
        await app.start()
        found = Hub(sandbox, app, admin)
        if like is None:
            sandbox.world.start(admin)
        await found.settle()
        yield found
        assert not complaints(sandbox.journal), "a phone would cut this"
    finally:
        await app.stop()
        await sandbox.stop()
