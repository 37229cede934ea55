"""SQLite's two engines on one file, and the one process that may run on it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest
from sqlalchemy import text

from services.model import Person
from storage.engine import normal_url
from storage.store import AlreadyRunning, Store
from tests.storage.samples import person
from tests.support.databases import Sqlite, opened


async def _count(store: Store) -> int:
    async with store.reading() as uow:
        return len(await uow.select(Person))


async def _add(store: Store, name: str) -> int:
    """Add somebody; returns how many were there before."""
    async with store.unit() as uow:
        there = len(await uow.select(Person))
        uow.add(person(uow, name))
        return there


async def test_readers_work_beside_an_open_writer(sqlite_store: Store) -> None:
    async with sqlite_store.unit() as uow:
        uow.add(person(uow))
        await uow.flush()
        assert await asyncio.gather(*(_count(sqlite_store) for _ in range(3))) == [0, 0, 0]
    assert await _count(sqlite_store) == 1


async def test_a_reader_keeps_its_picture(sqlite_store: Store) -> None:
    async with sqlite_store.reading() as uow:
        assert await uow.select(Person) == []
        await _add(sqlite_store, "А")
        assert await uow.select(Person) == []
    assert await _count(sqlite_store) == 1


async def test_writers_of_one_process_wait(sqlite_store: Store) -> None:
    there = await asyncio.gather(*(_add(sqlite_store, str(n)) for n in range(5)))
    assert sorted(there) == [0, 1, 2, 3, 4]


async def test_a_writer_of_another_process_waits_and_then_sees_the_first(
    sqlite_files: Sqlite,
) -> None:
    address = await sqlite_files.fresh()
    async with opened(address) as one, opened(address) as two:
        await _add(two, "заранее")
        async with one.unit() as uow:
            uow.add(person(uow, "первый"))
            await uow.flush()
            second = asyncio.create_task(_add(two, "второй"))
            done, _ = await asyncio.wait({second}, timeout=0.2)
            assert not done
        assert await second == 2


_LONG = text(
    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 300000)"
    " SELECT count(*) FROM n"
)


async def _steps_beside(work: Awaitable[object]) -> int:
    """How often others had their turn while it went on."""
    task = asyncio.ensure_future(work)
    steps = 0
    while not task.done():
        steps += 1
        await asyncio.sleep(0.001)
    await task
    return steps


async def test_a_statement_that_was_slow_holds_nobody_up_again(sqlite_store: Store) -> None:
    async with sqlite_store.reading() as uow:
        assert await _steps_beside(uow.connection.execute(_LONG)) <= 2, "nobody knew"
        assert await _steps_beside(uow.connection.execute(_LONG)) > 4


async def test_a_cancelled_statement_is_undone_before_the_next(sqlite_store: Store) -> None:
    slow = text(
        "INSERT INTO people (id, first_name, locale, created_at, forget_when_closed)"
        " WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
        " SELECT i, 'А', 'ru', 0, 0 FROM n"
    )

    async def write(*, undone: bool = False) -> None:
        async with sqlite_store.unit() as uow:
            await uow.connection.execute(slow)
            if undone:
                raise LookupError

    # Once in place, where nothing can be cancelled: it is known to be slow now.
    with pytest.raises(LookupError):
        await write(undone=True)
    task = asyncio.create_task(write())
    await asyncio.sleep(0.02)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert await _add(sqlite_store, "после") == 0
    assert await _count(sqlite_store) == 1


async def test_only_what_may_be_done_anew_does_not_wait_for_the_disk(sqlite_store: Store) -> None:
    found = []
    for lasting in (True, False, True):
        async with sqlite_store.unit(lasting=lasting) as uow:
            uow.add(person(uow))
            await uow.flush()
            found.append(await uow.connection.scalar(text("PRAGMA synchronous")))
    assert found == [2, 1, 2]
    assert await _count(sqlite_store) == 3


async def test_a_second_run_on_one_file_is_refused(sqlite_files: Sqlite) -> None:
    address = await sqlite_files.fresh()
    async with opened(address) as second:
        async with opened(address) as first:
            first.claim_file()
            with pytest.raises(AlreadyRunning, match=r"test_\d+\.db"):
                second.claim_file()
            assert await _add(second, "другая команда работает рядом") == 0
        second.claim_file()


async def test_on_postgresql_there_is_no_file_to_claim(postgres_store: Store) -> None:
    postgres_store.claim_file()
    postgres_store.claim_file()


@pytest.mark.parametrize(
    ("address", "driver"),
    [
        ("sqlite:///var/otklik.db", "sqlite+one_hop"),
        ("postgresql://u:p@h/d", "postgresql+asyncpg"),
        ("postgresql+psycopg://u:p@h/d", "postgresql+asyncpg"),
    ],
)
def test_an_address_gets_its_asynchronous_driver(address: str, driver: str) -> None:
    assert normal_url(address).drivername == driver


@pytest.mark.parametrize("address", ["sqlite://", "sqlite:///:memory:", "mysql://h/d"])
def test_an_address_we_do_not_speak(address: str) -> None:
    with pytest.raises(ValueError, match="sqlite:///"):
        normal_url(address)
