"""Engines. SQLite gets two on one file, a writer and readers (architecture.md §Storage).

The driver's own transaction handling is switched off: with its defaults a released savepoint
survives an outer rollback, and a plain BEGIN makes the loser of a race fail at once.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage import one_hop


@dataclass(frozen=True, slots=True)
class Engines:
    """Where to write and where to read. One and the same on PostgreSQL."""

    writer: AsyncEngine
    reader: AsyncEngine

    @property
    def is_sqlite(self) -> bool:
        """True when both engines are SQLite's."""
        return self.writer.dialect.name == "sqlite"

    async def close(self) -> None:
        """Give back every connection."""
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()


_PASSING = ("40001", "40P01", "55P03", "57P01", "57P02", "57P03", "53300")
"""PostgreSQL: serialisation, deadlock, no lock to be had, shutting down or starting, too many."""


def is_passing(error: BaseException) -> bool:
    """The database could not do it this time; the same may go through in a moment."""
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    if getattr(error.orig, "sqlite_errorcode", None) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_FULL):
        return True
    return getattr(error.orig, "sqlstate", None) in _PASSING


def normal_url(text: str) -> URL:
    """The address with its asynchronous driver. Raises ValueError for a database we don't speak."""
    url = make_url(text)
    kind = url.get_backend_name()
    if kind == "sqlite":
        if not url.database or url.database == ":memory:":
            raise ValueError("an SQLite address must name a file: sqlite:///var/otklik.db")
        return url.set(drivername=one_hop.DRIVER)
    if kind == "postgresql":
        return url.set(drivername="postgresql+asyncpg")
    raise ValueError(f"expected sqlite:///FILE or postgresql://…, got «{kind}»")


def connect(address: str) -> Engines:
    """Engines for `address`; nothing is opened yet. Raises ValueError as `normal_url`."""
    url = normal_url(address)
    if url.get_backend_name() == "postgresql":
        engine = create_async_engine(url, pool_size=10, hide_parameters=True)
        return Engines(engine, engine)
    Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
    # A pool of one queues the writers of this process, so that none meets a locked file.
    writer = create_async_engine(
        url, pool_size=1, max_overflow=0, pool_timeout=60, hide_parameters=True
    )
    reader = create_async_engine(url, pool_size=5, hide_parameters=True)
    for engine, begin in ((writer, one_hop.WRITING), (reader, one_hop.READING)):
        _own_transactions(engine, begin)
    return Engines(writer, reader)


def _own_transactions(engine: AsyncEngine, begin: str) -> None:
    @event.listens_for(engine.sync_engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        # None stops the driver from emitting BEGIN and from committing behind our back.
        connection.isolation_level = None
        cursor = connection.cursor()
        cursor.execute("PRAGMA journal_mode=WAL")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA busy_timeout={one_hop.PATIENCE}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def on_begin(connection: Any) -> None:
        connection.connection.dbapi_connection.begin_with(begin)
