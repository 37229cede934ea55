"""The incoming queue: applied in order per chat, nobody waits behind a bad one."""

from __future__ import annotations

import pytest
from sqlalchemy import func, null, select

from storage.arrivals import Arrivals, Incoming
from storage.housekeeping import Kept, tidy
from storage.inbox import MAX_ATTEMPTS, InboxQueue, InboxRow
from storage.store import Store
from storage.tables import inbox as rows_of_inbox
from tests.storage.samples import NOON, update

WAIT = 1.5
DELAYS = (1.0, 5.0, 25.0)


@pytest.fixture
def inbox(store: Store) -> InboxQueue:
    """The inbox of a fresh database."""
    return InboxQueue(store)


async def _store(store: Store, *updates: Incoming, now: float = 0) -> int:
    return await Arrivals(store).append(updates, now=now, album_wait=WAIT)


async def _peek(
    inbox: InboxQueue, now: float = 0, *, limit: int = 50, per_chat: int = 8
) -> list[InboxRow]:
    return await inbox.peek(now=now, limit=limit, per_chat=per_chat)


async def _numbers(
    inbox: InboxQueue, now: float = 0, *, limit: int = 50, per_chat: int = 8
) -> list[int]:
    return [_number(r) for r in await _peek(inbox, now, limit=limit, per_chat=per_chat)]


async def _take(store: Store, inbox: InboxQueue, *rows: InboxRow, now: float = 0) -> list[int]:
    async with store.unit() as uow:
        return [_number(row) for row in await inbox.take(uow, rows, now=now)]


async def _emptied(store: Store) -> int:
    """How many updates have lost their words: by the database's own null, not JSON's."""
    empty = select(func.count()).where(rows_of_inbox.c.payload.is_(null()))
    async with store.reading() as uow:
        return int(await uow.connection.scalar(empty) or 0)


def _number(row: InboxRow) -> int:
    number: int = row.payload["update_id"]
    return number


async def test_what_is_taken_is_applied_once(store: Store, inbox: InboxQueue) -> None:
    await _store(store, update(1), update(2))
    rows = await _peek(inbox)
    assert await _take(store, inbox, rows[0]) == [1]
    assert await _take(store, inbox, *rows) == [2]
    assert await _take(store, inbox, *rows) == []
    assert (await inbox.count("new"), await inbox.count("done")) == (0, 2)
    assert await _store(store, update(1)) == 0


async def test_chats_come_in_the_order_of_their_heads(store: Store, inbox: InboxQueue) -> None:
    await _store(store, update(5, "b"), update(4, "a"), update(3, "b"), update(2, "c"))
    assert await _numbers(inbox) == [5, 3, 4, 2]
    assert await _numbers(inbox, per_chat=1) == [5, 4, 2]
    assert await _numbers(inbox, limit=2) == [5, 4]
    await _take(store, inbox, (await _peek(inbox))[0])
    assert await _numbers(inbox) == [4, 3, 2]


async def test_rows_of_a_chat_come_in_the_order_they_were_stored(
    store: Store, inbox: InboxQueue
) -> None:
    await _store(store, update(9), update(7, "2"), update(8))
    await _store(store, update(1))
    assert await _numbers(inbox) == [9, 8, 1, 7]


async def test_an_album_waits_for_its_last_item(store: Store, inbox: InboxQueue) -> None:
    await _store(store, update(1), update(2, group="g"))
    await _store(store, update(3, group="g"), update(4), now=1)
    assert await _numbers(inbox, 1.6) == [1]
    assert await _numbers(inbox, 2.5) == [1, 2, 3, 4]
    await _take(store, inbox, (await _peek(inbox))[0])
    assert await _numbers(inbox, 1.6) == []
    assert await _numbers(inbox, 2.5) == [2, 3, 4]
    assert await inbox.next_ready() == 1


async def test_a_limit_cuts_no_album(store: Store, inbox: InboxQueue) -> None:
    await _store(store, *(update(n, group="g") for n in (1, 2, 3, 4)), update(5))
    assert await _numbers(inbox, 2, limit=2) == [1, 2, 3, 4]
    assert await _numbers(inbox, 2, per_chat=1) == [1, 2, 3, 4]


async def test_a_late_item_does_not_wake_a_processed_album(store: Store, inbox: InboxQueue) -> None:
    await _store(store, update(1, group="g"))
    await _take(store, inbox, *await _peek(inbox, 2))
    await _store(store, update(2, group="g"), now=9)
    assert await _numbers(inbox, 10.5) == [2]


