"""What stands in a database: enough to say what a copy is, and whether one may go there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, inspect, text

from storage.engine import Engines


@dataclass(frozen=True, slots=True)
class State:
    """A database as it is."""

    tables: int
    revision: str | None
    """Of the tables; None where they are not ours."""
    appeals: int
    server: int
    """PostgreSQL's major version; 0 for SQLite."""


async def look(engines: Engines) -> State:
    """Look at a database. Raises SQLAlchemyError, OSError."""
    async with engines.reader.connect() as connection:
        return await connection.run_sync(_look)


def _look(connection: Connection) -> State:
    inspector = inspect(connection)
    tables = inspector.get_table_names()
    revision = None
    if "alembic_version" in tables:
        revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
    appeals = 0
    if "appeals" in tables:
        appeals = int(connection.execute(text("SELECT count(*) FROM appeals")).scalar_one())
    info = connection.dialect.server_version_info or (0,)
    server = info[0] if connection.dialect.name == "postgresql" else 0
    # Views and sequences without a table are nobody's data, but somebody's database.
    others = len(inspector.get_view_names()) + len(inspector.get_sequence_names() if server else ())
    return State(len(tables) + others, revision, appeals, server)
