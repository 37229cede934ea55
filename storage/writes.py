"""Buffered rows on their way to the database: merged, in the tables' order, one call per table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from sqlalchemy import Delete, Table, Update, bindparam, delete, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.mapping import FIELDS, TABLES, Mode

_ORDER = tuple(tables.metadata.sorted_tables)
_FIELDS_BY_TABLE = {TABLES[kind]: names for kind, names in FIELDS.items()}


@dataclass(slots=True, eq=False)
class Write:
    """One row as the application left it."""

    table: Table
    row: dict[str, Any]
    key: Any
    """The entity's key; None for a row that is no entity."""
    mode: Mode


async def send(connection: AsyncConnection, writes: list[Write]) -> None:
    """Bring the writes to the database: what goes away first, then inserts, then updates.

    A key that is given up may be taken again; referred tables are filled first.
    """
    if not writes:
        return
    inserts, updates, deletes = _grouped(writes)
    for table, keys in deletes.items():
        await connection.execute(_delete(table), [{"row_id": key} for key in keys])
    for table in _ORDER:
        if table in inserts:
            await _insert(connection, table, inserts[table])
    for table, rows in updates.items():
        await connection.execute(
            _update(table),
            [{"row_id": r["id"], **{f"new_{k}": v for k, v in r.items()}} for r in rows],
        )


@cache
def _delete(table: Table) -> Delete:
    return delete(table).where(table.c.id == bindparam("row_id"))


@cache
def _update(table: Table) -> Update:
    return (
        update(table)
        .where(table.c.id == bindparam("row_id"))
        .values({n: bindparam(f"new_{n}") for n in _FIELDS_BY_TABLE[table] if n != "id"})
    )


async def _insert(connection: AsyncConnection, table: Table, writes: list[Write]) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    for mode in (Mode.INSERT, Mode.SKIP, Mode.COALESCE, Mode.SUM):
        rows = [w.row for w in writes if w.mode is mode]
        if not rows:
            continue
        if mode is Mode.COALESCE:
            # The first row of a key says it for all.
            rows = list({str(row["coalesce_key"]): row for row in reversed(rows)}.values())
            rows.sort(key=lambda row: str(row["coalesce_key"]))
        elif mode is Mode.SUM:
            rows = _summed(table, rows)
        await connection.execute(_inserting(table, mode, is_sqlite), rows)


@cache
def _inserting(table: Table, mode: Mode, is_sqlite: bool) -> Any:
    insert = sqlite_insert(table) if is_sqlite else pg_insert(table)
    if mode is Mode.SKIP:
        return insert.on_conflict_do_nothing()
    if mode is Mode.COALESCE:
        # Doing nothing would let delivery claim the row and render it before we commit.
        return insert.on_conflict_do_update(
            index_elements=["coalesce_key"],
            index_where=text("state = 'queued'"),
            set_={"state": table.c.state},
        )
    if mode is Mode.SUM:
        return insert.on_conflict_do_update(
            index_elements=list(table.primary_key.columns),
            set_={"value": table.c.value + insert.excluded.value},
        )
    return insert


def _summed(table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """One row per key, in the keys' order: two transactions that add never wait in a circle."""
    names = [column.name for column in table.primary_key.columns]
    sums: dict[tuple[Any, ...], dict[str, Any]] = {}
    for row in rows:
        key = tuple(row[name] for name in names)
        before = sums[key]["value"] if key in sums else 0
        sums[key] = {**row, "value": row["value"] + before}
    return [sums[key] for key in sorted(sums)]


def _grouped(
    writes: list[Write],
) -> tuple[dict[Table, list[Write]], dict[Table, list[dict[str, Any]]], dict[Table, list[Any]]]:
    """Inserts, updates and deletes per table; several writes of one row become its last state."""
    inserts: dict[Table, list[Write]] = {}
    fresh: dict[tuple[str, Any], Write] = {}
    changed: dict[tuple[str, Any], Write] = {}
    gone: dict[Table, list[Any]] = {}
    for write in writes:
        key = (write.table.name, write.key)
        if write.mode is Mode.DELETE:
            changed.pop(key, None)
            made = fresh.pop(key, None)
            if made is not None:
                inserts[write.table].remove(made)
            else:
                gone.setdefault(write.table, []).append(write.key)
        elif write.mode is not Mode.UPDATE:
            copy = replace(write)
            inserts.setdefault(write.table, []).append(copy)
            if write.key is not None:
                fresh[key] = copy
        elif key in fresh:
            fresh[key].row = write.row
        else:
            changed[key] = write
    updates: dict[Table, list[dict[str, Any]]] = {}
    for write in changed.values():
        updates.setdefault(write.table, []).append(write.row)
    return {t: ws for t, ws in inserts.items() if ws}, updates, gone
