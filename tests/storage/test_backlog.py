"""Both queues at a glance: what waits, since when, and what waits for people."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import text

from storage.arrivals import Arrivals
from storage.backlog import QUERY, Standing, standing
from storage.inbox import MAX_ATTEMPTS, InboxQueue
from storage.outbox import Ended
from storage.store import Store
from tests.storage.samples import NOON, notice, update


async def look(store: Store) -> Standing:
    """How it stands at noon."""
    async with store.reading() as uow:
        return await standing(uow, NOON)


async def test_empty_queues(store: Store) -> None:
    assert await look(store) == Standing(0, None, 0, 0, None, 0, 0)


async def test_each_row_is_counted_where_it_stands(store: Store) -> None:
    arrivals, inbox = Arrivals(store), InboxQueue(store)
    for number, moment in ((1, 100.0), (2, 200.0), (3, 300.0), (4, 400.0)):
        await arrivals.append([update(number, str(number))], now=moment, album_wait=0)
    rows = await inbox.peek(now=500, limit=10, per_chat=10)
    async with store.unit() as uow:
        await inbox.take(uow, rows[:1], now=500)
    for _ in range(MAX_ATTEMPTS):
        await inbox.failed([rows[1].serial], error="X", now=500, delays=(1,))
    earlier, later = NOON - timedelta(minutes=3), NOON + timedelta(seconds=1)
    async with store.unit() as uow:
        for chat, moment in (("1", NOON), ("2", earlier), ("3", later), ("4", NOON)):
            uow.outbox.add(notice(chat, not_before=moment), now=earlier - timedelta(days=1))
    async with store.unit() as uow:
        await uow.turns.promote(NOON)
        dead = next(h.row for h in await uow.turns.heads() if h.row.chat_id == "4")
        await uow.outbox.finish([Ended(dead.id, "dead", NOON, error="X")])
    found = await look(store)
    assert found == Standing(
        new=2,
        oldest_new=300.0,
        parked=1,
        queued=2,
        oldest_queued=earlier,
        later=1,
        dead=1,
    )


async def test_the_look_goes_by_indexes(store: Store) -> None:
    """A scrape every few seconds must not read a million applied updates."""
    async with store.reading() as uow:
        if not uow.is_sqlite:
            # Its planner needs rows to choose by; a plan for an empty table says nothing.
            await uow.connection.execute(text("SET LOCAL enable_seqscan = off"))
        words = "EXPLAIN QUERY PLAN " if uow.is_sqlite else "EXPLAIN "
        plan = await uow.connection.execute(text(words + str(QUERY)), {"now": 0})
        shown = "\n".join(str(row) for row in plan.all())
    reads = [line for line in shown.split("\n") if "inbox" in line or "outbox" in line]
    assert reads
    assert all("index" in line.lower() for line in reads), shown
