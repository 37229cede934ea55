"""Leases: what only one replica may do at a time, taken over when its holder dies.

On SQLite there is one process and nothing to share out. On PostgreSQL a lease is a row with an
end, by the database's clock; the holder's own belief in it counts on its monotonic clock from
before it asked, and ends a little earlier.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from storage.store import Store
    from storage.unit import UnitOfWork

LENGTH = 15.0
"""Seconds (architecture.md §Storage)."""
MARGIN = 2.0

_CLOCK = "extract(epoch FROM clock_timestamp())"
_TAKE = text(
    "INSERT INTO leases (name, holder, until)"
    f" VALUES (:name, :holder, {_CLOCK} + :length)"
    " ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until"
    f" WHERE leases.holder = excluded.holder OR leases.until < {_CLOCK}"
    " RETURNING name"
)
_CHECK = text("SELECT name FROM leases WHERE name = :name AND holder = :holder FOR SHARE")
_RELEASE = text("DELETE FROM leases WHERE name = :name AND holder = :holder")


class LeaseLost(RuntimeError):
    """Another replica has taken over."""


class Lease:
    """One thing to be done by one replica, as seen by the run that wants to do it."""

    def __init__(self, store: Store, name: str, run: str) -> None:
        self._store = store
        self.name = name
        self._given = {"name": name, "holder": run}
        self._until = 0.0

    @property
    def is_held(self) -> bool:
        """It is ours for a while yet, whatever the database says meanwhile."""
        return self._store.engines.is_sqlite or time.monotonic() < self._until

    async def take(self) -> bool:
        """Take it, or hold it on; False while another has it."""
        if self._store.engines.is_sqlite:
            return True
        asked = time.monotonic()
        async with self._store.engines.writer.begin() as connection:
            given = {**self._given, "length": LENGTH}
            taken = (await connection.execute(_TAKE, given)).first() is not None
        self._until = asked + LENGTH - MARGIN if taken else 0.0
        return taken

    async def check(self, uow: UnitOfWork) -> None:
        """Hold on to it until the end of the caller's transaction. Raises LeaseLost."""
        if uow.is_sqlite:
            return
        if (await uow.connection.execute(_CHECK, self._given)).first() is None:
            self._until = 0.0
            raise LeaseLost(self._given["name"])

    async def release(self) -> None:
        """Let the next one take it at once."""
        self._until = 0.0
        if not self._store.engines.is_sqlite:
            async with self._store.engines.writer.begin() as connection:
                await connection.execute(_RELEASE, self._given)
