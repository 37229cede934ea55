"""`migrate` and `import municipality`: short transactions beside a running hub."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot import directory
from bot.commands.run import fail, said_plainly
from bot.config import SettingsError, database_url
from storage.migrate import migrate as bring_up
from storage.store import Store

imports = typer.Typer(help="Bring data in.", no_args_is_help=True)


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


@imports.command()
def municipality(file: Path) -> None:
    """Make FILE the municipality in force; a running hub takes it at its next start."""
    address = database_address()

    async def work() -> str:
        store = Store(address)
        try:
            await bring_up(store.engines)
            town = await directory.replace(store, file, now=datetime.now(UTC))
        finally:
            await store.close()
        return town.name

    with said_plainly():
        typer.echo(f"{asyncio.run(work())}: {file} is in force.")


def database_address() -> str:
    """The database of the settings; leaves with 2 where there is none."""
    try:
        return database_url(os.environ)
    except SettingsError as error:
        fail(str(error))
        raise
