"""Facts of a day: a case is received once, and what is taken back is taken from its own day."""

from __future__ import annotations

from datetime import timedelta

from services import return_rules, triage
from services.intake import topic_measure
from services.model import Appeal
from tests.flows.conftest import Town, at_the_desk
from tests.flows.test_block_topics import YARD
from tests.flows.test_returns import ROADS, _give_back
from tests.flows.test_topic_change import NO_WATER, tell_topic

LEAK, HOLE = topic_measure("water_leak_road"), topic_measure("yard_pothole")
OPTION = "2. ЖКХ и энергетика"


async def _facts(town: Town, *measures: str) -> dict[tuple[int, str, str], int]:
    """(days ago, block, measure) → how many, those that are not zero."""
    app = town.hub.app
    today = app.clock.now().astimezone(app.town.calendar.zone).date()
    async with app.store.reading() as uow:
        found = await uow.statistics.by_day(today - timedelta(days=9), today, measures)
    return {((today - day).days, block, name): n for (day, block, name), n in found.items() if n}


async def test_what_is_taken_back_after_midnight_leaves_the_day_it_was_counted_on(
    town: Town,
) -> None:
    hub = town.hub
    await hub.say(town.maria, YARD)
    number = town.number(town.maria)
    await hub.press(town.dut, hub.last(town.triage, "куда?"), OPTION)
    assert await _facts(town, "received", LEAK, HOLE) == {
        (0, "HCS", "received"): 1,
        (0, "HCS", LEAK): 1,
    }
    await hub.go(timedelta(hours=15))
    await hub.press(town.dut, hub.last(town.triage, f"№ {number} →"), "Вернуть себе")
    assert await _facts(town, "received", LEAK, HOLE) == {}
    await hub.press(town.dut, hub.last(town.triage, f"№ {number} · куда?"), f"1. {ROADS}")
    assert await _facts(town, "received", LEAK, HOLE) == {
        (0, "ROD", "received"): 1,
        (0, "ROD", HOLE): 1,
    }


async def test_a_case_that_its_author_takes_up_again_was_received_before(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, YARD)
    number = town.number(town.maria)
    await hub.press(town.dut, hub.last(town.triage, "куда?"), OPTION)
    await hub.say(town.maria, "/my")
    listed = hub.last(town.maria, "Ваши сообщения")
    await hub.press(town.maria, listed, f"c1.case.{number}")
    await hub.press(town.maria, listed, "Забрать")
    await hub.press(town.maria, listed, f"c1.wdyes.{number}")
    await hub.go(timedelta(days=1))
    await hub.press(town.maria, listed, "Вернуть в работу")
    once = {(1, "HCS", "received"): 1, (1, "HCS", LEAK): 1}
    assert await _facts(town, "received", LEAK, HOLE) == once
    await tell_topic(town, number, NO_WATER, town.ivan)
    assert await _facts(town, "received", LEAK, topic_measure("no_water")) == {
        (1, "HCS", "received"): 1,
        (1, "HCS", topic_measure("no_water")): 1,
    }
    # Sent elsewhere it is counted where and when it comes to, once.
    await at_the_desk(town, town.dut, triage.undo, number)
    await hub.press(town.dut, hub.last(town.triage, f"№ {number} · куда?"), "2. Дороги")
    assert await _facts(town, "received") == {(0, "ROD", "received"): 1}


async def test_a_judged_answer_counts_by_its_last_verdict_on_the_day_of_each(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, await town.answered(number), "Решено")
    assert await _facts(town, "verdict_y", "verdict_n") == {(0, "HCS", "verdict_y"): 1}
    await hub.go(timedelta(days=1))
    await hub.say(town.maria, "/my")
    listed = hub.last(town.maria, "Ваши сообщения")
    await hub.press(town.maria, listed, f"c1.case.{number}")
    await hub.press(town.maria, listed, "Вернуть в работу")
    assert await _facts(town, "verdict_y", "verdict_n") == {(0, "HCS", "verdict_n"): 1}


async def test_a_photo_that_found_words_may_be_returned_like_any_case(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, photo=b"\x89PNG")
    number = town.number(town.maria)
    await hub.say(town.maria, town.REPORT)
    async with hub.app.store.reading() as uow:
        appeal = await uow.need(Appeal, number)
    assert appeal.block == "HCS"
    await _give_back(town, town.ivan, number, town.hcs, ROADS, "Это ливнёвка")
    await hub.press(town.dut, hub.last(town.triage, f"№ {number} · куда?"), f"1. {ROADS}")
    async with hub.app.store.reading() as uow:
        events = await uow.appeals.events_of(appeal.id)
    assert [r.block for r in return_rules.returns(events)] == ["HCS"]
