"""Bringing a database to the tables of this version. Forward only in operation.

Each revision is a transaction of its own, and one process at a time migrates: replicas that start
together wait for the first.
"""

from __future__ import annotations

import asyncio
import fcntl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import IO

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError

from storage.engine import Engines, is_passing

LOCK = 7_301_845
"""PostgreSQL's advisory lock of whoever migrates."""
LOOK = 0.2
"""Seconds between looks whether another process has finished."""
PATIENCE = "3s"
"""A change of a table waits so long for those who use it: whoever comes after it waits behind."""
TRIES = 100


class NewerDatabase(RuntimeError):
    """The database was written by a newer version of the program."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without an ini file."""
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    found.attributes["connection"] = connection
    return found


def known_revisions() -> set[str]:
    """Every revision of the tables that this program knows."""
    return {found.revision for found in ScriptDirectory.from_config(config()).walk_revisions()}


async def pending(engines: Engines) -> list[str]:
    """Revisions that the database has not got yet. Raises NewerDatabase."""
    async with engines.reader.connect() as connection:
        return await connection.run_sync(_pending)


def _pending(connection: Connection) -> list[str]:
    script = ScriptDirectory.from_config(config())
    known = [found.revision for found in script.walk_revisions()]
    present = MigrationContext.configure(connection).get_current_heads()
    unknown = sorted(set(present) - set(known))
    if unknown:
        raise NewerDatabase(", ".join(unknown))
    done = {found.revision for head in present for found in script.iterate_revisions(head, "base")}
    return [revision for revision in reversed(known) if revision not in done]


async def migrate(engines: Engines, to: str = "head") -> None:
    """Apply what is missing. Raises NewerDatabase when the database knows a revision we don't.

    Safe beside a running hub of the version before, and to be cut short and run again.
    """
    async with _alone(engines):
        for left in reversed(range(TRIES)):
            try:
                async with engines.writer.connect() as connection:
                    await connection.run_sync(_upgrade, to)
                return
            except DBAPIError as error:
                if not left or not is_passing(error):
                    raise
            # Somebody has used a table for longer than we may keep others from it: a copy, say.
            await asyncio.sleep(LOOK)


def _upgrade(connection: Connection, to: str) -> None:
    missing = _pending(connection)
    # Reading has begun a transaction; alembic begins one for each revision.
    connection.rollback()
    if not missing:
        return
    patient = connection.dialect.name == "postgresql"
    try:
        if patient:
            connection.exec_driver_sql(f"SET lock_timeout = '{PATIENCE}'")
            connection.commit()
        command.upgrade(config(connection), to)
    finally:
        connection.rollback()
        if patient:
            connection.exec_driver_sql("RESET lock_timeout")
            connection.commit()


@asynccontextmanager
async def _alone(engines: Engines) -> AsyncIterator[None]:
    """Nobody else migrates meanwhile."""
    if engines.is_sqlite:
        with _opened(f"{engines.writer.url.database}.migrating") as file:
            await _turn(lambda: _locked(file))
            yield
        return
    async with engines.writer.connect() as connection:
        # No transaction stays open here: an index that is built beside the writers waits for all.
        held = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await _turn(lambda: held.scalar(text(f"SELECT pg_try_advisory_lock({LOCK})")))
        try:
            yield
        finally:
            await held.execute(text(f"SELECT pg_advisory_unlock({LOCK})"))


async def _turn(take: Callable[[], Awaitable[bool | None]]) -> None:
    while True:
        if await take():
            return
        await asyncio.sleep(LOOK)


def _opened(path: str) -> IO[str]:
    return Path(path).open("w")


async def _locked(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
