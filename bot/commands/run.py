"""`python -m bot run`: the hub, until SIGTERM or SIGINT."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer
from aiohttp import ClientError
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from bot.app import App, StartError
from bot.backup.errors import BackupError
from bot.config import Settings, SettingsError, read
from bot.i18n import CataloguesMissing
from bot.log import configure
from bot.municipality import MunicipalityError
from storage.migrate import NewerDatabase
from storage.store import AlreadyRunning

_READABLE = (StartError, BackupError, CataloguesMissing, MunicipalityError)


def run() -> None:
    """Run the hub. Settings come from the environment (OTKLIK_…)."""
    try:
        settings = read(os.environ)
    except SettingsError as error:
        fail(str(error))
    configure(settings.log_format)
    with said_plainly():
        asyncio.run(_serve(settings))


@contextmanager
def said_plainly() -> Iterator[None]:
    """What an operator can mend is one clear line and exit 2, never a traceback."""
    try:
        yield
    except NewerDatabase as error:
        fail(
            f"the database was written by a newer version (revision {error}): "
            "update the program or restore a backup"
        )
    except AlreadyRunning as error:
        fail(f"{error}: another «run» works on this database already")
    except DBAPIError as error:
        fail(f"the database can't be used: {error.orig}")
    except (SQLAlchemyError, OSError, ClientError) as error:
        fail(f"can't go on: {error}")
    except _READABLE as error:
        fail(str(error))


def fail(text: str) -> None:
    """Say what is wrong and leave with 2."""
    typer.echo(text, err=True)
    sys.exit(2)


async def _serve(settings: Settings) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    app = App(settings)
    try:
        await app.start()
        await app.run_until(stop)
    finally:
        await app.stop()
