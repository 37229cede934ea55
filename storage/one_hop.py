"""SQLite through aiosqlite with one thread hop a statement.

SQLAlchemy's adapter opens a cursor, executes, fetches and closes in four trips to the driver's
thread, and each trip costs more than the statement itself (measured: a point query 345 µs, of them
62 are SQLAlchemy's and SQLite's own). Here the four are one call. So is the beginning of a
transaction and its first statement; a transaction without statements never reaches the database.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from sqlalchemy.dialects import registry
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_dbapi,
    SQLiteDialect_aiosqlite,
)
from sqlalchemy.util.concurrency import await_

DRIVER = "sqlite+one_hop"
"""Drivername of URLs that use it."""


class _Cursor:
    """What SQLAlchemy wants of a cursor; rows are fetched by the call that executes."""

    server_side = False

    def __init__(self, connection: _Connection) -> None:
        self._adapted = connection
        self._rows: deque[Any] = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None
        self.arraysize = 1

    def execute(self, operation: str, parameters: Any = None) -> None:
        """Run one statement."""
        self._run(partial(_execute, operation=operation, parameters=parameters or ()))

    def executemany(self, operation: str, parameters: Sequence[Any]) -> None:
        """Run one statement for every set of parameters."""
        self._run(partial(_executemany, operation=operation, parameters=parameters))

    def _run(self, work: Callable[[sqlite3.Connection], tuple[Any, ...]]) -> None:
        connection = self._adapted._connection
        begin = self._adapted.begins()

        def all_at_once() -> tuple[Any, ...]:
            if begin is not None:
                connection._conn.execute(begin)
            return work(connection._conn)

        try:
            found = await_(connection._execute(all_at_once))
        except Exception as error:
            self._adapted._handle_exception(error)
        rows, self.description, self.rowcount, self.lastrowid = found
        self._rows = deque(rows)

    def fetchone(self) -> Any:
        """The next row, or None."""
        return self._rows.popleft() if self._rows else None

    def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    def fetchall(self) -> list[Any]:
        """Every row that is left."""
        rows = list(self._rows)
        self._rows.clear()
        return rows

    def setinputsizes(self, *_sizes: Any) -> None:
        """SQLite wants none."""

    def close(self) -> None:
        """Nothing is open: the cursor of the database closed in its own thread."""
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """The same, for results that are read later."""


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ("_begin", "_begun")
    _cursor_cls = _Cursor  # type: ignore[assignment]

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._begin: str | None = None
        self._begun = False
        """The database may hold a transaction of ours: known before the statement is sent, so that
        one whose caller was cancelled is still ended.
        """

    def begin_with(self, statement: str) -> None:
        """Begin a transaction together with its first statement."""
        self._begin = statement

    def begins(self) -> str | None:
        """What has to be said before the next statement."""
        begin, self._begin = self._begin, None
        self._begun = self._begun or begin is not None
        return begin

    def commit(self) -> None:
        """End the transaction, if one has begun."""
        self._begin = None
        if self._begun:
            super().commit()
            self._begun = False

    def rollback(self) -> None:
        """The same, undoing it."""
        self._begin = None
        if self._begun:
            super().rollback()
            self._begun = False


class _Module(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *args: Any, **kwargs: Any) -> _Connection:
        adapted = super().connect(*args, **kwargs)
        return _Connection(self, adapted._connection)


class OneHop(SQLiteDialect_aiosqlite):
    """The dialect of aiosqlite with our cursor."""

    driver = "one_hop"
    supports_statement_cache = True
    supports_server_side_cursors = False

    @classmethod
    def import_dbapi(cls) -> AsyncAdapt_aiosqlite_dbapi:
        """The driver's module, connections of which use our cursor."""
        return _Module(__import__("aiosqlite"), sqlite3)


def _execute(connection: sqlite3.Connection, *, operation: str, parameters: Any) -> tuple[Any, ...]:
    cursor = connection.execute(operation, parameters)
    try:
        rows = cursor.fetchall() if cursor.description else ()
        return rows, cursor.description, cursor.rowcount, cursor.lastrowid
    finally:
        cursor.close()


def _executemany(
    connection: sqlite3.Connection, *, operation: str, parameters: Any
) -> tuple[Any, ...]:
    cursor = connection.executemany(operation, parameters)
    try:
        return (), None, cursor.rowcount, cursor.lastrowid
    finally:
        cursor.close()


registry.register("sqlite.one_hop", __name__, "OneHop")
