"""`import streets FILE`: the streets of the state address register or of OpenStreetMap."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from bot import directory
from bot.commands.database import database_address
from bot.commands.plainly import fail, said_plainly
from bot.streets import BadFileError, Found, Merged, read
from services.municipality import Municipality
from storage.migrate import migrate as bring_up
from storage.store import Store

SHOWN = 20
"""So many bad rows and strange settlements are named, the rest are counted."""


def streets(
    file: Annotated[Path, typer.Argument(help="AS_ADDR_OBJ_*.XML of ГАР, or CSV of ГАР or OSM")],
    hierarchy: Annotated[
        Path | None, typer.Option(help="AS_ADM_HIERARCHY_*.XML; looked for beside FILE")
    ] = None,
    settlement: Annotated[
        str | None, typer.Option(help="the settlement of a table that has no such column")
    ] = None,
) -> None:
    """Add the streets of FILE to the municipality in force, from the next start of the hub on."""
    address = database_address()

    async def work() -> tuple[Found, Merged]:
        store = Store(address)
        try:
            await bring_up(store.engines)
            town = await directory.load(store, None, now=datetime.now(UTC))
            found = _read(file, town, hierarchy, settlement)
            merged = await directory.add_streets(
                store, found.rows, str(file), now=datetime.now(UTC)
            )
        finally:
            await store.close()
        return found, merged

    with said_plainly():
        try:
            found, merged = asyncio.run(work())
        except BadFileError as error:
            fail(str(error))
    _say(file, found, merged)


def _read(file: Path, town: Municipality, hierarchy: Path | None, settlement: str | None) -> Found:
    size = file.stat().st_size if file.is_file() else 0
    with typer.progressbar(
        length=size, label=file.name, file=typer.get_text_stream("stderr")
    ) as bar:
        found = read(
            file,
            town.settlements,
            town=town.name,
            only=settlement,
            hierarchy=hierarchy,
            seen=bar.update,
        )
    return found


def _say(file: Path, found: Found, merged: Merged) -> None:
    for number, words in found.bad[:SHOWN]:
        typer.echo(f"row {number}: {words}", err=True)
    if len(found.bad) > SHOWN:
        typer.echo(f"and {len(found.bad) - SHOWN} more bad rows", err=True)
    strange = sorted(found.strange.items(), key=lambda item: (-item[1], item[0]))
    for name, count in strange[:SHOWN]:
        typer.echo(
            f"«{name}» is no settlement of the municipality: {count} rows left out", err=True
        )
    if len(strange) > SHOWN:
        typer.echo(f"and {len(strange) - SHOWN} more such settlements", err=True)
    if found.others:
        typer.echo(f"rows that are no streets: {found.others}", err=True)
    homes = len({row.settlement for row in found.rows})
    typer.echo(f"{file}: {merged.streets} streets of {homes} settlements, {merged.new} new.")
