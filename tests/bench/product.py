"""The measured thing: `python -m bot run` as an operator starts it, against our messenger."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import asyncpg

from tests.bench.feed import SECRET
from tests.bench.messenger import TOKEN, Messenger
from tests.bench.process import Measured, running
from tests.bench.seed import ADMIN
from tests.support.ports import free_port

UNLIMITED = 1000
"""What the pace of sending is multiplied by where it isn't what is measured."""
LOOK = 0.1
"""Seconds between looks into the hub's file: an error of a measured time, against us."""


def sqlite_at(folder: Path) -> str:
    """The address of a database in a folder."""
    return f"sqlite:///{folder}/hub.db"


@asynccontextmanager
async def hub(
    messenger: Messenger,
    folder: Path,
    *,
    webhook: bool,
    database: str | None = None,
    pace: float = UNLIMITED,
    **more: str,
) -> AsyncIterator[Measured]:
    """A running hub that has begun to receive."""
    environment = {
        "OTKLIK_BOT_TOKEN": TOKEN,
        "OTKLIK_BOT_API_URL": messenger.url,
        "OTKLIK_DATABASE_URL": database or sqlite_at(folder),
        "OTKLIK_FILES_DIR": str(folder / "files"),
        "OTKLIK_ADMINS": str(ADMIN),
        "OTKLIK_RATE_FACTOR": str(pace),
        **more,
    }
    if webhook:
        address = f"127.0.0.1:{free_port()}"
        environment |= {
            "OTKLIK_WEBHOOK_URL": f"http://{address}/hook",
            "OTKLIK_WEBHOOK_SECRET": SECRET,
            "OTKLIK_LISTEN": address,
        }
    before = _beginnings(messenger)
    async with running("bot", "run", folder=folder, environment=environment) as process:
        await _begun(messenger, before, webhook=webhook)
        yield process


@asynccontextmanager
async def echo(
    messenger: Messenger, folder: Path, *, webhook: bool, commits: bool = False
) -> AsyncIterator[Measured]:
    """A running echo bot: the floor."""
    way, keeps = "webhook" if webhook else "polling", "commit" if commits else "nothing"
    port = str(free_port())
    before = _beginnings(messenger)
    async with running(
        "tests.bench.echo", way, keeps, messenger.url, port, str(folder), folder=folder
    ) as process:
        await _begun(messenger, before, webhook=webhook)
        yield process


def _beginnings(messenger: Messenger) -> tuple[int, int]:
    return messenger.calls["getUpdates"], len(messenger.webhooks)


async def _begun(messenger: Messenger, before: tuple[int, int], *, webhook: bool) -> None:
    """Wait until the bot asks for updates, or has said where to post them."""
    await messenger.until(lambda: _beginnings(messenger)[webhook] > before[webhook])


async def reached(folder: Path, query: str, wanted: int, *, patience: float = 300.0) -> None:
    """Wait until a number in the hub's file is so high. Raises TimeoutError."""
    async with asyncio.timeout(patience):
        while counted(folder, query) < wanted:  # noqa: ASYNC110 - another process writes the file
            await asyncio.sleep(LOOK)


async def reached_in(
    database: asyncpg.Connection, query: str, wanted: int, *, patience: float = 300.0
) -> None:
    """The same for PostgreSQL."""
    async with asyncio.timeout(patience):
        while await database.fetchval(query) < wanted:  # noqa: ASYNC110 - others write to it
            await asyncio.sleep(LOOK)


def counted(folder: Path, query: str) -> int:
    """A number out of the hub's file, read beside the hub."""
    with closing(sqlite3.connect(f"file:{folder}/hub.db?mode=ro", uri=True)) as connection:
        return int(connection.execute(query).fetchone()[0])
