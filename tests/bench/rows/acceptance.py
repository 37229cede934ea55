"""How fast updates are stored durably and acknowledged, while the hub works on them as ever."""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench.feed import post_all
from tests.bench.figures import Figure, at_least, of_rounds
from tests.bench.messenger import messenger
from tests.bench.product import echo, hub, sqlite_at
from tests.bench.registry import Bench, in_turns, row
from tests.bench.seed import seed
from tests.bench.words import CITIZENS, Update, complaint, private

UPDATES, WARM = 3000, 300
TARGET = at_least(0.8)


@row("acceptance", order=10)
async def acceptance(bench: Bench) -> Sequence[Figure]:
    """Webhook over 40 connections (the messenger's default) and 100 (its most); polling."""
    figures = []
    for connections in (40, 100):
        rounds = await in_turns(
            bench,
            lambda c=connections: _webhook(bench, c, product=False),  # type: ignore[misc]
            lambda c=connections: _webhook(bench, c, product=True),  # type: ignore[misc]
        )
        what = f"acceptance, webhook, {connections} connections"
        figures.append(of_rounds(what, rounds, _per_second, TARGET))
    rounds = await in_turns(
        bench, lambda: _polled(bench, product=False), lambda: _polled(bench, product=True)
    )
    return [*figures, of_rounds("acceptance, polling", rounds, _per_second, TARGET)]


def _per_second(rate: float) -> str:
    return f"{rate:,.0f}/s"


def _updates(bench: Bench) -> tuple[list[Update], list[Update]]:
    """A few to get warm, and those that count; everybody writes once."""
    warm, count = bench.of(WARM), bench.of(UPDATES)
    every = [private(CITIZENS + n, complaint(n)) for n in range(warm + count)]
    return every[:warm], every[warm:]


async def _webhook(bench: Bench, connections: int, *, product: bool) -> float:
    folder = bench.room("acceptance")
    warm, updates = _updates(bench)
    async with messenger() as town:
        if product:
            await seed(sqlite_at(folder), citizens=len(warm) + len(updates))
        runs = (
            hub(town, folder, webhook=True, pace=1) if product else echo(town, folder, webhook=True)
        )
        async with runs:
            await post_all(town.webhooks, warm)
            return len(updates) / await post_all(town.webhooks, updates, connections=connections)


async def _polled(bench: Bench, *, product: bool) -> float:
    """The hub acknowledges by its next offset what it has stored; the echo bot moves its offset at
    once, so that it is counted by what it has answered.
    """
    folder = bench.room("acceptance")
    warm, updates = _updates(bench)
    last = updates[-1]["update_id"]
    async with messenger() as town:
        if product:
            await seed(sqlite_at(folder), citizens=len(warm) + len(updates))
        runs = (
            hub(town, folder, webhook=False, pace=1)
            if product
            else echo(town, folder, webhook=False)
        )
        async with runs:
            town.put(warm)
            await town.until(lambda: len(town.sent) >= len(warm))
            heard = len(town.sent)
            begun = await town.until(lambda: True)
            town.put(updates)
            done = (
                (lambda: town.confirmed > last)
                if product
                else (lambda: len(town.sent) >= heard + len(updates))
            )
            return len(updates) / (await town.until(done) - begun)
