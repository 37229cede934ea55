"""Any nesting of writes, flushes, reads and savepoints ends as a plain dictionary would."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.model import Person, PersonId
from storage import tables
from storage.store import Store
from storage.unit import UnitOfWork
from tests.storage.samples import person

Script = list[Any]

_plain = st.sampled_from(["add", "flush", "select"])
_change = st.tuples(st.sampled_from(["put", "remove"]), st.integers(0, 5))
_step = st.recursive(
    st.one_of(_plain, _change),
    lambda inner: st.tuples(
        st.just("savepoint"), st.booleans(), st.lists(inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
)
scripts = st.lists(_step, min_size=1, max_size=6)
quick = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Dropped(Exception):
    """The script says that this savepoint does not hold."""


class Run:
    """A script played on a unit of work and, beside it, on a dictionary."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self.expected: dict[PersonId, str] = {}
        self._serial = 0

    async def play(self, script: Script) -> None:
        for step in script:
            match step:
                case "add":
                    added = self.uow.add(person(self.uow, self._word()))
                    self.expected[added.id] = added.first_name
                case "flush":
                    await self.uow.flush()
                case "select":
                    assert await self._found() == self.expected
                case ("savepoint", holds, inner):
                    await self._savepoint(inner, holds)
                case (change, number):
                    await self._change(change, number)
            await self._known()

    def _word(self) -> str:
        self._serial += 1
        return f"имя {self._serial}"

    async def _savepoint(self, script: Script, holds: bool) -> None:
        before = dict(self.expected)
        with suppress(Dropped):
            async with self.uow.savepoint():
                await self.play(script)
                if not holds:
                    raise Dropped
        if not holds:
            self.expected = before

    async def _change(self, change: str, number: int) -> None:
        if not self.expected:
            return
        key = sorted(self.expected)[number % len(self.expected)]
        found = await self.uow.need(Person, key)
        if change == "remove":
            self.uow.remove(found)
            del self.expected[key]
        else:
            self.expected[key] = self.uow.put(replace(found, first_name=self._word())).first_name

    async def _found(self) -> dict[PersonId, str]:
        return {row.id: row.first_name for row in await self.uow.select(Person)}

    async def _known(self) -> None:
        for key, name in self.expected.items():
            assert (await self.uow.need(Person, key)).first_name == name


@quick
@given(script=scripts)
async def test_a_unit_of_work_does_what_a_dictionary_does(store: Store, script: Script) -> None:
    async with store.unit() as uow:
        await uow.connection.execute(tables.people.delete())
        run = Run(uow)
        await run.play(script)
    async with store.reading() as uow:
        kept = {row.id: row.first_name for row in await uow.select(Person)}
    assert kept == run.expected
