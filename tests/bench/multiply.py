"""Copies of template lives, made by the database: keys, chats and moments move on with each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Column

from storage import tables
from storage.types import Moment
from tests.bench.bulk import Bulk

PEOPLE = "people"
_OF = {
    "id": None,
    **dict.fromkeys(
        ("person_id", "author_id", "holder_id", "checker_id", "actor_id", "owner_id"), PEOPLE
    ),
    "appeal_id": "appeals",
    "answer_id": "answers",
}
"""Columns that hold keys, and of which table; None: of the row's own."""


@dataclass(frozen=True)
class Copies:
    """One group of templates that becomes `count` copies, `every` microseconds apart."""

    sizes: dict[str, int]
    """How many template rows a table has: the step of its keys."""
    first_person: int
    """Smaller keys are staff's and stay."""
    count: int
    every: int


async def multiply(db: Bulk, table: str, given: Collection[str], group: Copies) -> None:
    """Fill a table from its templates in template_TABLE; columns not `given` have their default."""
    present = set(await db.columns(table)) & set(given)
    columns = [c for c in tables.metadata.tables[table].columns if c.name in present]
    values = ", ".join(_value(db, table, c, group) for c in columns)
    names = ", ".join(f'"{c.name}"' for c in columns)
    await db.run(
        f"INSERT INTO {table} ({names}) {db.series.format(0, group.count - 1)}"
        f" SELECT {values} FROM n CROSS JOIN template_{table} AS r"
    )


def _value(db: Bulk, table: str, column: Column[object], group: Copies) -> str:
    name = f'r."{column.name}"'
    if column.name in _OF:
        of = _OF[column.name] or ("events" if table == "event_texts" else table)
        moved = f"{name} + n.k * {group.sizes[of]}"
        if of == PEOPLE:
            return f"CASE WHEN {name} < {group.first_person} THEN {name} ELSE {moved} END"
        return moved
    if table == "clocks" and column.name == "steps":
        moment = f"CAST(r.next_at + n.k * {group.every} AS TEXT)"
        text = (
            f"""CASE WHEN r.next_at IS NULL THEN '[]' ELSE '[["holder", ' || {moment} || ']]' END"""
        )
        return f"CAST({text} AS {db.json})"
    if isinstance(column.type, Moment):
        return f"{name} + n.k * {group.every}"
    if column.name == "sent_clock":
        return f"{name} + n.k * {group.every} / 1000000.0"
    return _text(table, column.name, name, group)


def _text(table: str, column: str, name: str, group: Copies) -> str:
    """Values of texts that name a chat, a message or a case."""
    if column in ("anchor", "dedup_key", "coalesce_key"):
        return f"replace({name}, '@', CAST(r.appeal_id + n.k * {group.sizes['appeals']} AS TEXT))"
    if column == "chat_id" or (table, column) == ("accounts", "external_id"):
        moved = f"CAST(CAST({name} AS BIGINT) + n.k * {group.sizes[PEOPLE]} AS TEXT)"
        return f"CASE WHEN {name} LIKE '-%' THEN {name} ELSE {moved} END"
    if (table, column) in (("posted", "external_id"), ("utterances", "external_id")):
        return f"CAST(CAST({name} AS BIGINT) + n.k * {group.sizes[table]} AS TEXT)"
    return name
