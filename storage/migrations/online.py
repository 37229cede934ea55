"""Indexes on tables that have grown, built while the hub goes on writing.

PostgreSQL builds them beside the writers. SQLite has one writer: each index is a transaction of its
own, with a breath before it in which those that wait are served.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa
from alembic import op

BREATH = 0.3
"""Seconds; who waits for an SQLite file looks again every tenth of one."""


def build_index(name: str, table: str, columns: Sequence[str], *, where: str | None = None) -> None:
    """Make an index; what a migration that was cut short has left of it goes first."""
    if op.get_bind().dialect.name != "postgresql":
        _next_transaction()
        op.drop_index(name, table, if_exists=True)
        _create(name, table, columns, where)
        return
    with _beside_writers():
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)
        _create(name, table, columns, where)


def drop_index(name: str, table: str) -> None:
    """Remove an index, if it is there."""
    if op.get_bind().dialect.name != "postgresql":
        op.drop_index(name, table, if_exists=True)
        return
    with _beside_writers():
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)


@contextmanager
def _beside_writers() -> Iterator[None]:
    with op.get_context().autocommit_block():
        patience = op.get_bind().exec_driver_sql("SHOW lock_timeout").scalar_one()
        # Those who are writing are waited for, however long they take: nobody is held up by it.
        op.execute("SET lock_timeout = 0")
        try:
            yield
        finally:
            op.execute(f"SET lock_timeout = '{patience}'")


def _create(name: str, table: str, columns: Sequence[str], where: str | None) -> None:
    condition = None if where is None else sa.text(where)
    op.create_index(
        name,
        table,
        list(columns),
        sqlite_where=condition,
        postgresql_where=condition,
        postgresql_concurrently=True,
    )


def _next_transaction() -> None:
    connection = op.get_bind()
    connection.exec_driver_sql("COMMIT")
    time.sleep(BREATH)
    connection.exec_driver_sql("BEGIN IMMEDIATE")
