"""Keys: never handed out twice, and close together."""

from __future__ import annotations

import asyncio

import pytest

from services.model import Appeal, Person
from storage.ids import IdsExhausted
from storage.store import Store
from tests.storage.samples import person
from tests.support.databases import opened

INBOX_BATCH = 200
"""Updates that bot/receive/worker applies in one transaction at the most."""


async def _take(store: Store, n: int, kind: type = Appeal) -> list[int]:
    async with store.unit() as uow:
        return [uow.new_id(kind) for _ in range(n)]


async def test_stores_at_once_never_hand_out_a_key_twice(database: str) -> None:
    async with opened(database) as a, opened(database) as b, opened(database) as c:
        taken = await asyncio.gather(*(_take(s, 50) for s in (a, b, c) for _ in range(8)))
    keys = [key for part in taken for key in part]
    assert len(set(keys)) == len(keys) == 3 * 8 * 50


@pytest.mark.parametrize("n", [1, 7, 199, 200, 450])
async def test_keys_go_on_where_a_clean_close_left_them(database: str, n: int) -> None:
    async with opened(database) as store:
        keys = [key for part in [100] * (n // 100) + [n % 100] for key in await _take(store, part)]
    assert keys == list(range(1, n + 1))
    async with opened(database) as store:
        assert await _take(store, 1) == [n + 1]


async def test_nothing_is_given_back_over_the_head_of_another(database: str) -> None:
    async with opened(database) as second:
        async with opened(database) as first:
            early = await _take(first, 3)
            middle = await _take(second, 3)
        middle += await _take(second, 3)
    async with opened(database) as third:
        late = await _take(third, 500 // 3)
    keys = early + middle + late
    assert len(set(keys)) == len(keys)


async def test_a_rolled_back_unit_loses_its_keys_for_good(store: Store) -> None:
    async def fail() -> None:
        async with store.unit() as uow:
            uow.add(person(uow))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with store.unit() as uow:
        kept = uow.add(person(uow)).id
        assert kept > 1
    async with store.reading() as uow:
        assert [p.id for p in await uow.select(Person)] == [kept]


async def test_a_full_batch_of_the_inbox_never_runs_out(store: Store) -> None:
    for _ in range(3):
        assert len(await _take(store, INBOX_BATCH)) == INBOX_BATCH
        await _take(store, 1)


async def test_bulk_work_is_told_to_split(store: Store) -> None:
    with pytest.raises(IdsExhausted):
        await _take(store, 5000)
