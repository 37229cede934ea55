"""Two replicas behind webhooks on one PostgreSQL, against one: speed, and nobody's order lost."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import AsyncExitStack

import asyncpg

from tests.bench.feed import post_all
from tests.bench.figures import Figure, at_least, of_rounds
from tests.bench.messenger import messenger
from tests.bench.product import hub, reached_in
from tests.bench.registry import Bench, in_turns, row
from tests.bench.seed import seed
from tests.bench.words import CITIZENS, Update, complaint, private
from tests.support.databases import Postgres, postgres

CITIZENS_OF_A_RUN, WARM = 600, 60
EACH = 3
"""A report and two more messages to it."""
SAID = "SELECT count(*) FROM utterances"
IN_ORDER = """
    SELECT person_id, array_agg(u.text ORDER BY u.id) AS texts
    FROM utterances u JOIN appeals a ON a.id = u.appeal_id GROUP BY person_id
"""


@row("replicas", order=40)
async def replicas(bench: Bench) -> Sequence[Figure]:
    """Whole intake until everything said stands in its case."""
    broken: list[str] = []
    with postgres() as server:
        rounds = await in_turns(
            bench,
            lambda: _run(bench, server, 1, broken),
            lambda: _run(bench, server, 2, broken),
        )
    what = "whole intake on PostgreSQL, 2 replicas to 1"
    show = lambda rate: f"{rate:,.0f}/s"  # noqa: E731
    return [of_rounds(what, rounds, show, at_least(1.0), broken="; ".join(sorted(set(broken))))]


def _said_by(citizens: range) -> list[Update]:
    """Everybody's first words, then everybody's second: each citizen's are in order."""
    return [
        private(CITIZENS + n, complaint(n) if part == 0 else f"И ещё: {part}")
        for part in range(EACH)
        for n in citizens
    ]


async def _run(bench: Bench, server: Postgres, hubs: int, broken: list[str]) -> float:
    warm, citizens = bench.of(WARM), bench.of(CITIZENS_OF_A_RUN)
    address = await server.empty()
    await seed(address, citizens=warm + citizens)
    async with AsyncExitStack() as stack:
        town = await stack.enter_async_context(messenger())
        for _ in range(hubs):
            folder = bench.room("replica")
            await stack.enter_async_context(
                hub(town, folder, webhook=True, database=address, pace=1)
            )
        database = await asyncpg.connect(address)
        stack.push_async_callback(database.close)
        await post_all(town.webhooks, _said_by(range(warm)))
        await reached_in(database, SAID, warm * EACH)
        updates = _said_by(range(warm, warm + citizens))
        begun = time.perf_counter()
        await post_all(town.webhooks, updates)
        await reached_in(database, SAID, (warm + citizens) * EACH)
        rate = len(updates) / (time.perf_counter() - begun)
        for person, texts in await database.fetch(IN_ORDER):
            if [t[-1] for t in texts[1:]] != [str(part) for part in range(1, EACH)]:
                broken.append(f"order lost of {person}")
    return rate
