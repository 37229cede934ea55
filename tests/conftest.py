"""Databases for whoever asks: `database` and `store` run on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

import pytest

from storage.store import Store
from tests.support.databases import KINDS, Postgres, Sqlite, opened, postgres


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[Postgres]:
    """One PostgreSQL for the whole run. Where it can't start, its tests fail with the reason."""
    with postgres() as server:
        yield server


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> Sqlite:
    """A folder of SQLite files."""
    return Sqlite(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(params=KINDS)
def databases(request: pytest.FixtureRequest) -> Sqlite | Postgres:
    """Whatever makes databases of one kind; a test with it runs once for each."""
    kind = "sqlite_files" if request.param == "sqlite" else "postgres_server"
    maker: Sqlite | Postgres = request.getfixturevalue(kind)
    return maker


@pytest.fixture
async def database(databases: Sqlite | Postgres) -> str:
    """The address of a fresh, migrated database, once SQLite's and once PostgreSQL's."""
    return await databases.fresh()


@pytest.fixture
async def store(database: str) -> AsyncIterator[Store]:
    """The store of a fresh database of either kind."""
    async with opened(database) as found:
        yield found


@pytest.fixture
async def sqlite_store(sqlite_files: Sqlite) -> AsyncIterator[Store]:
    """The store of a fresh SQLite file."""
    async with opened(await sqlite_files.fresh()) as found:
        yield found


@pytest.fixture
async def postgres_store(postgres_server: Postgres) -> AsyncIterator[Store]:
    """The store of a fresh PostgreSQL database."""
    async with opened(await postgres_server.fresh()) as found:
        yield found
