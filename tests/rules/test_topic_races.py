"""Two people say at the same moment what a case is about: transactions that really run at once."""

from __future__ import annotations

import pytest

from services import audit, topic_change
from services.errors import Denied, DomainError, OutOfDate
from services.intake import topic_measure
from services.model import Appeal, AppealId, Label
from storage.store import Store
from tests.rules.test_lifecycle_races import Act, _race, _take
from tests.support.desks import Office, office

CHOICES = {"Иван": "no_water", "Анна": "hot_water"}


@pytest.fixture
async def at(postgres_store: Store) -> Office:
    """An office on PostgreSQL."""
    return await office(postgres_store)


def _tell(at: Office, who: str, number: AppealId, topic: str, revision: int = 0) -> Act:
    return lambda desk: topic_change.tell(
        desk, actor=at.people[who].actor, appeal_id=number, topic=topic, revision=revision
    )


async def _facts(at: Office) -> dict[str, int]:
    """How many cases count under each topic."""
    async with at.store.reading() as uow:
        sums = await uow.statistics.sums(at.now.date(), at.now.date(), None)
    return {measure: n for (_block, measure), n in sums.items() if n and measure[:2] == "t:"}


async def test_of_two_topics_one_stands_and_the_other_is_told_which(at: Office) -> None:
    for told in range(1, 6):
        number = await at.report()
        acts = [_tell(at, who, number, topic) for who, topic in CHOICES.items()]
        results = await _race(at, number, *acts)
        (won,) = [r for r in results if isinstance(r, Appeal)]
        (lost,) = [r for r in results if not isinstance(r, Appeal)]
        winner = next(who for who, topic in CHOICES.items() if topic == won.topic)
        assert isinstance(lost, DomainError)
        assert (lost.code, lost.values) == ("topic_told", {"name": winner, "topic": won.topic})
        now = await at.picture(number)
        assert [e.code for e in now.events if e.action == "topic"] == [won.topic]
        assert audit.first_break(now.events) is None
        async with at.store.reading() as uow:
            assert [one.topic for one in await uow.by(Label, appeal_id=number)] == [won.topic]
        assert sum((await _facts(at)).values()) == told, "each case counts under one topic"


async def test_a_topic_and_a_taking_at_once_leave_both_or_the_holder_alone(at: Office) -> None:
    number = await at.report()
    results = await _race(
        at, number, _take(at, "Анна", number), _tell(at, "Иван", number, "no_water")
    )
    now = await at.picture(number)
    assert now.appeal.holder_id == at.people["Анна"].person.id
    if isinstance(results[1], Appeal):
        assert now.appeal.topic == "no_water"
    else:
        assert results[1].code == "held_by"
    assert audit.first_break(now.events) is None


async def test_whoever_has_no_right_changes_nothing(at: Office) -> None:
    number = await at.report()
    before = await at.picture(number)
    for who in ("Руслан", "Ольга", "Денис", "Мария"):
        (refused,) = await _race(at, number, _tell(at, who, number, "no_water"))
        assert isinstance(refused, Denied)
    assert await at.picture(number) == before
    assert topic_measure(before.appeal.topic or "") in await _facts(at)
    answer = await at.answered(number)
    assert answer
    (late,) = await _race(at, number, _tell(at, "Иван", number, "no_water"))
    assert isinstance(late, OutOfDate), "it was answered by the topic that it has"
