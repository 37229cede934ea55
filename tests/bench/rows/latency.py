"""How long after an update its card stands in the staff's chat, when nothing else is going on."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Sequence
from pathlib import Path

from tests.bench.feed import post_all
from tests.bench.figures import Figure, at_most, of_rounds
from tests.bench.messenger import messenger
from tests.bench.process import running
from tests.bench.product import hub, sqlite_at
from tests.bench.registry import Bench, in_turns, row
from tests.bench.seed import seed
from tests.bench.words import CITIZENS, complaint, private

REPORTS, WARM = 200, 20
NETWORK = 0.04
"""Seconds that a messenger a country away takes to answer a send."""
REST = 0.1
"""Seconds between a card and the next report: it is quiet."""


@row("latency", order=60)
async def latency(bench: Bench) -> Sequence[Figure]:
    """Draft time 0; once on one machine, once with a network between."""
    figures = []
    for delay, where in ((0.0, "on one machine"), (NETWORK, "network of 40 ms")):
        rounds = await in_turns(
            bench,
            lambda d=delay: _floor(bench, d),  # type: ignore[misc]
            lambda d=delay: _product(bench, d),  # type: ignore[misc]
        )
        what = f"update → card, p99, quiet, {where}"
        figures.append(of_rounds(what, rounds, lambda s: f"{s * 1e3:.1f} ms", at_most(5)))
    return figures


def _p99(times: Sequence[float]) -> float:
    return sorted(times)[int(len(times) * 0.99)]


async def _floor(bench: Bench, delay: float) -> float:
    """p99 of one `send_message` of a bare bot, a rest between them."""
    folder, sends = bench.room("sends"), bench.of(REPORTS)
    async with messenger(delay=delay) as town:
        how = ("sends", "nothing", town.url, str(sends + WARM), str(REST))
        async with running("tests.bench.echo", *how, folder=folder) as process:
            await town.until(lambda: town.calls["close"] > 0)
        return _p99(_times(process.log)[WARM:])


def _times(log: Path) -> list[float]:
    found: list[float] = json.loads(log.read_text().splitlines()[-1])
    return found


async def _product(bench: Bench, delay: float) -> float:
    folder, reports = bench.room("hub"), bench.of(REPORTS)
    await seed(sqlite_at(folder), citizens=WARM + reports)
    times = []
    async with messenger(delay=delay) as town, hub(town, folder, webhook=True):
        for n in range(WARM + reports):
            before = len(town.sent)
            begun = time.perf_counter()
            await post_all(town.webhooks, [private(CITIZENS + n, complaint(n))])
            await town.until(lambda b=before: any(s.chat < 0 for s in town.sent[b:]))  # type: ignore[misc]
            card = next(s for s in town.sent[before:] if s.chat < 0)
            times.append(card.at - begun)
            await asyncio.sleep(REST)
    return _p99(times[WARM:])
