"""The unit of work: one transaction with an identity map and buffered writes.

Statements are what costs (architecture.md §Storage), so writes wait in a buffer and go out as one
executemany per table, at the commit or before a query that could not see them otherwise. A
savepoint is a mark in the buffer; it becomes one of the database's only if a flush falls inside it.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Table, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncTransaction

from storage import queries
from storage.ids import Numbers
from storage.known import Key, Known
from storage.mapping import TABLES, Mode, to_row
from storage.rooms import Rooms
from storage.writes import Write, send

T = TypeVar("T")


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


class UnitOfWork(Rooms):
    """One transaction. Made by `Store.unit` and `Store.reading`; services get it as `uow`."""

    def __init__(self, connection: AsyncConnection, ids: Numbers | None) -> None:
        self.connection = connection
        self._ids = ids
        self._known = Known()
        self._buffer: list[Write] = []
        self._frames: list[_Frame] = []
        self._locked: dict[Key, None] = {}
        self.answers: dict[Any, Any] = {}
        """What queries about more than entities have said, for whoever asks the same again; what
        this transaction has written since is not in it.
        """
        self.speaks = False
        """Something was queued to be sent: replicas are told at the commit."""
        self.changed: list[int] = []
        """Cases to which something was added, in that order, for whoever logs it."""

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
        case: int | None = getattr(entity, "appeal_id", None)
        if case is not None:
            self.changed.append(case)
        return self._write(entity, Mode.INSERT)

    def put(self, entity: T) -> T:
        """Update the row of `entity` at the commit."""
        return self._write(entity, Mode.UPDATE)

    def remove(self, entity: Any) -> None:
        """Delete the entity's row at the commit."""
        self._require_writing(type(entity).__name__)
        key = (type(entity), entity.id)
        self._known.write(key, None)
        self._buffer.append(Write(TABLES[key[0]], {"id": key[1]}, key[1], Mode.DELETE))

    def add_row(self, table: Table, row: dict[str, Any], mode: Mode) -> None:
        """Write a row that is no entity."""
        self._require_writing(table.name)
        self._buffer.append(Write(table, row, None, mode))

    def _write(self, entity: T, mode: Mode) -> T:
        self._require_writing(type(entity).__name__)
        key = (type(entity), entity.id)  # type: ignore[attr-defined]
        self._known.write(key, entity, fresh=mode is Mode.INSERT)
        self._buffer.append(Write(TABLES[key[0]], to_row(entity), key[1], mode))
        return entity

    def _require_writing(self, what: str) -> None:
        if self._ids is None:
            raise ReadOnly(what)

    # --- reading ---

    async def get(self, kind: type[T], key: int) -> T | None:
        """The entity with this key, known already or from the database."""
        if (kind, key) in self._known:
            found: T | None = self._known.get((kind, key))
            return found
        rows = await self.by(kind, id=key)
        return rows[0] if rows else None

    async def need(self, kind: type[T], key: int) -> T:
        """`get` of what must be there. Raises LookupError."""
        found = await self.get(kind, key)
        if found is None:
            raise LookupError(f"{kind.__name__} {key}")
        return found

    async def lock(self, kind: type[T], key: int) -> T | None:
        """`get`, with the row locked until the end of the transaction and read after the lock.

        Whoever held the lock before may have changed more than this row: what was read earlier is
        forgotten.
        """
        held = (kind, key) in self._locked or self._known.is_fresh((kind, key))
        if self.is_sqlite or held or self._ids is None:
            return await self.get(kind, key)
        if self._known.is_written((kind, key)):
            await self.flush()
        row = (await self.connection.execute(queries.locked(TABLES[kind]), {"v_id": key})).first()
        self._locked[kind, key] = None
        self._known.forget_clean()
        self.answers.clear()
        found = None if row is None else kind(**row._mapping)
        self._known.reread((kind, key), found)
        return found

    async def by(self, kind: type[T], *, newest: int | None = None, **equal: Any) -> list[T]:
        """Entities whose fields have these values, by key; of many only the `newest`.

        Read once in a transaction; what is written meanwhile is in it without being sent first.
        """
        fields = tuple(sorted(equal))
        values = tuple(equal[name] for name in fields)
        found: list[T] | None = self._known.members(kind, fields, values, newest)
        if found is None:
            statement = queries.equal(TABLES[kind], fields, newest)
            given = {f"v_{name}": value for name, value in equal.items()}
            rows = (await self.connection.execute(statement, given)).all()
            self._known.learn(kind, fields, values, newest, rows)
            found = self._known.members(kind, fields, values, newest)
        assert found is not None
        return found

    async def foresee(
        self,
        kind: type[T],
        field: str,
        values: Iterable[Any],
        *,
        newest: int | None = None,
        **equal: Any,
    ) -> list[T]:
        """Read many sets of `by` in one statement: one for each of `values` of a field."""
        fields = tuple(sorted({field, *equal}))
        asked: list[tuple[Any, ...]] = []
        for value in dict.fromkeys(values):
            key = tuple({**equal, field: value}[name] for name in fields)
            if self._known.members(kind, fields, key, newest) is None:
                asked.append(key)
        place = fields.index(field)
        if asked:
            statement = queries.one_of(TABLES[kind], field, tuple(sorted(equal)), newest)
            given: dict[str, Any] = {f"v_{name}": value for name, value in equal.items()}
            given["among"] = [key[place] for key in asked]
            rows = (await self.connection.execute(statement, given)).all()
            self.know(kind, fields, asked, rows, newest=newest)
        found: list[T] = []
        for value in dict.fromkeys(values):
            key = tuple({**equal, field: value}[name] for name in fields)
            found += self._known.members(kind, fields, key, newest) or []
        return found

    def know(
        self,
        kind: type[Any],
        fields: tuple[str, ...],
        keys: Iterable[tuple[Any, ...]],
        rows: Iterable[Any],
        *,
        newest: int | None = None,
    ) -> None:
        """These rows are all there are of the sets named by `keys`, the values of `fields`."""
        sets: dict[tuple[Any, ...], list[Any]] = {key: [] for key in keys}
        for row in rows:
            sets[tuple(row._mapping[name] for name in fields)].append(row)
        for key, members in sets.items():
            self._known.learn(kind, fields, key, newest, members)

    async def find(
        self,
        kind: type[T],
        *where: ColumnElement[bool],
        matches: Callable[[T], bool],
        limit: int,
        first: Any = None,
    ) -> list[T]:
        """Entities by a condition said twice, for the database and for what is not sent to it yet.

        By key; `limit` bounds what the database gives (by key, or by the order `first`), a little
        more may be found here.
        """
        table = TABLES[kind]
        order = table.c.id if first is None else first
        statement = select(table).where(*where).order_by(order).limit(limit)
        rows = (await self.connection.execute(statement)).all()
        found = {row.id: self._known.meet(kind, row) for row in rows}
        found |= {entity.id: entity for entity in self._known.written(kind)}
        return [found[key] for key in sorted(found) if found[key] and matches(found[key])]

    def written(self, kind: type[T]) -> list[T]:
        """What this transaction has written of a kind, sent or not."""
        return self._known.written(kind)

    async def select(
        self,
        kind: type[T],
        *where: ColumnElement[bool],
        order: Sequence[Any] = (),
        limit: int | None = None,
        offset: int = 0,
    ) -> list[T]:
        """Entities by any condition. Unsent writes of the table are flushed first."""
        table = TABLES[kind]
        if any(write.table is table for write in self._buffer):
            await self.flush()
        statement = select(table).where(*where).order_by(*order).limit(limit).offset(offset)
        rows = (await self.connection.execute(statement)).all()
        found = [self._known.meet(kind, row) for row in rows]
        return [entity for entity in found if entity is not None]

    # --- savepoints ---

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What is written inside is dropped, here and in the database, if the body raises."""
        frame = _Frame(len(self._buffer), self._known.mark(), len(self._locked))
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
        self._known.back(frame.undo)
        # The database lets go of what was locked since: the next `lock` must ask it again.
        for lost in list(self._locked)[frame.locked :]:
            del self._locked[lost]
        if frame.nested is not None:
            await frame.nested.rollback()

    # --- flushing ---

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
