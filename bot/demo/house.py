"""The demo's house: the unchanged hub against the local Bot API, on a temporary database."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bot.app import App
from bot.config import read
from bot.demo.cast import ADMINS
from bot.demo.sight import Person
from bot.sandbox.clock import TownClock
from bot.sandbox.rate import RateLimits
from bot.sandbox.server import Sandbox

GROUP_FACTOR = 100
"""Groups are as busy as a month's in an hour; private chats keep the messenger's real pace."""
_PORTS = 20
_ADMIN_NAMES = ("Вадим", "Полина", "Фаина", "Рената", "Казимир", "Вита")


@asynccontextmanager
async def house(
    start: datetime, port: int | None
) -> AsyncIterator[tuple[Sandbox, App, list[Person]]]:
    """A running sandbox and hub; `port` is the first one tried, None takes any."""
    clock = TownClock(start)
    sandbox = Sandbox(limits=RateLimits(group_per_minute=20 * GROUP_FACTOR), clock=clock)
    await _listen(sandbox, port)
    try:
        admins = [sandbox.world.add_user(name) for name in _ADMIN_NAMES[:ADMINS]]
        with tempfile.TemporaryDirectory(prefix="otklik-demo-") as folder:
            app = App(read(_environment(sandbox, admins, Path(folder))))
            try:
                await app.start()
                yield sandbox, app, admins
            finally:
                await app.stop()
    finally:
        await sandbox.stop()


async def _listen(sandbox: Sandbox, port: int | None) -> None:
    """On the wanted port, or on the next free one."""
    if port is None:
        await sandbox.start()
        return
    for candidate in range(port, port + _PORTS):
        try:
            await sandbox.start(port=candidate)
            return
        except OSError as error:
            if error.errno != errno.EADDRINUSE or candidate == port + _PORTS - 1:
                raise


def _environment(sandbox: Sandbox, admins: list[Person], folder: Path) -> dict[str, str]:
    return {
        "OTKLIK_BOT_TOKEN": sandbox.token,
        "OTKLIK_BOT_API_URL": sandbox.url,
        "OTKLIK_DATABASE_URL": f"sqlite:///{folder}/demo.db",
        "OTKLIK_FILES_DIR": f"{folder}/files",
        "OTKLIK_ADMINS": ",".join(str(admin["id"]) for admin in admins),
        "OTKLIK_CLOCK_URL": f"{sandbox.url}/clock",
        "OTKLIK_GROUP_RATE_FACTOR": str(GROUP_FACTOR),
    }
