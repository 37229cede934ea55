"""What a new report is compared with: the same whether foreseen for a batch or asked alone."""

from __future__ import annotations

from functools import partial

from services import alike, intake
from services.model import Appeal, Corner, Person
from services.problem_rules import WINDOW, lasts, may_join
from storage.store import Store
from tests.support.desks import Office, office
from tests.support.statements import Statement, recorded

NO_WATER = "На Полевой у дома {} слабый напор воды, кран еле течёт"
DARK = "Не горит фонарь на Грибоедова 40, вечером темно на улице"
PAIRS = (("weak_water", "геленджик|полевая"), ("street_light", "геленджик|грибоедова"))


async def _answers(at: Office, *, foresee: bool) -> list[object]:
    async with at.store.reading() as uow:
        desk = at.desk(uow)
        if foresee:
            await alike.foresee(desk, [NO_WATER.format(1), DARK, "Здравствуйте"])
        since, lasting = at.now - WINDOW, partial(lasts, now=at.now)
        found: list[object] = []
        for topic, key in PAIRS:
            found.append(await uow.problems.near(topic, key, lasting))
            found.append(await uow.problems.authors_alike(topic, key, since, may_join))
        return found


async def test_what_was_foreseen_is_what_would_have_been_found(store: Store) -> None:
    at = await office(store)
    first = await at.report(NO_WATER.format(2), "Мария")
    await at.report(NO_WATER.format(4), "Пётр")
    asked = await _answers(at, foresee=False)
    async with store.reading() as uow:
        author = (await uow.need(Appeal, first)).person_id
    assert asked[0] is None
    assert isinstance(asked[1], set)
    assert author in asked[1]
    assert len(asked[1]) == 2
    assert asked[2:] == [None, set()]
    assert await _answers(at, foresee=True) == asked


async def test_a_report_of_the_same_transaction_is_counted_with_what_was_foreseen(
    store: Store,
) -> None:
    at = await office(store)
    await at.report(NO_WATER.format(2), "Мария")
    async with at.at_work() as desk:
        await alike.foresee(desk, [NO_WATER.format(6), DARK])
        who: Person = at.people["Пётр"].person
        await intake.register(desk, person=who, message=at.message("Пётр", NO_WATER.format(6)))
        topic, key = PAIRS[0]
        since = desk.now - WINDOW
        assert len(await desk.uow.problems.authors_alike(topic, key, since, may_join)) == 2


async def test_a_case_is_where_its_own_words_say(store: Store) -> None:
    at = await office(store)
    number = await at.report("Сухое дерево наклонилось над тротуаром на Кирова в Геленджике")
    async with store.reading() as uow:
        appeal = await uow.need(Appeal, number)
        # «ул. Кирова» alone would be one of two.
        assert appeal.place_key == "геленджик|кирова"


def _asked(statements: dict[str, Statement], table: str) -> int:
    about = "latitude BETWEEN" if table == "appeals" else "centre_id IS NOT NULL"
    return len([s for s in statements if about in s])


async def test_the_map_is_asked_only_by_whoever_is_on_it(store: Store) -> None:
    at = await office(store)

    async def register(name: str, text: str, place: Corner | None = None) -> tuple[int, int]:
        with recorded() as statements:
            async with at.at_work() as desk:
                message = at.message(name, text, place=place)
                await intake.register(desk, person=at.people[name].person, message=message)
        return _asked(statements, "appeals"), _asked(statements, "problems")

    assert await register("Мария", NO_WATER.format(2)) == (0, 0)
    assert await register("Пётр", NO_WATER.format(4)) == (0, 0), "a street without a point"
    assert await register("Мария", DARK, (44.561, 38.076)) == (1, 0), "nobody is near"
    assert await register("Пётр", DARK, (44.562, 38.076)) == (1, 1)


async def test_points_of_one_street_are_told_by_the_statement_that_counts_it(store: Store) -> None:
    at, point = await office(store), (44.561, 38.076)
    async with at.at_work() as desk:
        message = at.message("Мария", DARK, place=point)
        await intake.register(desk, person=at.people["Мария"].person, message=message)
    topic, key = PAIRS[1]
    for texts in ([], [NO_WATER.format(1), DARK]):
        async with store.reading() as uow:
            desk = at.desk(uow)
            await alike.foresee(desk, texts)
            since = at.now - WINDOW
            with recorded() as statements:
                assert await uow.problems.points_alike(topic, key, since, may_join) == [point]
                assert len(await uow.problems.authors_alike(topic, key, since, may_join)) == 1
            assert len(statements) == (0 if texts else 1)
