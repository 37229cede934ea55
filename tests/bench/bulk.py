"""Raw statements for seeding: durability and foreign keys are off for this connection only."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from enum import StrEnum
from typing import Any, Protocol

import asyncpg
from sqlalchemy.engine import make_url

from storage.types import to_micros


class Bulk(Protocol):
    """One connection of either database."""

    series: str
    """A WITH clause that makes n(k) from {0} to {1}."""
    json: str
    """The name of the JSON type."""

    async def run(self, statement: str) -> None: ...
    async def many(self, table: str, rows: Sequence[dict[str, Any]]) -> None: ...
    async def rows(self, statement: str) -> list[tuple[Any, ...]]: ...
    async def columns(self, table: str) -> list[str]: ...
    async def indexes(self) -> dict[str, str]:
        """Indexes that no constraint needs: name → statement that makes it."""
        ...


def plain(value: Any) -> Any:
    """A value of the tables as a driver takes it."""
    if isinstance(value, datetime):
        return to_micros(value)
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, list | dict):
        return json.dumps(value)
    return value


class _Sqlite:
    series = "WITH RECURSIVE n(k) AS (SELECT {0} UNION ALL SELECT k + 1 FROM n WHERE k < {1})"
    json = "TEXT"

    def __init__(self, file: str) -> None:
        self.connection = sqlite3.connect(file, isolation_level=None)
        for pragma in ("synchronous=OFF", "journal_mode=MEMORY", "cache_size=-2000000"):
            self.connection.execute(f"PRAGMA {pragma}")

    async def run(self, statement: str) -> None:
        self.connection.execute(statement)

    async def many(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        names = list(rows[0])
        marks = ", ".join("?" * len(names))
        self.connection.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",
            [[plain(row[name]) for name in names] for row in rows],
        )

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        return self.connection.execute(statement).fetchall()

    async def columns(self, table: str) -> list[str]:
        return [row[1] for row in await self.rows(f"PRAGMA table_info({table})")]

    async def indexes(self) -> dict[str, str]:
        found = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
        return {row[0]: row[1] for row in await self.rows(found)}

    async def close(self) -> None:
        self.connection.close()


class _Postgres:
    series = "WITH n(k) AS (SELECT generate_series({0}::bigint, {1}::bigint))"
    json = "JSON"

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    async def run(self, statement: str) -> None:
        await self.connection.execute(statement)

    async def many(self, table: str, rows: Sequence[dict[str, Any]]) -> None:
        names = list(rows[0])
        marks = ", ".join(f"${n}" for n in range(1, len(names) + 1))
        await self.connection.executemany(
            f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})",
            [[plain(row[name]) for name in names] for row in rows],
        )

    async def rows(self, statement: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in await self.connection.fetch(statement)]

    async def columns(self, table: str) -> list[str]:
        found = f"SELECT attname FROM pg_attribute WHERE attrelid = '{table}'::regclass"
        return [row[0] for row in await self.rows(f"{found} AND attnum > 0 AND NOT attisdropped")]

    async def indexes(self) -> dict[str, str]:
        found = "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        kept = "SELECT conname FROM pg_constraint WHERE conindid <> 0"
        return {row[0]: row[1] for row in await self.rows(f"{found} AND indexname NOT IN ({kept})")}

    async def close(self) -> None:
        await self.connection.close()


@asynccontextmanager
async def bulk(address: str) -> AsyncIterator[Bulk]:
    """A connection for seeding; what it writes is on the disk when it is closed."""
    url = make_url(address)
    if url.get_backend_name() == "sqlite":
        found: Any = _Sqlite(str(url.database))
    else:
        plain_address = url.set(drivername="postgresql").render_as_string(hide_password=False)
        found = _Postgres(await asyncpg.connect(plain_address))
        for setting in ("synchronous_commit = off", "session_replication_role = replica"):
            await found.run(f"SET {setting}")
        await found.run("SET maintenance_work_mem = '1GB'")
    try:
        yield found
    finally:
        await found.close()
