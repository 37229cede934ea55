"""The municipality in force: seeded from the file once, afterwards the database wins."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from bot.municipality import parse_municipality, read_document
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
