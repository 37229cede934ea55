"""The unit of work: one transaction with an identity map and buffered writes.

Statements are what costs (architecture.md §Storage), so writes wait in a buffer and go out as one
executemany per table, at the commit or before a query on a table that has unsent writes. A
savepoint is a mark in the buffer; it becomes one of the database's only if a flush falls inside it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, delete, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncTransaction

from storage.appeals import Appeals
from storage.decisions import Decisions
from storage.directory import Directory
from storage.duty import Duty
from storage.files import Files
from storage.ids import Ids
from storage.jobs import Jobs
from storage.mapping import TABLES, Mode, to_row
from storage.outbox import Outbox
from storage.overview import Overview
from storage.people import People
from storage.problems import Problems
from storage.screens import Screens
from storage.statistics import Statistics
from storage.writes import Write, send

T = TypeVar("T")
Key = tuple[type[Any], int]


@dataclass(slots=True, eq=False)
class _Frame:
    """An open savepoint: where the buffer, the undo log and the locks stood when it began.

    Compared by identity: one inside another may have begun at the same place.
    """

    mark: int
    undo: int
    locked: int
    nested: AsyncTransaction | None = None


class ReadOnly(RuntimeError):
    """A write was tried in a reading unit of work."""


class UnitOfWork:
    """One transaction. Made by `Store.unit` and `Store.reading`; services get it as `uow`."""

    def __init__(self, connection: AsyncConnection, ids: Ids | None) -> None:
        self.connection = connection
        self._ids = ids
        self._identity: dict[Key, Any] = {}
        self._buffer: list[Write] = []
        self._undo: list[tuple[Key, Any]] = []
        self._frames: list[_Frame] = []
        self._locked: dict[Key, None] = {}

    # --- rooms ---

    @cached_property
    def people(self) -> People:
        """Persons, accounts, roles, invitations, bound chats, drafts, open questions."""
        return People(self)

    @cached_property
    def appeals(self) -> Appeals:
        """Appeals with their messages, answers, clocks, events, ratings."""
        return Appeals(self)

    @cached_property
    def screens(self) -> Screens:
        """Messages of ours that stand in chats."""
        return Screens(self)

    @cached_property
    def outbox(self) -> Outbox:
        """Notices on their way out."""
        return Outbox(self)

    @cached_property
    def jobs(self) -> Jobs:
        """Fire times already claimed."""
        return Jobs(self)

    @cached_property
    def directory(self) -> Directory:
        """Versions of the municipality's document."""
        return Directory(self)

    @cached_property
    def statistics(self) -> Statistics:
        """Daily facts and the lists that digests are made of."""
        return Statistics(self)

    @cached_property
    def decisions(self) -> Decisions:
        """Questions to those above a department."""
        return Decisions(self)

    @cached_property
    def problems(self) -> Problems:
        """Mass problems and the appeals in them."""
        return Problems(self)

    @cached_property
    def overview(self) -> Overview:
        """What an administrator looks at."""
        return Overview(self)

    @cached_property
    def files(self) -> Files:
        """Copies of files, to be made and to go."""
        return Files(self)

    @cached_property
    def duty(self) -> Duty:
        """Shifts and alarms of the duty people."""
        return Duty(self)

    @property
    def is_sqlite(self) -> bool:
        """One writer at a time: row locks need no statement."""
        return self.connection.dialect.name == "sqlite"

    # --- values ---

    def new_id(self, kind: type[Any]) -> int:
        """A key for a new entity of `kind`."""
        return self.new_number(TABLES[kind].name)

    def new_number(self, name: str) -> int:
        """A key for a new row of the table `name`."""
        if self._ids is None:
            raise ReadOnly(name)
        return self._ids.take(name)

    def add(self, entity: T) -> T:
        """Insert `entity` at the commit."""
        return self._write(entity, Mode.INSERT)

    def put(self, entity: T) -> T:
        """Update the row of `entity` at the commit."""
        return self._write(entity, Mode.UPDATE)

    def add_row(self, table: Table, row: dict[str, Any], mode: Mode) -> None:
        """Write a row that is no entity."""
        if self._ids is None:
            raise ReadOnly(table.name)
        self._buffer.append(Write(table, row, None, mode))

    async def remove(self, entity: Any) -> None:
        """Delete the entity's row now."""
        await self.flush()
        key = (type(entity), entity.id)
        self._undo.append((key, entity))
        self._identity[key] = None
        table = TABLES[key[0]]
        await self.connection.execute(delete(table).where(table.c.id == entity.id))

    async def get(self, kind: type[T], key: int) -> T | None:
        """The entity with this key, from the identity map or the database."""
        if (kind, key) in self._identity:
            found: T | None = self._identity[kind, key]
            return found
        rows = await self.select(kind, TABLES[kind].c.id == key)
        return rows[0] if rows else None

    async def need(self, kind: type[T], key: int) -> T:
        """`get` of what must be there. Raises LookupError."""
        found = await self.get(kind, key)
        if found is None:
            raise LookupError(f"{kind.__name__} {key}")
        return found

    async def lock(self, kind: type[T], key: int) -> T | None:
        """`get`, with the row locked until the end of the transaction and read after the lock."""
        if self.is_sqlite or (kind, key) in self._locked or self._ids is None:
            return await self.get(kind, key)
        await self.flush()
        table = TABLES[kind]
        statement = select(table).where(table.c.id == key).with_for_update()
        row = (await self.connection.execute(statement)).one_or_none()
        self._locked[kind, key] = None
        found = None if row is None else kind(**row._mapping)
        self._identity[kind, key] = found
        return found

    async def select(
        self,
        kind: type[T],
        *where: ColumnElement[bool],
        order: Sequence[Any] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[T]:
        """Entities by condition. Unsent writes of the table are flushed first."""
        table = TABLES[kind]
        await self._flush_if_dirty(table)
        statement = select(table).where(*where).order_by(*order).limit(limit).offset(offset)
        rows = (await self.connection.execute(statement)).all()
        return [self._known(kind, row) for row in rows]

    def _known(self, kind: type[T], row: Any) -> T:
        key = (kind, row.id)
        if self._identity.get(key) is None:
            self._identity[key] = kind(**row._mapping)
        found: T = self._identity[key]
        return found

    def _write(self, entity: T, mode: Mode) -> T:
        if self._ids is None:
            raise ReadOnly(type(entity).__name__)
        key = (type(entity), entity.id)  # type: ignore[attr-defined]
        self._undo.append((key, self._identity.get(key)))
        self._identity[key] = entity
        self._buffer.append(Write(TABLES[key[0]], to_row(entity), key[1], mode))
        return entity

    # --- savepoints ---

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What is written inside is dropped, here and in the database, if the body raises."""
        frame = _Frame(len(self._buffer), len(self._undo), len(self._locked))
        self._frames.append(frame)
        try:
            yield
            if frame.nested is not None:
                await self.flush()
                await frame.nested.commit()
        except BaseException:
            await self._drop(frame)
            raise
        self._frames.remove(frame)

    async def _drop(self, frame: _Frame) -> None:
        self._frames.remove(frame)
        del self._buffer[frame.mark :]
        for key, previous in reversed(self._undo[frame.undo :]):
            if previous is None:
                self._identity.pop(key, None)
            else:
                self._identity[key] = previous
        del self._undo[frame.undo :]
        # The database lets go of what was locked since: the next `lock` must ask it again.
        for lost in list(self._locked)[frame.locked :]:
            del self._locked[lost]
        if frame.nested is not None:
            await frame.nested.rollback()

    # --- flushing ---

    async def _flush_if_dirty(self, table: Table) -> None:
        if any(write.table is table for write in self._buffer):
            await self.flush()

    async def flush(self) -> None:
        """Send the buffer. Open savepoints get their counterpart in the database first."""
        for frame in self._frames:
            if frame.nested is None:
                await self._send(frame.mark)
                frame.nested = await self.connection.begin_nested()
        await self._send(len(self._buffer))

    async def _send(self, n: int) -> None:
        """Send the first `n` writes; sent or refused, they are no longer the buffer's."""
        writes = self._buffer[:n]
        del self._buffer[:n]
        for frame in self._frames:
            frame.mark = max(frame.mark - n, 0)
        await send(self.connection, writes)
