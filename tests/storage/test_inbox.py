"""The incoming queue: stored once, applied in order per chat, nobody waits behind a bad one."""

from __future__ import annotations

import pytest

from storage.inbox import MAX_ATTEMPTS, InboxQueue, InboxRow
from storage.store import Store
from tests.storage.samples import update

WAIT = 1.5
DELAYS = (1.0, 5.0, 25.0)


@pytest.fixture
def inbox(store: Store) -> InboxQueue:
    """The inbox of a fresh database."""
    return InboxQueue(store)


async def _ready(store: Store, inbox: InboxQueue, chat: str, now: float) -> list[int]:
    async with store.unit() as uow:
        rows = await inbox.claim(uow, chat, now=now, limit=8)
        return [_number(row) for row in rows]


def _number(row: InboxRow) -> int:
    number: int = row.payload["update_id"]
    return number


async def test_an_update_is_stored_once(inbox: InboxQueue) -> None:
    batch = [update(1), update(2), update(2)]
    assert await inbox.append(batch, now=0, album_wait=WAIT) == 2
    assert await inbox.append([update(2), update(3)], now=1, album_wait=WAIT) == 1
    assert await inbox.append([update(2, bot="8")], now=1, album_wait=WAIT) == 1
    assert await inbox.append([], now=1, album_wait=WAIT) == 0
    assert await inbox.count("new") == 4


async def test_a_processed_update_is_not_stored_again(store: Store, inbox: InboxQueue) -> None:
    await inbox.append([update(1)], now=0, album_wait=WAIT)
    async with store.unit() as uow:
        await inbox.done(uow, [1], now=0)
    assert await inbox.append([update(1)], now=1, album_wait=WAIT) == 0
    assert (await inbox.count("new"), await inbox.count("done")) == (0, 1)


async def test_chats_come_in_the_order_of_their_heads(store: Store, inbox: InboxQueue) -> None:
    batch = [update(5, "b"), update(4, "a"), update(3, "b"), update(2, "c")]
    await inbox.append(batch, now=0, album_wait=WAIT)
    assert await inbox.next_chats(now=0, limit=9) == ["b", "a", "c"]
    assert await inbox.next_chats(now=0, limit=2) == ["b", "a"]
    async with store.unit() as uow:
        await inbox.done(uow, [1], now=0)
    assert await inbox.next_chats(now=0, limit=9) == ["a", "b", "c"]


async def test_rows_of_a_chat_come_in_the_order_they_were_stored(
    store: Store, inbox: InboxQueue
) -> None:
    await inbox.append([update(9), update(7, "2"), update(8)], now=0, album_wait=WAIT)
    await inbox.append([update(1)], now=0, album_wait=WAIT)
    assert await _ready(store, inbox, "1", 0) == [9, 8, 1]
    async with store.unit() as uow:
        rows = await inbox.claim(uow, "1", now=0, limit=2)
        assert [_number(row) for row in rows] == [9, 8]


async def test_an_album_waits_for_its_last_item(store: Store, inbox: InboxQueue) -> None:
    await inbox.append([update(1), update(2, group="g")], now=0, album_wait=WAIT)
    await inbox.append([update(3, group="g"), update(4)], now=1, album_wait=WAIT)
    assert await _ready(store, inbox, "1", 1.6) == [1]
    assert await _ready(store, inbox, "1", 2.5) == [1, 2, 3, 4]
    async with store.unit() as uow:
        await inbox.done(uow, [1], now=1)
    assert await inbox.next_chats(now=1.6, limit=9) == []
    assert await inbox.next_chats(now=2.5, limit=9) == ["1"]
    assert await inbox.next_ready() == 1


async def test_a_late_item_does_not_wake_a_processed_album(store: Store, inbox: InboxQueue) -> None:
    await inbox.append([update(1, group="g")], now=0, album_wait=WAIT)
    async with store.unit() as uow:
        await inbox.done(uow, [1], now=2)
    await inbox.append([update(2, group="g")], now=9, album_wait=WAIT)
    assert await _ready(store, inbox, "1", 10.5) == [2]


async def test_done_commits_with_its_transaction_only(store: Store, inbox: InboxQueue) -> None:
    await inbox.append([update(1)], now=0, album_wait=WAIT)

    async def fail() -> None:
        async with store.unit() as uow:
            await inbox.done(uow, [1], now=0)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await inbox.count("new") == 1


async def test_a_failing_update_is_tried_later_and_then_parked(
    store: Store, inbox: InboxQueue
) -> None:
    await inbox.append([update(1), update(2), update(3, "2")], now=0, album_wait=WAIT)
    now = 0.0
    for attempt, delay in enumerate(DELAYS, 1):
        assert not await inbox.failed([1], error="boom", now=now, delays=DELAYS)
        assert await inbox.next_chats(now=now + delay - 0.1, limit=9) == ["2"]
        now += delay
        assert await inbox.next_chats(now=now, limit=9) == ["1", "2"]
        async with store.unit() as uow:
            head = (await inbox.claim(uow, "1", now=now, limit=1))[0]
            assert (head.attempts, head.run) == (attempt, None)
    assert attempt + 1 == MAX_ATTEMPTS
    assert await inbox.failed([1], error="boom", now=now, delays=DELAYS)
    assert (await inbox.count("parked"), await inbox.count("new")) == (1, 2)
    assert await _ready(store, inbox, "1", now) == [2]


async def test_rows_of_a_dead_run_count_an_attempt(store: Store, inbox: InboxQueue) -> None:
    await inbox.append([update(n, str(n)) for n in (1, 2, 3)], now=0, album_wait=WAIT)
    await inbox.mark([1, 3], run="dead")
    async with store.unit() as uow:
        await inbox.done(uow, [3], now=0)
    await inbox.adopt(run="alive")
    async with store.unit() as uow:
        rows = [(await inbox.claim(uow, chat, now=0, limit=1))[0] for chat in ("1", "2")]
    assert [(row.attempts, row.run) for row in rows] == [(1, None), (0, None)]
    await inbox.mark([1], run="alive")
    await inbox.adopt(run="alive")
    async with store.unit() as uow:
        row = (await inbox.claim(uow, "1", now=0, limit=1))[0]
    assert (row.attempts, row.run) == (1, "alive")


async def test_two_transactions_never_hold_one_chat(postgres_store: Store) -> None:
    inbox = InboxQueue(postgres_store)
    await inbox.append([update(1), update(2), update(3, "2")], now=0, album_wait=WAIT)
    async with postgres_store.unit() as one:
        first = await inbox.claim(one, "1", now=0, limit=1)
        async with postgres_store.unit() as two:
            assert await inbox.claim(two, "1", now=0, limit=8) == []
            assert [_number(row) for row in await inbox.claim(two, "2", now=0, limit=8)] == [3]
        await inbox.done(one, [row.serial for row in first], now=0)
    assert await _ready(postgres_store, inbox, "1", 0) == [2]


async def test_old_payloads_are_emptied_and_old_keys_forgotten(
    store: Store, inbox: InboxQueue
) -> None:
    await inbox.append([update(n) for n in (1, 2, 3, 4)], now=0, album_wait=WAIT)
    for serial, moment in ((1, 10.0), (2, 20.0), (3, 30.0)):
        async with store.unit() as uow:
            await inbox.done(uow, [serial], now=moment)
    await inbox.empty_old(done_before=25, forget_before=15)
    assert (await inbox.count("done"), await inbox.count("new")) == (2, 1)
    # The key of the emptied one is still known, that of the forgotten one is not.
    assert await inbox.append([update(1), update(2)], now=0, album_wait=WAIT) == 1
