"""Updates are stored once, and many that come at once share a transaction."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace

import pytest
from sqlalchemy import event

from storage.arrivals import Arrivals
from storage.inbox import InboxQueue
from storage.store import Store
from tests.storage.samples import update

WAIT = 1.5


async def test_an_update_is_stored_once(store: Store) -> None:
    arrivals, inbox = Arrivals(store), InboxQueue(store)
    batch = [update(1), update(2), update(2)]
    assert await arrivals.append(batch, now=0, album_wait=WAIT) == 2
    assert await arrivals.append([update(2), update(3)], now=1, album_wait=WAIT) == 1
    assert await arrivals.append([update(2, bot="8")], now=1, album_wait=WAIT) == 1
    assert await arrivals.append([], now=1, album_wait=WAIT) == 0
    assert await inbox.count("new") == 4


async def test_who_comes_while_others_are_written_shares_the_next_transaction(
    store: Store,
) -> None:
    arrivals, inbox, seen = Arrivals(store), InboxQueue(store), Counter[str]()
    event.listen(store.engines.writer.sync_engine, "commit", lambda _c: seen.update(["commit"]))
    await arrivals.append([update(0, "0")], now=0, album_wait=WAIT)
    one = seen["commit"]
    stored = await asyncio.gather(
        *(arrivals.append([update(n, str(n))], now=0, album_wait=WAIT) for n in range(1, 101)),
        *(arrivals.append([update(n, str(n))], now=0, album_wait=WAIT) for n in range(1, 101)),
    )
    assert sum(stored) == 100
    assert seen["commit"] - one <= 4
    rows = await inbox.peek(now=0, limit=500, per_chat=8)
    assert [row.payload["update_id"] for row in rows] == list(range(101))


async def test_what_cannot_be_stored_fails_alone(store: Store) -> None:
    arrivals, inbox = Arrivals(store), InboxQueue(store)
    bad = replace(update(2), payload={"update_id": object()})
    results = await asyncio.gather(
        *(
            arrivals.append([each], now=0, album_wait=WAIT)
            for each in (update(1), bad, update(3), update(4))
        ),
        return_exceptions=True,
    )
    assert [isinstance(result, Exception) for result in results] == [False, True, False, False]
    assert await inbox.count("new") == 3


async def test_a_caller_who_gives_up_takes_nobody_along(store: Store) -> None:
    arrivals, inbox = Arrivals(store), InboxQueue(store)
    tasks = [
        asyncio.create_task(arrivals.append([update(n, str(n))], now=0, album_wait=WAIT))
        for n in range(20)
    ]
    await asyncio.sleep(0)
    tasks[0].cancel()
    results = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(results[0], asyncio.CancelledError)
    assert results[1:] == [1] * 19
    assert await inbox.count("new") >= 19


@pytest.mark.parametrize("late", [False, True])
async def test_an_album_is_ready_after_its_last_item(store: Store, late: bool) -> None:
    arrivals, inbox = Arrivals(store), InboxQueue(store)
    await arrivals.append([update(1, group="g")], now=0, album_wait=WAIT)
    if late:
        await arrivals.append([update(2, group="g")], now=1, album_wait=WAIT)
    assert await inbox.next_ready() == (2.5 if late else 1.5)
