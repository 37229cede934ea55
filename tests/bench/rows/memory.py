"""Whether the process grows with what has gone through it."""

from __future__ import annotations

from collections.abc import Sequence

from tests.bench.feed import post_all
from tests.bench.figures import Figure, at_most
from tests.bench.messenger import messenger
from tests.bench.product import counted, hub, reached, sqlite_at
from tests.bench.registry import Bench, row
from tests.bench.seed import seed
from tests.bench.words import CITIZENS, complaint, private

APPEALS, WARM, PIECE = 100_000, 1_000, 2_000
TARGET = at_most(1.3)
CASES = "SELECT count(*) FROM appeals"
NOTHING_WAITS = "SELECT NOT EXISTS (SELECT 1 FROM outbox WHERE state = 'queued' AND lane > 0)"


@row("memory", order=90)
async def memory(bench: Bench) -> Sequence[Figure]:
    """Resident bytes after so many appeals against those after the first thousand."""
    appeals = bench.of(APPEALS)
    folder = bench.room("memory")
    await seed(sqlite_at(folder), citizens=WARM + appeals)
    async with messenger() as town, hub(town, folder, webhook=True) as process:
        sizes = [0]
        for last in (WARM, *range(WARM + PIECE, WARM + appeals + 1, PIECE)):
            heard = counted(folder, CASES)
            await post_all(
                town.webhooks, [private(CITIZENS + n, complaint(n)) for n in range(heard, last)]
            )
            await reached(folder, CASES, last)
            await reached(folder, NOTHING_WAITS, 1)
            # The messenger's memory is not what is measured.
            town.sent.clear()
            sizes.append(process.memory)
    start, end = sizes[1], sizes[-1]
    what = f"memory after {appeals:,} appeals"
    return [Figure(what, _shown(start), _shown(end), end / start, TARGET)]


def _shown(size: int) -> str:
    return f"{size / (1 << 20):,.0f} MB"
