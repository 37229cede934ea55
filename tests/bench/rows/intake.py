"""The whole intake: from the update to case, events, receipt and card in the queue."""

from __future__ import annotations

import time
from collections.abc import Sequence

from tests.bench.feed import post_all
from tests.bench.figures import Figure, at_least, of_rounds
from tests.bench.messenger import messenger
from tests.bench.product import counted, echo, hub, reached, sqlite_at
from tests.bench.registry import Bench, in_turns, row
from tests.bench.seed import seed
from tests.bench.words import CITIZENS, Update, complaint, private

UPDATES, WARM = 2000, 200
TARGET = at_least(1.0)
QUEUED = """
    SELECT count(*) FROM appeals a
    WHERE EXISTS (SELECT 1 FROM outbox o WHERE o.appeal_id = a.id AND o.kind = 'receipt')
    AND EXISTS (SELECT 1 FROM outbox o WHERE o.appeal_id = a.id AND o.kind = 'card')
"""


@row("intake", order=20)
async def intake(bench: Bench) -> Sequence[Figure]:
    """Draft time 0. Sending goes on beside it at the pace of the messenger, as it would."""
    return [await measured(bench, webhook=webhook) for webhook in (True, False)]


async def measured(bench: Bench, *, webhook: bool) -> Figure:
    """One way in."""
    rounds = await in_turns(
        bench, lambda: _floor(bench, webhook=webhook), lambda: _product(bench, webhook=webhook)
    )
    what = f"whole intake, {'webhook, 40 connections' if webhook else 'polling'}"
    return of_rounds(what, rounds, lambda rate: f"{rate:,.0f}/s", TARGET)


def _updates(bench: Bench) -> tuple[list[Update], list[Update]]:
    warm, count = bench.of(WARM), bench.of(UPDATES)
    every = [private(CITIZENS + n, complaint(n)) for n in range(warm + count)]
    return every[:warm], every[warm:]


async def _floor(bench: Bench, *, webhook: bool) -> float:
    """One commit for every update, and the echo of it."""
    warm, updates = _updates(bench)
    folder = bench.room("echo")
    async with messenger() as town, echo(town, folder, webhook=webhook, commits=True):
        if webhook:
            await post_all(town.webhooks, warm)
            return len(updates) / await post_all(town.webhooks, updates)
        town.put(warm)
        await town.until(lambda: len(town.sent) == len(warm))
        begun = time.perf_counter()
        town.put(updates)
        ended = await town.until(lambda: len(town.sent) == len(warm) + len(updates))
        return len(updates) / (ended - begun)


async def _product(bench: Bench, *, webhook: bool) -> float:
    warm, updates = _updates(bench)
    folder = bench.room("hub")
    await seed(sqlite_at(folder), citizens=len(warm) + len(updates))
    async with messenger() as town, hub(town, folder, webhook=webhook, pace=1):
        for some in (warm, updates):
            before = counted(folder, QUEUED)
            begun = time.perf_counter()
            if webhook:
                await post_all(town.webhooks, some)
            else:
                town.put(some)
            await reached(folder, QUEUED, before + len(some))
        return len(updates) / (time.perf_counter() - begun)
