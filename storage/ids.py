"""Primary keys handed out by the application, in blocks taken from the database.

A buffered write needs its key before it reaches the database. Blocks are taken in short
transactions of their own, before a unit of work begins; what is left at a clean stop is given back,
so that appeal numbers stay close together.

Many tables are read in the order of their keys. A process alone keeps that order with its blocks;
replicas would not, so on PostgreSQL every transaction takes a block of its own from one sequence,
and only appeals, whose keys are their numbers, go on in blocks of a process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.engine import Engines


@dataclass(frozen=True, slots=True)
class _Size:
    block: int
    """How many are taken at once."""
    low: int
    """With fewer left, the next unit of work takes another block first."""


_USUAL = _Size(block=4000, low=2000)
_SIZES = {"appeals": _Size(block=200, low=200)}
"""An appeal's key is its number. The inbox applies at most 200 updates in one transaction."""
_FIRST = 1
NUMBERED = "appeals"
"""The table whose keys people read."""
_OF_A_TRANSACTION = 4096
"""Keys in one step of the sequence: storage/migrations/versions/0003_replicas.py."""


class IdsExhausted(RuntimeError):
    """One unit of work asked for more keys than a block holds: bulk work must be split."""


class Numbers(Protocol):
    """Where a unit of work takes keys from."""

    def take(self, name: str) -> int:
        """The next key of the table `name`. Raises IdsExhausted."""
        ...


class OfTransaction:
    """Keys of one transaction on PostgreSQL, for all tables but the numbered one."""

    def __init__(self, appeals: Ids, first: int) -> None:
        self._appeals = appeals
        self._left: Iterator[int] = iter(range(first, first + _OF_A_TRANSACTION))

    def take(self, name: str) -> int:
        """The next key of the table `name`. Raises IdsExhausted."""
        if name == NUMBERED:
            return self._appeals.take(name)
        for key in self._left:
            return key
        raise IdsExhausted(name)


async def of_transaction(connection: AsyncConnection, appeals: Ids) -> OfTransaction:
    """A block for the transaction that has just begun."""
    first = (await connection.execute(text("SELECT nextval('row_ids')"))).scalar_one()
    return OfTransaction(appeals, first)


class Ids:
    """Keys for every table of one process. `take` is synchronous and never waits."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines
        self._left: dict[str, list[range]] = {}

    async def prepare(self, names: tuple[str, ...]) -> None:
        """Top up every sequence that runs low. Call outside a transaction."""
        low = [n for n in names if self._count(n) < _SIZES.get(n, _USUAL).low]
        if not low:
            return
        insert = sqlite_insert if self._engines.is_sqlite else pg_insert
        async with self._engines.writer.begin() as connection:
            for name in sorted(low):
                size = _SIZES.get(name, _USUAL).block
                statement = (
                    insert(tables.id_blocks)
                    .values(name=name, next=_FIRST + size)
                    .on_conflict_do_update(
                        index_elements=["name"],
                        set_={"next": tables.id_blocks.c.next + size},
                    )
                    .returning(tables.id_blocks.c.next)
                )
                end = (await connection.execute(statement)).scalar_one()
                self._left.setdefault(name, []).append(range(end - size, end))

    def take(self, name: str) -> int:
        """The next key of `name`. Raises IdsExhausted."""
        blocks = self._left.get(name, [])
        while blocks:
            block = blocks[0]
            if len(block):
                blocks[0] = block[1:]
                return block[0]
            blocks.pop(0)
        raise IdsExhausted(name)

    async def give_back(self) -> None:
        """Return what is left, where nobody has taken a block since."""
        async with self._engines.writer.begin() as connection:
            for name, blocks in self._left.items():
                last = _tail(blocks)
                if len(last):
                    await connection.execute(
                        update(tables.id_blocks)
                        .where(tables.id_blocks.c.name == name)
                        .where(tables.id_blocks.c.next == last.stop)
                        .values(next=last.start)
                    )
        self._left.clear()

    def _count(self, name: str) -> int:
        return sum(len(block) for block in self._left.get(name, []))


def _tail(blocks: list[range]) -> range:
    """The unused keys that end with the newest block and leave no hole."""
    found = range(0)
    for block in reversed(blocks):
        if len(found) and block.stop != found.start:
            break
        found = range(block.start, found.stop if len(found) else block.stop)
    return found
