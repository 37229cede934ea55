"""The municipality in force: seeded from the file once, afterwards the database wins."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from bot.municipality import MunicipalityError, parse_municipality, read_document
from bot.streets import Merged, Row, merge
from services.model import DirectoryVersion
from services.municipality import Municipality
from storage.store import Store


async def load(store: Store, path: Path | None, *, now: datetime) -> Municipality:
    """The newest version in the database; an empty one is seeded from `path` or the default."""
    async with store.reading() as uow:
        current = await uow.directory.current()
    if current is not None:
        return parse_municipality(current.document, f"version {current.id} in the database")
    await replace(store, path, now=now)
    return await load(store, path, now=now)


async def add_streets(store: Store, rows: Iterable[Row], source: str, *, now: datetime) -> Merged:
    """Streets of a register beside those in force; a version of its own where there are new ones.

    Raises MunicipalityError when nothing is in force yet, or with the streets the whole is wrong.
    """
    async with store.unit() as uow:
        current = await uow.directory.current()
        if current is None:
            raise MunicipalityError(["expected a municipality in force: start the hub once"])
        merged = merge(current.document, rows)
        if merged.new:
            parse_municipality(merged.document, source)
            uow.add(
                DirectoryVersion(uow.new_id(DirectoryVersion), merged.document, source[:255], now)
            )
    return merged


async def replace(store: Store, path: Path | None, *, now: datetime) -> Municipality:
    """Make the file the version in force (`import municipality FILE`)."""
    document = read_document(path)
    town = parse_municipality(document, str(path or "default"))
    async with store.unit() as uow:
        version = DirectoryVersion(
            uow.new_id(DirectoryVersion), document, str(path or "default"), now
        )
        uow.add(version)
    return town
