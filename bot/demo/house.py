"""The demo's house: the unchanged hub against the local Bot API, on a temporary database."""

from __future__ import annotations

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
_ADMIN_NAMES = ("Вадим", "Полина", "Фаина", "Рената", "Казимир", "Вита")


@asynccontextmanager
async def house(start: datetime) -> AsyncIterator[tuple[Sandbox, App, list[Person]]]:
    """A running sandbox on a free port, and the hub in this process."""
    clock = TownClock(start)
    sandbox = Sandbox(limits=RateLimits(group_per_minute=20 * GROUP_FACTOR), clock=clock)
    await sandbox.start()
    try:
        admins = first_admins(sandbox)
        with tempfile.TemporaryDirectory(prefix="otklik-demo-") as folder:
            rates = {"OTKLIK_GROUP_RATE_FACTOR": str(GROUP_FACTOR)}
            app = App(read(environment(sandbox, admins, Path(folder)) | rates))
            try:
                await app.start()
                yield sandbox, app, admins
            finally:
                await app.stop()
    finally:
        await sandbox.stop()


def first_admins(sandbox: Sandbox) -> list[Person]:
    """Those whom the settings name: they let everybody else in."""
    return [sandbox.world.add_user(name) for name in _ADMIN_NAMES[:ADMINS]]


def models_folder(folder: Path) -> Path:
    """Where the models of a town are whose temporary files lie in this folder."""
    return folder / "models"


def environment(sandbox: Sandbox, admins: list[Person], folder: Path) -> dict[str, str]:
    """The hub's settings in a town whose temporary files lie in this folder."""
    return {
        "OTKLIK_BOT_TOKEN": sandbox.token,
        "OTKLIK_BOT_API_URL": sandbox.url,
        "OTKLIK_DATABASE_URL": f"sqlite:///{folder}/town.db",
        "OTKLIK_FILES_DIR": f"{folder}/files",
        "OTKLIK_MODELS_DIR": str(models_folder(folder)),
        "OTKLIK_ADMINS": ",".join(str(admin["id"]) for admin in admins),
        "OTKLIK_CLOCK_URL": f"{sandbox.url}/clock",
    }
