"""The statements that the product sends, and how the database would go about them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import Engine

from storage.engine import Engines

GROWING = (
    "accounts",
    "answers",
    "appeals",
    "attachments",
    "clocks",
    "event_texts",
    "events",
    "inbox",
    "job_runs",
    "labels",
    "outbox",
    "people",
    "posted",
    "problems",
    "ratings",
    "utterances",
)
"""Tables that every report makes longer for ever."""
FEW = (
    "ix_appeals_open",
    "ix_attachments_waiting",
    "ix_clocks_open",
    "ix_inbox_filled",
    "ix_inbox_new",
    "ix_inbox_open",
    "ix_inbox_parked",
    "ix_outbox_caseless",
    "ix_outbox_dead",
    "ix_outbox_failed",
    "ix_outbox_lane",
    "ix_outbox_rank",
    "ix_outbox_sending",
    "ix_people_forget",
    "uq_outbox_coalesce",
)
"""Indexes of what is open yet: read whole, they are as long as what is open."""
_READS = re.compile(r"\s*(WITH|SELECT|UPDATE|DELETE|INSERT)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    """One shape of a statement, with the parameters of its first call."""

    words: str
    given: Any


@contextmanager
def recorded() -> Iterator[dict[str, Statement]]:
    """Every statement of any engine, once a shape."""
    found: dict[str, Statement] = {}

    def note(
        _connection: Any, _cursor: Any, words: str, given: Any, _context: Any, many: bool
    ) -> None:
        shape = re.sub(r"IN \((\S+(, )?)+\)", "IN (…)", words)
        if shape not in found and _READS.match(words):
            found[shape] = Statement(words, given[0] if many else given)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield found
    finally:
        event.remove(Engine, "before_cursor_execute", note)


async def plan(engines: Engines, statement: Statement) -> list[str]:
    """The steps the planner would take; on PostgreSQL it is told to find an index if it can."""
    async with engines.reader.connect() as connection:
        if engines.is_sqlite:
            words = f"EXPLAIN QUERY PLAN {statement.words}"
            rows = (await connection.exec_driver_sql(words, statement.given)).all()
            return [str(row[3]) for row in rows]
        server: Any = (await connection.get_raw_connection()).driver_connection
        await server.execute("SET enable_seqscan = off; SET plan_cache_mode = force_generic_plan")
        await server.execute(f"PREPARE seen AS {statement.words}")
        marks = {int(n) for n in re.findall(r"\$(\d+)", statement.words)}
        nothing = f"({', '.join('NULL' for _ in marks)})" if marks else ""
        rows = await server.fetch(f"EXPLAIN EXECUTE seen{nothing}")
        await server.execute("DEALLOCATE seen")
        return [str(row[0]) for row in rows]


def long_ways(statement: Statement, steps: list[str]) -> list[str]:
    """Steps that read a growing table from end to end, or most of it."""
    tables, few = "|".join(GROWING), "|".join(FEW)
    whole = re.compile(rf"^SCAN ({tables})\b(?!.* USING (COVERING )?INDEX ({few})\b)")
    seq = re.compile(rf"Seq Scan on ({tables})\b")
    found = [step for step in steps if whole.search(step) or seq.search(step)]
    # A block has a share of all cases there ever were, and nearly all belong to no problem.
    found += [step for step in steps if step.endswith("ix_appeals_block_state (block=?)")]
    if "problem_id IS NULL" in statement.words:
        found += [step for step in steps if step.endswith("(problem_id=?)")]
    return found
