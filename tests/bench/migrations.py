"""How long intake waits while a big database is migrated beside it.

    python -m tests.bench.migrations ADDRESS

ADDRESS is a copy that stands at an older revision (tests/bench/million.py makes one). One process
stores updates as the receiver does, fifty a second; another runs `python -m bot migrate`.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import text

from storage.arrivals import Arrivals, Incoming
from storage.migrate import pending
from storage.store import Store

EVERY = 0.02
WARM = 1.0


@dataclass(frozen=True)
class Seen:
    """What was measured, in seconds."""

    revisions: tuple[str, ...]
    took: float
    stored: int
    longest: float
    over_one: float
    """All waits longer than a second, together."""


async def measure(address: str) -> Seen:
    """Migrate a database while updates are stored in it."""
    store = Store(address)
    waits: list[float] = []
    try:
        revisions = tuple(await pending(store.engines))
        intake = asyncio.create_task(_intake(store, waits))
        await asyncio.sleep(WARM)
        waits.clear()
        began = time.monotonic()
        environment = {**os.environ, "OTKLIK_DATABASE_URL": address}
        command = (sys.executable, "-m", "bot", "migrate")
        process = await asyncio.create_subprocess_exec(*command, env=environment)
        if await process.wait():
            raise RuntimeError("the migration failed")
        took = time.monotonic() - began
        await asyncio.sleep(WARM)
        intake.cancel()
        with suppress(asyncio.CancelledError):
            await intake
    finally:
        await store.close()
    return Seen(revisions, took, len(waits), max(waits), sum(w for w in waits if w > 1))


async def _intake(store: Store, waits: list[float]) -> None:
    arrivals = Arrivals(store)
    async with store.reading() as uow:
        found = await uow.connection.execute(text("SELECT coalesce(max(update_id), 0) FROM inbox"))
        number = int(found.scalar_one())
    while True:
        number += 1
        began = time.monotonic()
        update = Incoming("telegram", "42", number, f"telegram:{number % 1000}", {"update_id": 1})
        await arrivals.append([update], now=time.time(), album_wait=1.5)
        waits.append(time.monotonic() - began)
        await asyncio.sleep(EVERY)


def main() -> None:
    """Print what was seen."""
    seen = asyncio.run(measure(sys.argv[1]))
    print(
        f"{', '.join(seen.revisions)} in {seen.took:.1f} s; {seen.stored} updates stored "
        f"meanwhile; the longest wait {seen.longest:.2f} s, "
        f"waits over 1 s together {seen.over_one:.1f} s"
    )


if __name__ == "__main__":
    main()
