"""Buffered rows on their way to the database: merged, in the tables' order, one call per table."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Table, bindparam, text, update
from sqlalchemy.dialects.postgresql import insert as pg_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import tables
from storage.mapping import FIELDS, TABLES, Mode

_FIELDS_BY_TABLE = {TABLES[kind]: names for kind, names in FIELDS.items()}


@dataclass(slots=True)
class Write:
    """One row as the application left it."""

    table: Table
    row: dict[str, Any]
    key: Any
    """The entity's key; None for a row that is no entity."""
    mode: Mode


async def send(connection: AsyncConnection, writes: list[Write]) -> None:
    """Bring the writes to the database: inserts before updates, referred tables first."""
    if not writes:
        return
    inserts, updates = _grouped(writes)
    for table in tables.metadata.sorted_tables:
        if table in inserts:
            await _insert(connection, table, inserts[table])
    for table, rows in updates.items():
        columns = _FIELDS_BY_TABLE[table]
        statement = (
            update(table)
            .where(table.c.id == bindparam("row_id"))
            .values({name: bindparam(f"new_{name}") for name in columns if name != "id"})
        )
        await connection.execute(
            statement,
            [{"row_id": r["id"], **{f"new_{k}": v for k, v in r.items()}} for r in rows],
        )


async def _insert(connection: AsyncConnection, table: Table, writes: list[Write]) -> None:
    is_sqlite = connection.dialect.name == "sqlite"
    insert = sqlite_insert(table) if is_sqlite else pg_insert(table)
    for mode in (Mode.INSERT, Mode.SKIP, Mode.COALESCE, Mode.SUM):
        rows = [w.row for w in writes if w.mode is mode]
        if not rows:
            continue
        statement: Any = insert
        if mode is Mode.SKIP:
            statement = insert.on_conflict_do_nothing()
        elif mode is Mode.COALESCE:
            rows.sort(key=lambda row: str(row["coalesce_key"]))
            # Doing nothing would let delivery claim the row and render it before we commit.
            statement = insert.on_conflict_do_update(
                index_elements=["coalesce_key"],
                index_where=text("state = 'queued'"),
                set_={"state": table.c.state},
            )
        elif mode is Mode.SUM:
            rows = _summed(table, rows)
            statement = insert.on_conflict_do_update(
                index_elements=list(table.primary_key.columns),
                set_={"value": table.c.value + insert.excluded.value},
            )
        await connection.execute(statement, rows)


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
) -> tuple[dict[Table, list[Write]], dict[Table, list[dict[str, Any]]]]:
    """Inserts and updates per table; several writes of one row become its last state."""
    inserts: dict[Table, list[Write]] = {}
    fresh: dict[tuple[str, Any], Write] = {}
    changed: dict[tuple[str, Any], Write] = {}
    for write in writes:
        key = (write.table.name, write.key)
        if write.mode is not Mode.UPDATE:
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
    return inserts, updates
