"""Versions of the municipality's document; the newest wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

from services.model import DirectoryVersion
from storage.tables import directory_versions as t

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


class Directory:
    """Queries of the directory_versions table."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def current(self) -> DirectoryVersion | None:
        """The newest version, or None in an empty database."""
        found = await self._uow.select(DirectoryVersion, order=[t.c.id.desc()], limit=1)
        return found[0] if found else None
