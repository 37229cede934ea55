"""A savepoint is a promise: what is dropped is gone, what is outside decides in the end."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace

import pytest
from sqlalchemy import func, insert, select
from sqlalchemy.exc import IntegrityError

from services.model import Person, PersonId
from storage import tables
from storage.engine import connect
from storage.store import Store
from storage.unit import UnitOfWork
from tests.storage.samples import NOON, person


class No(Exception):
    """What a use case raises."""


def _row(key: int) -> dict[str, object]:
    return {"id": key, "first_name": "А", "locale": "ru", "created_at": NOON}


@asynccontextmanager
async def dropped(uow: UnitOfWork) -> AsyncIterator[None]:
    """A savepoint at whose end a rule says no."""
    with suppress(No):
        async with uow.savepoint():
            yield
            raise No


async def _names(store: Store) -> list[str]:
    async with store.reading() as uow:
        rows = await uow.select(Person, order=[tables.people.c.id])
        return [row.first_name for row in rows]


async def test_outer_rollback_undoes_a_released_savepoint_of_the_engine(database: str) -> None:
    engines = connect(database)
    try:
        async with engines.writer.connect() as connection:
            outer = await connection.begin()
            async with connection.begin_nested():
                await connection.execute(insert(tables.people), [_row(1)])
            await outer.rollback()
        async with engines.reader.connect() as connection:
            found = await connection.scalar(select(func.count()).select_from(tables.people))
        assert found == 0
    finally:
        await engines.close()


async def test_outer_rollback_undoes_a_released_savepoint_of_a_unit(store: Store) -> None:
    with suppress(No):
        async with store.unit() as uow:
            async with uow.savepoint():
                uow.add(person(uow))
                await uow.flush()
            raise No
    assert await _names(store) == []


async def test_a_released_savepoint_commits_with_its_unit(store: Store) -> None:
    async with store.unit() as uow, uow.savepoint():
        uow.add(person(uow, "до"))
        await uow.flush()
        uow.add(person(uow, "после"))
    assert await _names(store) == ["до", "после"]


@pytest.mark.parametrize("flushed", [False, True], ids=["buffered", "flushed"])
async def test_a_dropped_savepoint_takes_its_part_and_only_its_part(
    store: Store, flushed: bool
) -> None:
    async with store.unit() as uow:
        before = uow.add(person(uow, "до"))
        async with dropped(uow):
            uow.put(replace(before, first_name="испорчено"))
            lost = uow.add(person(uow, "пропало"))
            if flushed:
                await uow.flush()
        assert await uow.get(Person, before.id) == before
        assert await uow.get(Person, lost.id) is None
        uow.add(person(uow, "потом"))
    assert await _names(store) == ["до", "потом"]


@pytest.mark.parametrize("flushed", [False, True], ids=["buffered", "flushed"])
async def test_an_inner_savepoint_is_dropped_alone(store: Store, flushed: bool) -> None:
    async with store.unit() as uow, uow.savepoint():
        kept = uow.add(person(uow, "снаружи"))
        async with dropped(uow):
            uow.put(replace(kept, first_name="внутри"))
            if flushed:
                await uow.flush()
        assert await uow.need(Person, kept.id) == kept
        async with uow.savepoint():
            uow.put(replace(kept, first_name="второй раз"))
    assert await _names(store) == ["второй раз"]


@pytest.mark.parametrize("flushed", [False, True], ids=["buffered", "flushed"])
async def test_an_outer_savepoint_takes_a_released_inner_one_along(
    store: Store, flushed: bool
) -> None:
    async with store.unit() as uow:
        base = uow.add(person(uow, "основа"))
        async with dropped(uow), uow.savepoint():
            uow.put(replace(base, first_name="внутри"))
            if flushed:
                await uow.flush()
        assert await uow.need(Person, base.id) == base
    assert await _names(store) == ["основа"]


async def test_a_deleted_row_comes_back_with_its_savepoint(store: Store) -> None:
    async with store.unit() as uow:
        uow.add(person(uow, "живой"))
    async with store.unit() as uow:
        found = (await uow.select(Person))[0]
        async with dropped(uow):
            uow.remove(found)
            assert await uow.get(Person, found.id) is None
        assert await uow.get(Person, found.id) == found
    assert await _names(store) == ["живой"]


@pytest.mark.parametrize("found_out", ["at the release", "inside"])
async def test_rows_the_database_refuses_take_their_savepoint_and_nothing_else(
    store: Store, found_out: str
) -> None:
    async with store.unit() as uow:
        taken = uow.add(person(uow, "первый"))
    async with store.unit() as uow:
        uow.add(person(uow, "до"))
        with pytest.raises(IntegrityError):
            await _add_a_double(uow, taken, flush=found_out == "inside")
        uow.add(person(uow, "потом"))
    assert await _names(store) == ["первый", "до", "потом"]


async def _add_a_double(uow: UnitOfWork, taken: Person, *, flush: bool) -> None:
    async with uow.savepoint():
        uow.add(person(uow, "пропало"))
        if not flush:
            await uow.flush()
        uow.add(replace(taken, first_name="двойник"))
        if flush:
            await uow.flush()


async def test_a_lock_taken_in_a_dropped_savepoint_is_taken_anew(postgres_store: Store) -> None:
    """PostgreSQL lets the lock go with the savepoint: what was read under it is old by then."""
    async with postgres_store.unit() as uow:
        key = uow.add(person(uow, "было")).id
    async with postgres_store.unit() as first:
        async with dropped(first):
            # The mark in the buffer becomes a savepoint of the database's.
            await first.flush()
            await first.lock(Person, key)
        await _rename(postgres_store, key)
        seen = await first.lock(Person, key)
        assert seen is not None
        assert seen.first_name == "стало"


async def _rename(store: Store, key: PersonId) -> None:
    async with store.unit() as second:
        locked = await second.lock(Person, key)
        assert locked is not None
        second.put(replace(locked, first_name="стало"))
