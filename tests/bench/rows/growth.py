"""What an appeal costs where a million are stored already, against where a thousand are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from tests.bench import million
from tests.bench.feed import post_all
from tests.bench.figures import Figure, at_most, of_rounds
from tests.bench.messenger import messenger
from tests.bench.product import counted, hub, reached, sqlite_at
from tests.bench.registry import Bench, in_turns, row
from tests.bench.rows.memory import NOTHING_WAITS
from tests.bench.seed import seed
from tests.bench.words import CITIZENS, Update, complaint, private

FEW, MANY = 1_000, 1_000_000
APPEALS, WARM = 1_000, 300
TARGET = at_most(1.2)
MESSAGES = 1_000_000_000
"""The messages of a turn are numbered from here, past those of the seed and the turns before."""


@dataclass
class _Base:
    """A database with so many appeals, and whose turn it is to write."""

    folder: Path
    turn: count[int]


@row("growth", order=70)
async def growth(bench: Bench) -> Sequence[Figure]:
    """Intake with everything that goes on beside it: sending, jobs, the card. SQLite."""
    many = bench.of(MANY)
    few_base, many_base = await _base(bench, FEW), await _base(bench, many)
    rounds = await in_turns(
        bench, lambda: _an_appeal(bench, few_base), lambda: _an_appeal(bench, many_base)
    )
    what = f"processor time of an appeal, {many:,} stored against {FEW:,}"
    return [of_rounds(what, rounds, lambda seconds: f"{seconds * 1000:.2f} ms", TARGET)]


async def _base(bench: Bench, stored: int) -> _Base:
    folder = bench.room("growth")
    people = bench.rounds * (bench.of(APPEALS) + bench.of(WARM))
    await seed(sqlite_at(folder), citizens=people)
    await million.seed(sqlite_at(folder), stored, now=datetime.now(UTC))
    return _Base(folder, count())


async def _an_appeal(bench: Bench, base: _Base) -> float:
    """Seconds of processor time, once the caches are warm."""
    warm, wanted = bench.of(WARM), bench.of(APPEALS)
    turn = next(base.turn)
    first = turn * (warm + wanted)
    updates = [private(CITIZENS + n, complaint(n)) for n in range(first, first + warm + wanted)]
    # Update ids go on where the database's updates end.
    known = counted(base.folder, "SELECT coalesce(max(update_id), 0) FROM inbox")
    for number, update in enumerate(updates, known + 1):
        update["update_id"] = number
    async with (
        messenger(first=(turn + 1) * MESSAGES) as town,
        hub(town, base.folder, webhook=True) as process,
    ):
        await _all_done(town.webhooks, base.folder, updates[:warm])
        before = process.cpu
        await _all_done(town.webhooks, base.folder, updates[warm:])
        return (process.cpu - before) / wanted


async def _all_done(urls: list[str], folder: Path, updates: list[Update]) -> None:
    """Every update has become a case, and all that is to be said about it is said."""
    last = counted(folder, "SELECT max(id) FROM appeals")
    await post_all(urls, updates)
    await reached(folder, f"SELECT count(*) FROM appeals WHERE id > {last}", len(updates))
    await reached(folder, NOTHING_WAITS, 1)
