"""A morning read from the database, of either kind: the days behind, the ages of open cases."""

from __future__ import annotations

from datetime import date, timedelta

from services import digest_picture, reminders
from services.digest_picture import Aged, Flow, Punctual
from services.intake import count
from services.model import Appeal
from storage.store import Store
from tests.support.desks import office

TUESDAY = date(2026, 11, 24)
QUIET = "На Островского у дома 12 слабый напор воды, кран еле течёт"
"""Of ЖКХ: eight working days."""


async def test_ages_are_of_local_days_and_answered_cases_are_out(store: Store) -> None:
    work = await office(store)
    await work.report(QUIET)
    await work.answered(await work.report(QUIET, "Пётр"))
    work.move(days=6)
    await work.report("На Островского у дома 14 слабый напор воды, кран еле течёт")
    work.move(days=2)
    await work.report("На Мира у дома 3 слабый напор воды, кран еле течёт", "Пётр")
    # 00:12 of the 3rd in Gelendzhik, still the 2nd in UTC: on the 4th it is one day old.
    work.move(hours=14)
    await work.report("На Крымской у дома 5 слабый напор воды, кран еле течёт")
    async with work.at_work() as desk:
        mornings = {
            day: (await digest_picture.morning(desk, day=day)).ages
            for day in (date(2026, 12, 2), date(2026, 12, 3), date(2026, 12, 4), date(2026, 12, 5))
        }
    assert {
        day: [found.get(("HCS", band), (0, 0))[0] for band in range(4)]
        for day, found in mornings.items()
    } == {
        date(2026, 12, 2): [2, 1, 1, 0],
        date(2026, 12, 3): [2, 1, 0, 1],
        date(2026, 12, 4): [1, 1, 1, 1],
        date(2026, 12, 5): [0, 2, 1, 1],
    }


async def test_a_missed_answer_is_overdue_and_counted_against_its_block(store: Store) -> None:
    work = await office(store)
    number = await work.report(QUIET)
    await work.take("Иван", number)
    async with work.at_work() as desk:
        count(desk, await desk.uow.need(Appeal, number), "in_time", 4)
    work.move(days=14)
    async with work.at_work() as desk:
        await reminders.speak(desk)
    async with work.at_work() as desk:
        seen = await digest_picture.morning(desk, day=TUESDAY + timedelta(days=15))
    picture = digest_picture.of_blocks(seen, ("HCS", "ROD"))
    assert picture.ages == (Aged(), Aged(), Aged(), Aged(1, 1))
    assert picture.blocks == (Punctual("HCS", 0, 1),)
    assert picture.total == Flow()
    async with work.at_work() as desk:
        seen = await digest_picture.morning(desk, day=TUESDAY + timedelta(days=5))
    picture = digest_picture.of_blocks(seen, ("HCS",))
    assert picture.flow == (*[Flow()] * 2, Flow(1, 0), *[Flow()] * 4)
    assert picture.blocks == (Punctual("HCS", 4, 4),)
    assert digest_picture.of_blocks(seen, ("ROD",)).blank
