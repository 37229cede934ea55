"""The unit of work: writes wait in a buffer, reading sees them all the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import event

from services.model import Account, Dialog, Person, PersonId
from storage import tables
from storage.store import Store
from storage.unit import ReadOnly
from tests.storage.samples import NOON, person

DAY = date(2026, 11, 24)


@contextmanager
def statements(store: Store) -> Iterator[list[tuple[str, int]]]:
    """What goes to the database meanwhile: (first words, rows)."""
    seen: list[tuple[str, int]] = []

    def note(_c: Any, _cursor: Any, text: str, rows: Any, _context: Any, many: bool) -> None:
        words = text.split()
        seen.append((" ".join(words[: 2 if words[0] == "UPDATE" else 3]), len(rows) if many else 1))

    engine = store.engines.writer.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)


async def test_changes_of_one_row_go_out_as_one(store: Store) -> None:
    async with store.unit() as uow:
        old = uow.add(person(uow, "старая"))
    async with store.unit() as uow:
        with statements(store) as sent:
            for name in ("а", "б", "в"):
                uow.put(replace(old, first_name=name))
            new = uow.add(person(uow, "новая"))
            uow.put(replace(new, first_name="сразу другая"))
            await uow.flush()
        assert sent == [("INSERT INTO people", 1), ("UPDATE people", 1)]
    async with store.reading() as uow:
        names = [p.first_name for p in await uow.select(Person, order=[tables.people.c.id])]
    assert names == ["в", "сразу другая"]


async def test_rows_of_a_table_go_out_in_one_call_and_parents_first(store: Store) -> None:
    async with store.unit() as uow:
        with statements(store) as sent:
            for name in ("а", "б", "в"):
                who = PersonId(uow.new_id(Person))
                uow.add(Account(uow.new_id(Account), "t", name, who, True, None))
                uow.add(Person(who, name, "ru", None, None, NOON))
            await uow.flush()
    assert sent == [("INSERT INTO people", 3), ("INSERT INTO accounts", 3)]


async def test_nothing_is_sent_while_nobody_asks(store: Store) -> None:
    async with store.unit() as uow:
        with statements(store) as sent:
            async with uow.savepoint():
                uow.add(person(uow))
        assert sent == []


async def test_reading_sees_unsent_writes(store: Store) -> None:
    async with store.unit() as uow:
        who = uow.add(person(uow, "Мария"))
        assert await uow.select(Person, tables.people.c.first_name == "Мария") == [who]
        uow.put(replace(who, first_name="Анна"))
        assert await uow.select(Person, tables.people.c.first_name == "Мария") == []
        assert await uow.need(Person, who.id) == replace(who, first_name="Анна")


async def test_a_query_on_another_table_sends_nothing(store: Store) -> None:
    async with store.unit() as uow:
        uow.add(person(uow))
        with statements(store) as sent:
            await uow.select(Dialog)
        assert all(words.startswith("SELECT") for words, _ in sent)


async def test_a_known_row_is_not_read_again(store: Store) -> None:
    async with store.unit() as uow:
        key = uow.add(person(uow)).id
    async with store.unit() as uow:
        first = await uow.need(Person, key)
        with statements(store) as sent:
            assert await uow.need(Person, key) is first
        assert sent == []


async def test_what_is_not_there(store: Store) -> None:
    async with store.reading() as uow:
        assert await uow.get(Person, 404) is None
        with pytest.raises(LookupError):
            await uow.need(Person, 404)


async def test_an_error_rolls_everything_back(store: Store) -> None:
    async def fail() -> None:
        async with store.unit() as uow:
            uow.add(person(uow))
            await uow.flush()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with store.reading() as uow:
        assert await uow.select(Person) == []


async def test_a_reading_unit_refuses_writes(store: Store) -> None:
    async with store.reading() as uow:
        with pytest.raises(ReadOnly):
            uow.new_id(Person)
        with pytest.raises(ReadOnly):
            uow.add(Person(PersonId(1), "А", "ru", None, None, NOON))
        with pytest.raises(ReadOnly):
            uow.statistics.bump(DAY, "HCS", "received")


async def test_a_commit_wakes_and_a_rollback_does_not(store: Store) -> None:
    woken = []
    store.on_commit = lambda _uow: woken.append(1)
    async with store.unit() as uow:
        uow.add(person(uow))
        assert woken == []
    assert woken == [1]


async def test_daily_facts_add_up(store: Store) -> None:
    async with store.unit() as uow:
        uow.statistics.bump(DAY, "HCS", "received")
        uow.statistics.bump(DAY, "HCS", "received", 2)
        await uow.flush()
        uow.statistics.bump(DAY, "HCS", "received")
        uow.statistics.bump(DAY, None, "received")
    async with store.reading() as uow:
        sums = await uow.statistics.sums(DAY, DAY, None)
        assert sums == {("HCS", "received"): 4, ("-", "received"): 1}
        assert await uow.statistics.sums(DAY, DAY, ["ROD"]) == {}


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 24, 10, 12, 0, 123456, tzinfo=timezone(timedelta(hours=3))),
        datetime(1970, 1, 1, tzinfo=UTC),
        datetime(1969, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
    ],
)
async def test_a_moment_comes_back_to_the_microsecond(store: Store, moment: datetime) -> None:
    async with store.unit() as uow:
        key = uow.add(replace(person(uow), created_at=moment)).id
    async with store.reading() as uow:
        found = (await uow.need(Person, key)).created_at
        assert found == moment
        assert found.tzinfo is UTC
        people = tables.people.c
        assert await uow.select(Person, people.created_at <= moment)
        assert not await uow.select(Person, people.created_at < moment)
