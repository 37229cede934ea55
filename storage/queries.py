"""Statements of the unit of work, made once a shape: making one costs more than running it."""

from __future__ import annotations

from functools import cache
from typing import Any

from sqlalchemy import Select, Table, bindparam, func, select


def _same(table: Table, fields: tuple[str, ...]) -> list[Any]:
    return [table.c[name] == bindparam(f"v_{name}", type_=table.c[name].type) for name in fields]


@cache
def equal(table: Table, fields: tuple[str, ...], newest: int | None) -> Select[Any]:
    """Rows whose fields equal the parameters v_FIELD, by key; or the `newest` of them."""
    statement = select(table).where(*_same(table, fields))
    if newest is None:
        return statement.order_by(table.c.id)
    return statement.order_by(table.c.id.desc()).limit(newest)


@cache
def one_of(table: Table, field: str, fields: tuple[str, ...], newest: int | None) -> Select[Any]:
    """Rows whose `field` is among the list `among`; the `newest` of each value where given."""
    column = table.c[field]
    among = column.in_(bindparam("among", expanding=True, type_=column.type))
    statement = select(table).where(among, *_same(table, fields))
    if newest is None:
        return statement
    place = func.row_number().over(partition_by=column, order_by=table.c.id.desc())
    ranked = select(table.c.id, place.label("place")).where(among, *_same(table, fields)).subquery()
    return select(table).join(ranked, ranked.c.id == table.c.id).where(ranked.c.place <= newest)


@cache
def locked(table: Table) -> Select[Any]:
    """One row by its key v_id, locked until the end of the transaction."""
    return select(table).where(*_same(table, ("id",))).with_for_update()
