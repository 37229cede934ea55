"""Bringing a database to the tables of this version. Forward only in operation."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from storage.engine import Engines


class NewerDatabase(RuntimeError):
    """The database was written by a newer version of the program."""


def config(connection: Connection | None = None) -> Config:
    """Alembic's configuration, without an ini file."""
    found = Config()
    found.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    found.attributes["connection"] = connection
    return found


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


async def migrate(engines: Engines) -> None:
    """Apply what is missing. Raises NewerDatabase when the database knows a revision we don't."""
    async with engines.writer.begin() as connection:
        await connection.run_sync(_upgrade)


def _upgrade(connection: Connection) -> None:
    known = {script.revision for script in ScriptDirectory.from_config(config()).walk_revisions()}
    present = MigrationContext.configure(connection).get_current_heads()
    unknown = sorted(set(present) - known)
    if unknown:
        raise NewerDatabase(", ".join(unknown))
    command.upgrade(config(connection), "head")
