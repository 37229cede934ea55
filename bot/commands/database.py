"""`migrate`: a database brought to the tables of this version, beside a running hub too."""

from __future__ import annotations

import asyncio
import os

import typer

from bot.commands.plainly import fail, said_plainly
from bot.config import SettingsError, database_url
from storage.migrate import migrate as bring_up
from storage.store import Store


def migrate() -> None:
    """Bring the database to this version's tables."""
    address = database_address()

    async def work() -> None:
        store = Store(address)
        try:
            await bring_up(store.engines)
        finally:
            await store.engines.close()

    with said_plainly():
        asyncio.run(work())
    typer.echo("The database is up to date.")


def database_address() -> str:
    """The database of the settings; leaves with 2 where there is none."""
    try:
        return database_url(os.environ)
    except SettingsError as error:
        fail(str(error))
