"""The database as a whole: units of work, reading, seeding keys, one process per SQLite file."""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from time import perf_counter
from typing import IO

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import signals, tables
from storage.engine import Engines, connect
from storage.ids import NUMBERED, Ids, of_transaction
from storage.unit import UnitOfWork

_IN_BLOCKS = (
    *(t.name for t in tables.metadata.sorted_tables if "id" in t.primary_key.columns),
    "inbox",
)


_NOT_LASTING = text("SET LOCAL synchronous_commit TO off")
GIVE_BACK_PATIENCE = 5.0
"""Seconds a clean stop waits for the database to take unused keys back."""


class AlreadyRunning(RuntimeError):
    """Another process runs the hub on this SQLite file."""


class Store:
    """Opens transactions. Nothing else begins or commits one."""

    def __init__(self, address: str) -> None:
        self.engines: Engines = connect(address)
        self.ids = Ids(self.engines)
        self._lock: IO[str] | None = None
        self.on_commit: Callable[[UnitOfWork], None] = lambda _uow: None
        """Called after every commit: whoever has work from it wakes."""
        self.on_spent: Callable[[float, float, float], None] = lambda _wait, _work, _commit: None
        """Called after every commit with the seconds that each part of the transaction took."""

    @asynccontextmanager
    async def unit(self, *, lasting: bool = True) -> AsyncIterator[UnitOfWork]:
        """A writing transaction: commits at the end of the body, rolls back if it raises.

        `lasting`: it is on the disk when this returns. What is not is seen by everybody at once and
        survives our death, but not the machine's: for what may be done anew.
        """
        began = perf_counter()
        await self.ids.prepare(_IN_BLOCKS if self.engines.is_sqlite else (NUMBERED,))
        async with self.engines.writer.connect() as connection:
            async with self._begun(connection, lasting=lasting):
                entered = perf_counter()
                own = self.engines.is_sqlite
                numbers = self.ids if own else await of_transaction(connection, self.ids)
                uow = UnitOfWork(connection, numbers)
                yield uow
                await uow.flush()
                if uow.speaks and not own:
                    await signals.notify(connection)
                worked = perf_counter()
            self.on_spent(entered - began, worked - entered, perf_counter() - worked)
            self.on_commit(uow)

    @asynccontextmanager
    async def _begun(self, connection: AsyncConnection, *, lasting: bool) -> AsyncIterator[None]:
        if self.engines.is_sqlite and not lasting:
            raw = await connection.get_raw_connection()
            raw.dbapi_connection.is_lasting = False  # type: ignore[union-attr]
        async with connection.begin():
            if not lasting and not self.engines.is_sqlite:
                await connection.execute(_NOT_LASTING)
            yield

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[UnitOfWork]:
        """A reading transaction: one consistent picture, writes are refused."""
        async with self.engines.reader.connect() as connection, connection.begin():
            yield UnitOfWork(connection, None)

    def exists(self) -> bool:
        """Is there a database? Only an SQLite file can be missing: a server says so itself."""
        return not self.engines.is_sqlite or Path(str(self.engines.writer.url.database)).exists()

    def claim_file(self) -> None:
        """Make this the only `run` on an SQLite file. Raises AlreadyRunning."""
        if not self.engines.is_sqlite:
            return
        path = Path(str(self.engines.writer.url.database) + ".lock")
        self._lock = path.open("w")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise AlreadyRunning(str(self.engines.writer.url.database)) from None

    def leave_file(self) -> None:
        """Let the next `run` have the SQLite file."""
        if self._lock is not None:
            self._lock.close()

    async def close(self) -> None:
        """Give back unused keys and every connection."""
        # A database that does not answer must not keep the process: numbers may have a gap.
        with suppress(TimeoutError, SQLAlchemyError):
            async with asyncio.timeout(GIVE_BACK_PATIENCE):
                await self.ids.give_back()
        await self.engines.close()
        self.leave_file()
