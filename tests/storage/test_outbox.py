"""The outgoing queue: what is dropped, what goes first, what a crash leaves."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

from sqlalchemy import select

from services.notices import Kind, Priority
from storage.outbox import Ended, OutboxRow
from storage.store import Store
from storage.tables import outbox
from tests.storage.samples import NOON, notice, queue


async def _heads(store: Store, **asked: Any) -> list[OutboxRow]:
    async with store.reading() as uow:
        return [head.row for head in await uow.turns.heads(**asked)]


async def _claim_head(store: Store, run: str = "a") -> OutboxRow:
    row = (await _heads(store))[0]
    async with store.unit() as uow:
        await uow.outbox.claim([row.id], run=run)
    return row


async def _keys(store: Store) -> list[int]:
    """The rows' keys in the order in which they were added."""
    async with store.reading() as uow:
        found = await uow.connection.execute(select(outbox.c.id).order_by(outbox.c.id))
        return [row[0] for row in found.all()]


async def _row(store: Store, key: int) -> OutboxRow:
    async with store.reading() as uow:
        found = await uow.outbox.row(key)
        assert found is not None
        return found


async def _count(store: Store, state: str = "queued") -> int:
    async with store.reading() as uow:
        return await uow.outbox.count(state)


def _names(rows: list[OutboxRow]) -> list[str | None]:
    return [row.anchor for row in rows]


async def test_a_taken_key_drops_the_second_notice_for_good(store: Store) -> None:
    first, second = notice(dedup_key="k", ref={"n": 1}), notice(dedup_key="k", ref={"n": 2})
    await queue(store, first, second, notice(), notice())
    await queue(store, second)
    assert await _count(store) == 3
    row = await _claim_head(store)
    async with store.unit() as uow:
        await uow.outbox.finish([Ended(row.id, "sent", NOON, "5")])
    await queue(store, second)
    assert row.ref == {"n": 1}
    assert await _count(store) == 2


async def test_edits_of_a_card_coalesce_only_while_unsent(store: Store) -> None:
    edit = notice(kind=Kind.CARD, anchor="card:1", coalesce_key="card:1")
    await queue(store, edit, edit)
    await queue(store, edit)
    assert await _count(store) == 1
    await _claim_head(store)
    await queue(store, edit, edit)
    assert (await _count(store), await _count(store, "sending")) == (1, 1)


async def test_a_fact_that_found_its_card_queued_is_rendered_with_it(store: Store) -> None:
    """Delivery may not claim the card and render it before the fact is committed."""
    edit = notice(kind=Kind.CARD, anchor="card:1", coalesce_key="card:1")
    await queue(store, edit)
    async with store.unit() as uow:
        uow.outbox.add(edit, now=NOON)
        await uow.flush()
        claiming = asyncio.create_task(_claim_head(store))
        done, _ = await asyncio.wait({claiming}, timeout=0.2)
        assert not done
    await claiming
    assert (await _count(store), await _count(store, "sending")) == (0, 1)


async def test_a_sent_back_row_gives_way_to_a_newer_one(store: Store) -> None:
    edit = notice(coalesce_key="card:1")
    await queue(store, edit)
    old = await _claim_head(store)
    await queue(store, edit)
    async with store.unit() as uow:
        await uow.outbox.requeue(old, error="429")
    superseded = await _row(store, old.id)
    assert (superseded.state, superseded.error) == ("dropped", "superseded")
    assert await _count(store) == 1


async def test_a_sent_back_row_takes_its_place_again(store: Store) -> None:
    await queue(store, notice(anchor="1"), notice(anchor="2"))
    row = await _claim_head(store)
    async with store.unit() as uow:
        await uow.outbox.requeue(row, error="500")
    again = (await _heads(store))[0]
    assert (again.id, again.attempts, again.run, again.error) == (row.id, 1, None, "500")
    async with store.unit() as uow:
        await uow.outbox.requeue(again, error="429", count=False)
    assert (await _row(store, row.id)).attempts == 1


async def test_what_a_dead_run_was_sending_is_queued_again(store: Store) -> None:
    await queue(store, notice("1"), notice("2", coalesce_key="card:2"), notice("3"))
    async with store.unit() as uow:
        one, two, three = (head.row.id for head in await uow.turns.heads())
        await uow.outbox.claim([one, two], run="dead")
        await uow.outbox.claim([three], run="alive")
    await queue(store, notice("2", coalesce_key="card:2"))
    async with store.unit() as uow:
        assert await uow.outbox.adopt(run="alive") == [("t", "2"), ("t", "1")]
    rows = [await _row(store, key) for key in await _keys(store)]
    assert [(r.state, r.attempts, r.run) for r in rows] == [
        ("queued", 0, None),
        ("dropped", 0, "dead"),
        ("sending", 0, "alive"),
        ("queued", 0, None),
    ]


async def test_first_in_first_out_in_a_chat_whatever_the_priority(store: Store) -> None:
    await queue(
        store,
        notice(anchor="first", priority=Priority.DIGEST),
        notice(anchor="second", priority=Priority.EMERGENCY),
    )
    assert _names(await _heads(store)) == ["first"]
    await _claim_head(store)
    assert _names(await _heads(store)) == ["second"]


async def test_channels_do_not_share_chats(store: Store) -> None:
    await queue(store, notice(anchor="t"), notice(anchor="vk", channel="vk"))
    assert sorted(str(name) for name in _names(await _heads(store))) == ["t", "vk"]


async def test_a_card_edited_a_moment_ago_lets_others_pass(store: Store) -> None:
    await queue(store, notice(anchor="card:1"), notice(anchor="card:2"), notice(), notice("2"))
    assert _names(await _heads(store, skip=("card:1",))) == ["card:2", None]
    rows = await _heads(store, skip=("card:1", "card:2"))
    assert [(row.chat_id, row.anchor) for row in rows] == [("1", None), ("2", None)]


async def test_a_moved_chat_takes_its_unsent_rows_along(store: Store) -> None:
    await queue(store, notice("old"), notice("old"), notice("old", channel="vk"))
    key = (await _keys(store))[0]
    async with store.unit() as uow:
        await uow.outbox.finish([Ended(key, "sent", NOON, "5")])
        await uow.outbox.move_chat("t", "old", "new")
    rows = [await _row(store, key) for key in await _keys(store)]
    assert [row.chat_id for row in rows] == ["old", "new", "old"]


async def test_a_row_comes_back_as_it_was_added(store: Store) -> None:
    told = notice("9", kind=Kind.WHY, anchor="a", ref={"n": [1, "ё"]}, dedup_key="d")
    await queue(store, replace(told, priority=Priority.REMINDER))
    row = await _row(store, (await _keys(store))[0])
    assert (row.kind, row.chat_id, row.anchor, row.ref) == ("why", "9", "a", {"n": [1, "ё"]})
    assert (row.priority, row.not_before, row.created_at) == (3, NOON, NOON)
    assert (row.state, row.attempts, row.sent_at) == ("queued", 0, None)
