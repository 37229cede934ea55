"""`import municipality|streets FILE`: data brought in, beside a running hub."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path

import typer

from bot import directory
from bot.commands.database import database_address
from bot.commands.plainly import said_plainly
from bot.commands.streets import streets
from storage.migrate import migrate as bring_up
from storage.store import Store

group = typer.Typer(help="Bring data in.", no_args_is_help=True)
group.command()(streets)


@group.command()
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