async def test_chats_that_must_wait_hold_nobody_up(store: Store, inbox: InboxQueue) -> None:
    for chat in ("a", "b"):
        await _store(store, *(update(n + ord(chat) * 100, chat) for n in range(20)))
    await _store(store, update(1, "c"))
    heads = {row.chat_key: row for row in reversed(await _peek(inbox))}
    for chat in ("a", "b"):
        await inbox.failed([heads[chat].serial], error="boom", now=0, delays=DELAYS)
    assert await _numbers(inbox, 0.5, limit=10) == [1]
    assert len(await _numbers(inbox, 1, limit=10)) == 8


async def test_taken_commits_with_its_transaction_only(store: Store, inbox: InboxQueue) -> None:
    await _store(store, update(1))

    async def fail() -> None:
        async with store.unit() as uow:
            assert await inbox.take(uow, await _peek(inbox), now=0)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    assert await inbox.count("new") == 1


async def test_a_failing_update_is_tried_later_and_then_parked(
    store: Store, inbox: InboxQueue
) -> None:
    await _store(store, update(1), update(2), update(3, "2"))
    serial = (await _peek(inbox))[0].serial
    now = 0.0
    for attempt, delay in enumerate(DELAYS, 1):
        assert not await inbox.failed([serial], error="boom", now=now, delays=DELAYS)
        assert await _numbers(inbox, now + delay - 0.1) == [3]
        now += delay
        head = (await _peek(inbox, now))[0]
        assert (_number(head), head.attempts, head.run) == (1, attempt, None)
    assert attempt + 1 == MAX_ATTEMPTS
    assert await inbox.failed([serial], error="boom", now=now, delays=DELAYS)
    assert (await inbox.count("parked"), await inbox.count("new")) == (1, 2)
    assert await _numbers(inbox, now) == [2, 3]


async def test_what_kills_its_process_by_itself_is_parked(store: Store, inbox: InboxQueue) -> None:
    await _store(store, update(1), update(2))
    head = (await _peek(inbox))[0]
    assert not await inbox.mark_alone([head], run="0")
    for attempt in range(1, MAX_ATTEMPTS):
        head = (await _peek(inbox))[0]
        assert not await inbox.mark_alone([head], run=str(attempt))
        assert (await _peek(inbox))[0].attempts == attempt
    head = (await _peek(inbox))[0]
    assert await inbox.mark_alone([head], run="last")
    assert await _numbers(inbox) == [2]
    assert await inbox.count("parked") == 1


async def test_dying_in_a_batch_or_with_oneself_alone_again_proves_nothing(
    store: Store, inbox: InboxQueue
) -> None:
    await _store(store, update(1))
    for run in "abcdefgh":
        row = (await _peek(inbox))[0]
        await inbox.mark([row.serial], run=run)
    row = (await _peek(inbox))[0]
    assert (row.attempts, row.run) == (0, "h")
    for _ in range(MAX_ATTEMPTS + 1):
        assert not await inbox.mark_alone(await _peek(inbox), run="me")
    assert (await _peek(inbox))[0].attempts == 0


async def test_two_transactions_never_hold_one_chat(postgres_store: Store) -> None:
    inbox = InboxQueue(postgres_store)
    await _store(postgres_store, update(1), update(2), update(3, "2"))
    rows = await _peek(inbox)
    async with postgres_store.unit() as one:
        assert [_number(r) for r in await inbox.take(one, rows[:1], now=0)] == [1]
        async with postgres_store.unit() as two:
            # The second of the chat may not overtake the first.
            assert [_number(row) for row in await inbox.take(two, rows, now=0)] == [3]
    assert await _numbers(inbox) == [2]


async def test_old_payloads_are_emptied_and_old_keys_forgotten(
    store: Store, inbox: InboxQueue
) -> None:
    await _store(store, *(update(n) for n in (1, 2, 3, 4)))
    rows = await _peek(inbox)
    for row, moment in zip(rows, (10.0, 20.0, 30.0), strict=False):
        await _take(store, inbox, row, now=moment)
    await tidy(store, Kept(words_since=25, keys_since=15, runs_since=NOON))
    assert await _emptied(store) == 1
    assert (await inbox.count("done"), await inbox.count("new")) == (2, 1)
    # The key of the emptied one is still known, that of the forgotten one is not.
    assert await _store(store, update(1), update(2)) == 1
