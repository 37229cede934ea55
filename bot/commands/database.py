"""`migrate` and `import municipality`: short transactions beside a running hub."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot import directory
from bot.commands.run import fail
from bot.config import SettingsError, database_url
from bot.municipality import MunicipalityError
from storage.migrate import NewerDatabase
from storage.migrate import migrate as bring_up
from storage.store import Store

imports = typer.Typer(help="Bring data in.", no_args_is_help=True)


def migrate() -> None:
    """Bring the database to this version's tables."""
    address = _address()

    async def work() -> None:
        store = Store(address)
        try:
            await bring_up(store.engines)
        finally:
            await store.engines.close()

    try:
        asyncio.run(work())
    except NewerDatabase as error:
        fail(f"{address}: the database was written by a newer version (revision {error})")
    typer.echo("The database is up to date.")


@imports.command()
def municipality(file: Path) -> None:
    """Make FILE the municipality in force; a running hub takes it at its next start."""
    address = _address()

    async def work() -> str:
        store = Store(address)
        try:
            await bring_up(store.engines)
            town = await directory.replace(store, file, now=datetime.now(UTC))
        finally:
            await store.close()
        return town.name

    try:
        typer.echo(f"{asyncio.run(work())}: {file} is in force.")
    except MunicipalityError as error:
        fail(str(error))


def _address() -> str:
    try:
        return database_url(os.environ)
    except SettingsError as error:
        fail(str(error))
        raise
