"""Migrations: from nothing to the tables of this version, and no difference left."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.engine import Engines, connect
from storage.migrate import NewerDatabase, config, migrate, pending
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


def _indexes(connection: Connection) -> set[str]:
    return {str(index["name"]) for index in inspect(connection).get_indexes("appeals")}


async def test_replicas_that_start_together_migrate_once(empty: Engines) -> None:
    others = [connect(empty.writer.url.render_as_string(hide_password=False)) for _ in range(2)]
    try:
        await asyncio.gather(*(migrate(engines) for engines in (empty, *others)))
    finally:
        for engines in others:
            await engines.close()
    assert await pending(empty) == []


async def test_each_revision_stands_by_itself(empty: Engines) -> None:
    await migrate(empty, to="0002")
    assert await pending(empty) == ["0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010"]
    await migrate(empty)
    assert await pending(empty) == []


async def test_a_migration_that_was_cut_short_is_run_again(empty: Engines) -> None:
    await migrate(empty, to="0003")
    async with empty.writer.begin() as connection:
        # What is left of a build that ended halfway: an index of the name, of no use to anybody.
        await connection.execute(text("CREATE INDEX ix_appeals_open ON appeals (state)"))
    await migrate(empty)
    async with empty.reader.connect() as connection:
        assert "ix_appeals_open" in await connection.run_sync(_indexes)
        assert await connection.run_sync(_difference) == []


async def test_a_table_in_use_keeps_nobody_waiting_behind_the_migration(
    postgres_server: Postgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.migrate.PATIENCE", "50ms")
    engines = connect(await postgres_server.empty())
    try:
        await migrate(engines, to="0002")
        async with engines.reader.connect() as copying:
            await copying.execute(text("SELECT count(*) FROM outbox"))
            migrating = asyncio.create_task(migrate(engines))
            async with asyncio.timeout(30):
                await _somebody_waits(copying)
                # Behind the migration, but not for long: it gives up its place and comes again.
                async with engines.reader.connect() as reading:
                    await reading.execute(text("SELECT count(*) FROM outbox"))
            assert not migrating.done()
            await copying.rollback()
        async with asyncio.timeout(30):
            await migrating
        assert await pending(engines) == []
    finally:
        await engines.close()


async def _somebody_waits(connection: AsyncConnection) -> None:
    waiting = text("SELECT count(*) FROM pg_locks WHERE NOT granted")
    while True:
        if await connection.scalar(waiting):
            return
        await asyncio.sleep(0.005)
