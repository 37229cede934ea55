"""Whose turn it is in the outbox, and that finding out costs the same however much waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text

from services.notices import Notice, Priority
from storage.store import Store
from storage.turns import Head
from storage.unit import UnitOfWork
from tests.storage.samples import NOON, notice, queue

LATER = NOON + timedelta(hours=1)


async def _heads(store: Store, **asked: Any) -> list[Head]:
    async with store.reading() as uow:
        return await uow.turns.heads(**asked)


async def _names(store: Store, **asked: Any) -> list[str | None]:
    return [head.row.anchor for head in await _heads(store, **asked)]


async def _promote(store: Store, moment: datetime) -> None:
    async with store.unit() as uow:
        await uow.turns.promote(moment)


async def test_the_most_urgent_chat_goes_first(store: Store) -> None:
    order = [Priority.DIGEST, Priority.CARD, Priority.EMERGENCY, Priority.ANSWER, Priority.CARD]
    await queue(
        store, *(notice(str(n), anchor=f"{p.name} {n}", priority=p) for n, p in enumerate(order))
    )
    heads = ["EMERGENCY 2", "ANSWER 3", "CARD 1", "CARD 4", "DIGEST 0"]
    assert await _names(store) == heads
    assert await _names(store, limit=2) == heads[:2]


async def test_what_has_waited_long_goes_before_what_matters_more(store: Store) -> None:
    await queue(store, notice("1", anchor="digest", priority=Priority.DIGEST))
    async with store.unit() as uow:
        await uow.connection.execute(text("UPDATE outbox SET rank = rank - 600"))
    await queue(store, notice("2", anchor="answer"))
    assert await _names(store) == ["digest", "answer"]


@pytest.mark.parametrize("chat", ["5", "-5"])
async def test_an_emergency_hurries_those_before_it_in_its_chat(store: Store, chat: str) -> None:
    await queue(
        store,
        notice("6", anchor="answer"),
        notice(chat, anchor="digest", priority=Priority.DIGEST),
        notice(chat, anchor="danger", priority=Priority.EMERGENCY),
    )
    assert await _names(store) == ["digest", "answer"]
    assert [head.rank < 0 for head in await _heads(store)] == [True, False]


async def test_groups_of_every_channel_are_found(store: Store) -> None:
    chats = [(channel, f"-{n}") for channel in ("t", "vk") for n in range(5)]
    await queue(
        store,
        *(notice(chat, channel=channel) for channel, chat in chats for _ in range(3)),
        *(notice(str(n)) for n in range(3)),
    )
    found = await _heads(store, without=("t:-1", "vk:-4", "t:2"))
    assert {(head.row.channel, head.row.chat_id) for head in found} == {
        *({*chats} - {("t", "-1"), ("vk", "-4")}),
        ("t", "0"),
        ("t", "1"),
    }
    assert len(found) == 10


@pytest.mark.parametrize("chat", ["1", "-1"])
async def test_what_is_not_due_lets_others_pass(store: Store, chat: str) -> None:
    await queue(
        store, notice(chat, anchor="tomorrow", not_before=LATER), notice(chat, anchor="now")
    )
    assert await _names(store) == ["now"]
    async with store.reading() as uow:
        assert (await uow.outbox.pending(NOON), await uow.outbox.pending(LATER)) == (1, 2)
        assert await uow.turns.soonest() == LATER.timestamp()
    await _promote(store, LATER - timedelta(seconds=1))
    assert await _names(store) == ["now"]
    await _promote(store, LATER)
    assert await _names(store) == ["tomorrow"]
    async with store.reading() as uow:
        assert await uow.turns.soonest() is None


async def test_what_is_held_for_a_chat_waits_for_its_release(store: Store) -> None:
    await queue(store, notice("-1", anchor="card"), notice("-2", anchor="other"))
    async with store.unit() as uow:
        await uow.turns.hold("t", "-1", LATER)
        assert await uow.overview.waiting_for("t", "-1") == 1
    assert await _names(store) == ["other"]
    async with store.unit() as uow:
        await uow.turns.release("t", "-1", NOON)
    assert sorted(map(str, await _names(store))) == ["card", "other"]


# --- what a look costs ---


def _crisis(size: int) -> list[Notice]:
    """Receipts of as many people, cards of groups by the hundred, much that waits for morning."""
    receipts = [notice(str(n)) for n in range(size)]
    talkative = [notice(str(-n % 7 + 100_000), priority=Priority.EDIT) for n in range(size // 10)]
    cards = [notice(f"-{n % 3}", priority=Priority.CARD) for n in range(size)]
    tonight = [notice(str(n), not_before=LATER) for n in range(size)]
    return [*receipts, *talkative, *cards, *tonight]


async def _reads(uow: UnitOfWork, **asked: Any) -> int:
    """Rows that a look reads: PostgreSQL's own count, on SQLite the steps of its machine."""
    if not uow.is_sqlite:
        counted = text(
            "SELECT coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0)"
            " FROM pg_stat_xact_user_tables WHERE relname = 'outbox'"
        )
        before = (await uow.connection.execute(counted)).scalar_one()
        await uow.turns.heads(**asked)
        await uow.turns.soonest()
        return int((await uow.connection.execute(counted)).scalar_one() - before)
    driver: Any = (await uow.connection.get_raw_connection()).driver_connection
    steps = 0

    def step() -> int:
        nonlocal steps
        steps += 1
        return 0

    await driver.set_progress_handler(step, 1)
    await uow.turns.heads(**asked)
    await uow.turns.soonest()
    await driver.set_progress_handler(None, 0)
    return steps


async def test_a_look_costs_the_same_however_much_waits(store: Store) -> None:
    busy = ["t:-1", "t:-2", *(f"t:{n}" for n in range(20))]
    costs: list[int] = []
    for size in (300, 3000):
        async with store.unit() as uow:
            await uow.connection.execute(text("DELETE FROM outbox"))
        crisis = _crisis(size)
        for start in range(0, len(crisis), 1000):
            await queue(store, *crisis[start : start + 1000])
        if not store.engines.is_sqlite:
            async with store.unit() as uow:
                await uow.connection.execute(text("ANALYZE outbox"))
        async with store.reading() as uow:
            costs.append(await _reads(uow, without=busy, skip=["card:1"]))
    assert costs[1] <= costs[0] * 1.2, costs


async def test_what_an_older_version_has_queued_gets_its_turn_when_it_is_due(store: Store) -> None:
    await queue(store, notice("-1", anchor="card"), notice("2", anchor="late", not_before=LATER))
    async with store.unit() as uow:
        await uow.connection.execute(text("UPDATE outbox SET lane = 0, rank = 0"))
    await _promote(store, NOON)
    assert await _names(store) == ["card"]
    await _promote(store, LATER)
    assert await _names(store) == ["card", "late"]
