"""The hub's database read directly, with nothing of the hub between."""

from __future__ import annotations

import sqlite3
from typing import Any
from urllib.parse import parse_qs, urlsplit

import asyncpg

Row = dict[str, Any]


class Books:
    """Reads one database by plain SQL that both kinds understand."""

    def __init__(self, address: str) -> None:
        self._parts = urlsplit(address)
        self.is_sqlite = self._parts.scheme.startswith("sqlite")
        self._path = address.partition("///")[2]

    async def rows(self, sql: str) -> list[Row]:
        """What a query finds."""
        if self.is_sqlite:
            return self._from_file(sql)
        host = parse_qs(self._parts.query)["host"][0]
        name = self._parts.path.lstrip("/")
        connection = await asyncpg.connect(host=host, user="postgres", database=name)
        try:
            return [dict(row) for row in await connection.fetch(sql)]
        finally:
            await connection.close()

    def _from_file(self, sql: str) -> list[Row]:
        # A reader that may not write leaves the log of a dead hub for the next one to recover.
        connection = sqlite3.connect(f"file:{self._path}?mode=ro", uri=True)
        try:
            connection.row_factory = sqlite3.Row
            return [dict(row) for row in connection.execute(sql)]
        finally:
            connection.close()

    async def number(self, sql: str) -> int:
        """The one number a query gives."""
        found = await self.rows(sql)
        return int(next(iter(found[0].values())))
