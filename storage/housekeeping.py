"""What is kept for a while only: words of updates, their keys, the record of jobs (domain.md §8).

A few hundred rows a transaction: whoever writes meanwhile hardly waits, however much has piled up.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Table, and_, delete, exists, null, select, update
from sqlalchemy.sql.dml import UpdateBase

from storage.fixed import fixed
from storage.tables import inbox, job_runs

if TYPE_CHECKING:
    from storage.store import Store

AT_ONCE = 500

WITH_WORDS = and_(inbox.c.state == fixed("done"), inbox.c.payload.is_not(None))
"""Updates that were applied and are not emptied yet: an index of their own."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What came before these moments goes. Updates count in real seconds, jobs in business time."""

    words_since: float
    keys_since: float
    runs_since: datetime


async def tidy(store: Store, kept: Kept) -> None:
    """Let go of what has been kept long enough."""
    i, j = inbox.c, job_runs.c
    words = and_(WITH_WORDS, i.done_at < kept.words_since)
    await _piece_by_piece(store, inbox, words, i.done_at, update(inbox).values(payload=null()))
    keys = and_(i.done_at < kept.keys_since, i.state == fixed("done"))
    await _piece_by_piece(store, inbox, keys, i.done_at, delete(inbox))
    # A job that has not run since is counted from its last run, however long ago.
    newer = job_runs.alias().c
    followed = exists().where(newer.job == j.job, newer.fired_at > j.fired_at)
    runs = and_(j.ran_at < kept.runs_since, followed)
    await _piece_by_piece(store, job_runs, runs, j.ran_at, delete(job_runs))


async def _piece_by_piece(
    store: Store,
    table: Table,
    which: ColumnElement[bool],
    order: ColumnElement[Any],
    statement: UpdateBase,
) -> None:
    key = next(iter(table.primary_key.columns))
    some = select(key).where(which).order_by(order).limit(AT_ONCE)
    while True:
        async with store.unit() as uow:
            done = await uow.connection.execute(statement.where(key.in_(some)))  # type: ignore[attr-defined]
        if done.rowcount < AT_ONCE:
            return
