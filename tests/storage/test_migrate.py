"""Migrations: from nothing to the tables of this version, and no difference left."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text

from storage import tables
from storage.engine import Engines, connect
from storage.migrate import NewerDatabase, config, migrate
from tests.support.databases import Postgres, Sqlite


@pytest.fixture
async def empty(databases: Sqlite | Postgres) -> AsyncIterator[Engines]:
    """The engines of a database without a single table."""
    engines = connect(await databases.empty())
    yield engines
    await engines.close()


def _revision(connection: Connection) -> tuple[str, ...]:
    return MigrationContext.configure(connection).get_current_heads()


def _names(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def _difference(connection: Connection) -> list[Any]:
    return compare_metadata(MigrationContext.configure(connection), tables.metadata)


async def test_from_nothing_to_the_newest(empty: Engines) -> None:
    await migrate(empty)
    async with empty.reader.connect() as connection:
        heads = ScriptDirectory.from_config(config()).get_heads()
        assert list(await connection.run_sync(_revision)) == list(heads)
        assert await connection.run_sync(_names) == {*tables.metadata.tables, "alembic_version"}


async def test_twice_is_harmless(empty: Engines) -> None:
    await migrate(empty)
    async with empty.writer.begin() as connection:
        await connection.execute(text("INSERT INTO id_blocks (name, next) VALUES ('x', 7)"))
    await migrate(empty)
    async with empty.reader.connect() as connection:
        assert await connection.scalar(text("SELECT next FROM id_blocks")) == 7


async def test_what_migrations_make_is_what_the_tables_say(empty: Engines) -> None:
    await migrate(empty)
    async with empty.reader.connect() as connection:
        assert await connection.run_sync(_difference) == []


async def test_a_database_of_a_newer_version_is_left_alone(empty: Engines) -> None:
    await migrate(empty)
    async with empty.writer.begin() as connection:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerDatabase, match="9999"):
        await migrate(empty)
    async with empty.reader.connect() as connection:
        assert await connection.run_sync(_revision) == ("9999",)
