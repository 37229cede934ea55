"""A fire time of a job belongs to one caller."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from storage.housekeeping import Kept, tidy
from storage.store import Store
from storage.tables import job_runs
from tests.storage.samples import NOON, person
from tests.support.databases import opened


async def _claim(store: Store, job: str = "digest") -> bool:
    async with store.unit() as uow:
        return await uow.jobs.claim(job, NOON, NOON)


async def test_a_fire_time_is_claimed_once(store: Store) -> None:
    assert await _claim(store)
    assert not await _claim(store)
    assert await _claim(store, "another")


async def test_of_many_at_once_one_gets_it(database: str) -> None:
    async with opened(database) as one, opened(database) as two:
        got = await asyncio.gather(*(_claim(s) for s in (one, two, one, two)))
    assert sorted(got) == [False, False, False, True]


async def test_a_claim_that_was_rolled_back_is_free_again(store: Store) -> None:
    try:
        async with store.unit() as uow:
            assert await uow.jobs.claim("digest", NOON, NOON)
            uow.add(person(uow))
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    assert await _claim(store)


DAY = timedelta(days=1)
_JOBS = ("digest", "silence", "another")


async def test_the_last_run_is_remembered(store: Store) -> None:
    later = NOON + timedelta(hours=1)
    async with store.unit() as uow:
        assert await uow.jobs.last(_JOBS) == {}
        await uow.jobs.claim("digest", NOON, NOON)
        await uow.jobs.claim("digest", later, later)
        await uow.jobs.claim("silence", NOON, NOON)
    async with store.reading() as uow:
        assert await uow.jobs.last(_JOBS) == {"digest": later, "silence": NOON}


async def test_old_runs_are_forgotten_but_never_the_last(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.housekeeping.AT_ONCE", 2)
    async with store.unit() as uow:
        await uow.jobs.claim("digest", NOON - DAY, NOON - DAY)
        for hours in range(9):
            moment = NOON + timedelta(hours=hours)
            await uow.jobs.claim("silence", moment, moment)
    await tidy(store, Kept(words_since=0, keys_since=0, runs_since=NOON + timedelta(hours=6)))
    async with store.reading() as uow:
        kept = await uow.connection.execute(select(job_runs.c.job, job_runs.c.ran_at))
        assert [row[0] for row in kept].count("silence") == 3
        last = {"digest": NOON - DAY, "silence": NOON + timedelta(hours=8)}
        assert await uow.jobs.last(_JOBS) == last
