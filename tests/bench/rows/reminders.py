"""What is due among a million open clocks: the hub's question against a plain range in SQL."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from services.reminders import AT_ONCE
from storage.store import Store
from storage.types import to_micros
from tests.bench import million
from tests.bench.figures import Figure, at_most, of_rounds
from tests.bench.product import sqlite_at
from tests.bench.registry import Bench, in_turns, row
from tests.support.databases import migrated

CLOCKS = 1_000_000
OF_AN_APPEAL = 2
TIMES = 20
TARGET = at_most(3)
RANGE = "SELECT appeal_id, id FROM clocks WHERE next_at <= ? ORDER BY next_at LIMIT ?"


@row("reminders", order=80)
async def reminders(bench: Bench) -> Sequence[Figure]:
    """As many as one run of the job speaks for. SQLite, everything in memory."""
    clocks = bench.of(CLOCKS)
    folder, now = bench.room("reminders"), datetime.now(UTC)
    await migrated(sqlite_at(folder))
    await million.seed(sqlite_at(folder), clocks // OF_AN_APPEAL, open_share=1.0, now=now)
    # When all are due: an outage could not be worse.
    later = now + million.OPEN_FOR
    rounds = await in_turns(
        bench, lambda: _plain_range(folder, later), lambda: _asked(folder, later)
    )
    what = f"finding {AT_ONCE:,} due among {clocks:,} open clocks"
    return [of_rounds(what, rounds, lambda seconds: f"{seconds * 1000:.1f} ms", TARGET)]


async def _plain_range(folder: Path, now: datetime) -> float:
    """Seconds of one range of the index, by the driver of Python itself."""
    with closing(sqlite3.connect(folder / "hub.db")) as connection:
        seen = []
        for _ in range(TIMES):
            begun = time.perf_counter()
            found = connection.execute(RANGE, (to_micros(now), AT_ONCE)).fetchall()
            seen.append(time.perf_counter() - begun)
            assert len(found) == AT_ONCE
    return median(seen)


async def _asked(folder: Path, now: datetime) -> float:
    """Seconds of what the job asks: its first statement, before any clock is locked."""
    store = Store(sqlite_at(folder))
    try:
        seen = []
        for _ in range(TIMES):
            async with store.reading() as uow:
                begun = time.perf_counter()
                found = await uow.appeals.speaking_clocks(now, limit=AT_ONCE)
                seen.append(time.perf_counter() - begun)
                assert len(found) == AT_ONCE
    finally:
        await store.close()
    return median(seen)
