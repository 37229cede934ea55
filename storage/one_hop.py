"""SQLite through aiosqlite with one thread hop a statement at the most, and mostly none.

SQLAlchemy's adapter opens a cursor, executes, fetches and closes in four trips to the driver's
thread, and each trip costs more than the statement itself (measured: a point query 345 µs, of them
62 are SQLAlchemy's and SQLite's own). Here the four are one call. So is the beginning of a
transaction and its first statement; a transaction without statements never reaches the database.

A statement that takes less than the trip is run where it is asked for. In the driver's thread is
done what may wait: taking the write lock while another process holds it, a commit, which waits for
the disk, and whatever has turned out to be slow.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial
from time import perf_counter
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
READING, WRITING = "BEGIN", "BEGIN IMMEDIATE"
PATIENCE = 30_000
"""Milliseconds of waiting for another process: in the driver's thread, where nobody else waits."""


SLOW = 0.005
"""Seconds for which everything else of the process may wait for a statement."""
PENANCE = 64
"""Runs of a slow statement in the driver's thread, before it is tried in place again."""


class _Pace:
    """Which statements have turned out to be slow."""

    def __init__(self) -> None:
        self._away: dict[str, int] = {}

    def is_quick(self, operation: str) -> bool:
        """It may be run in place, as far as we know."""
        left = self._away.get(operation, 0)
        if left > 1:
            self._away[operation] = left - 1
        elif left:
            del self._away[operation]
        return not left

    def took(self, operation: str, seconds: float) -> None:
        """It was run in place."""
        if seconds > SLOW:
            self._away[operation] = PENANCE


_pace = _Pace()


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
        work = partial(_execute, operation=operation, parameters=parameters or ())
        self._run(operation, work)

    def executemany(self, operation: str, parameters: Sequence[Any]) -> None:
        """Run one statement for every set of parameters."""
        work = partial(_executemany, operation=operation, parameters=parameters)
        self._run(operation, work)

    def _run(self, operation: str, work: Callable[[sqlite3.Connection], tuple[Any, ...]]) -> None:
        adapted = self._adapted
        begin = adapted.begins()
        try:
            if adapted.is_ours and _pace.is_quick(operation) and adapted.began(begin):
                since = perf_counter()
                found = work(adapted.driver)
                _pace.took(operation, perf_counter() - since)
                await_(_at_once())
            else:
                found = adapted.sent(begin, work)
        except Exception as error:
            adapted._handle_exception(error)
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
    __slots__ = ("_begin", "_begun", "is_lasting", "is_ours")
    _cursor_cls = _Cursor  # type: ignore[assignment]

    def __init__(self, dbapi: Any, connection: Any) -> None:
        super().__init__(dbapi, connection)
        self._begin: str | None = None
        self._begun: str | None = None
        """The transaction of ours that the database may hold: known before the statement is sent,
        so that one whose caller was cancelled is still ended.
        """
        self.is_lasting = True
        """What is written next must be on the disk when its commit returns."""
        self.is_ours = True
        """The driver's thread is not at it: of a cancelled statement nobody knows when it ends."""

    def begin_with(self, statement: str) -> None:
        """Begin a transaction together with its first statement."""
        self._begin = statement

    def begins(self) -> str | None:
        """What has to be said before the next statement."""
        begin, self._begin = self._begin, None
        self._begun = self._begun or begin
        return begin

    @property
    def driver(self) -> sqlite3.Connection:
        """The connection itself."""
        found: sqlite3.Connection = self._connection._conn
        return found

    def began(self, begin: str | None) -> bool:
        """Begin at once, unless another process is writing."""
        if begin is None:
            return True
        try:
            self.driver.execute("PRAGMA busy_timeout=0")
            self.prepared(begin)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
                return False
            raise
        finally:
            self.driver.execute(f"PRAGMA busy_timeout={PATIENCE}")
        return True

    def prepared(self, begin: str) -> None:
        """Begin, with the disk waited for at the end or not."""
        if begin == WRITING:
            self.driver.execute(f"PRAGMA synchronous={'FULL' if self.is_lasting else 'NORMAL'}")
        self.driver.execute(begin)

    def sent(self, begin: str | None, work: Callable[[sqlite3.Connection], Any]) -> Any:
        """Do the work in the driver's thread."""

        def all_at_once() -> Any:
            if begin is not None:
                self.prepared(begin)
            return work(self.driver)

        try:
            return await_(self._connection._execute(all_at_once))
        except asyncio.CancelledError:
            self.is_ours = False
            raise

    def commit(self) -> None:
        """End the transaction, if one has begun."""
        self._begin = None
        if self._reads:
            self.driver.commit()
        elif self._begun:
            super().commit()
        self._begun, self.is_lasting = None, True

    def rollback(self) -> None:
        """The same, undoing it."""
        self._begin = None
        if self._reads:
            self.driver.rollback()
        elif self._begun:
            super().rollback()
        self._begun, self.is_lasting = None, True

    @property
    def _reads(self) -> bool:
        """What has begun has written nothing: its end waits for nothing."""
        return self._begun == READING and self.is_ours


class _Module(AsyncAdapt_aiosqlite_dbapi):
    def connect(self, *args: Any, **kwargs: Any) -> _Connection:
        # Either thread may be at it, never both.
        adapted = super().connect(*args, **{**kwargs, "check_same_thread": False})
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


async def _at_once() -> None:
    """SQLAlchemy wants to see a driver that waits."""


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
