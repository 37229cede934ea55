"""What a case is about follows it to the block that it is sent to (conversations.md §2.8)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.model import Appeal, Because, Event, Label
from services.policies import Urgency
from tests.flows.conftest import Town
from tests.flows.test_returns import ROADS, _give_back
from tests.flows.test_topic_change import NO_WATER, _counted, tell_topic

YARD = "Во дворе дома 12 на Островского яма, течёт вода из люка"
"""A hole for the roads, a leak for the pipes, a yard for improvement: the duty officer chooses."""


async def _case(town: Town, number: int) -> tuple[Appeal, list[Event], Label | None]:
    async with town.hub.app.store.reading() as uow:
        appeal = await uow.need(Appeal, number)
        events = await uow.appeals.events_of(appeal.id)
        return appeal, events, next(iter(await uow.by(Label, appeal_id=number)), None)


async def _to_triage(town: Town) -> int:
    await town.hub.say(town.maria, YARD)
    return town.number(town.maria)


def _receipt(town: Town) -> str:
    return str(town.hub.last(town.maria, "Поняли так")["text"])


async def _pick(town: Town, number: int, option: str) -> Any:
    return await town.hub.press(town.dut, town.hub.last(town.triage, f"№ {number} · куда?"), option)


async def test_the_option_that_is_picked_is_what_the_case_is_about(town: Town) -> None:
    hub = town.hub
    number = await _to_triage(town)
    before = _receipt(town)
    assert "ямы во дворе" in before
    await _pick(town, number, "2. ЖКХ и энергетика")
    appeal, events, label = await _case(town, number)
    assert (appeal.block, appeal.topic) == ("HCS", "water_leak_road")
    assert appeal.urgency is Urgency.HIGH, "a leak is more urgent than a hole"
    assert [e.action for e in events] == ["register", "route", "weigh"]
    assert label is not None
    assert (label.block, label.topic, label.because) == ("HCS", None, Because.CHOSEN)
    card = town.card(number)["text"]
    assert "протечка воды на дороге" in card
    assert "Почему сюда" in card
    receipt = _receipt(town)
    assert "протечка воды на дороге" in receipt
    assert "чт, 3 декабря, 18:00" in receipt
    assert await _counted(town, "water_leak_road") == 1
    assert await _counted(town, "yard_pothole") == 0
    # A slip of the finger: all is as it was, the date too.
    await hub.press(town.dut, hub.last(town.triage, f"№ {number} →"), "Вернуть себе")
    appeal, _events, label = await _case(town, number)
    assert (appeal.block, appeal.topic, appeal.urgency) == (None, "yard_pothole", Urgency.NORMAL)
    assert label is None
    assert _receipt(town) == before
    assert await _counted(town, "water_leak_road") == 0
    await _pick(town, number, "2. ЖКХ и энергетика")
    await hub.press(town.ivan, town.card(number), "История")
    hub.world.start(town.ivan, f"h_{number}")
    await hub.settle()
    history = hub.last(town.ivan, "история")["text"]
    assert (
        "передано в блок: ЖКХ и энергетика · тема: ямы во дворе → протечка воды на дороге"
        in history
    )


async def test_taken_back_later_it_keeps_the_sooner_date(town: Town) -> None:
    hub = town.hub
    number = await _to_triage(town)
    await _pick(town, number, "2. ЖКХ и энергетика")
    await hub.go(timedelta(minutes=5))
    await hub.press(town.dut, hub.last(town.triage, f"№ {number} →"), "Вернуть себе")
    appeal, _events, _label = await _case(town, number)
    assert (appeal.topic, appeal.urgency) == ("yard_pothole", Urgency.HIGH)
    await _pick(town, number, "3. Благоустройство…")
    appeal, _events, _label = await _case(town, number)
    assert (appeal.topic, appeal.urgency) == ("yard", Urgency.HIGH)


async def test_what_a_person_told_is_kept_by_its_block_and_only_there(town: Town) -> None:
    hub = town.hub
    number = await _to_triage(town)
    await hub.press(town.dut, hub.last(town.triage, "куда?"), "Ещё")
    await hub.press(town.dut, hub.last(town.triage, "что ещё?"), "Тема")
    await hub.press(town.dut, hub.last(town.triage, "сейчас тема"), "По блокам")
    await hub.press(town.dut, hub.last(town.triage, "какого блока?"), "ЖКХ и энергетика")
    await hub.press(town.dut, hub.last(town.triage, "сейчас тема"), "протечка воды на дороге")
    await _pick(town, number, "2. Дороги")
    appeal, _events, label = await _case(town, number)
    assert (appeal.block, appeal.topic) == ("ROD", "yard_pothole")
    assert label is not None
    assert (label.block, label.topic) == ("ROD", None)
    await hub.press(town.dut, hub.last(town.triage, f"№ {number} →"), "Вернуть себе")
    appeal, _events, label = await _case(town, number)
    assert appeal.topic == "water_leak_road"
    assert label is not None
    assert (label.block, label.topic, label.because) == ("HCS", "water_leak_road", Because.TOPIC)
    await _pick(town, number, "1. ЖКХ и энергетика")
    appeal, _events, label = await _case(town, number)
    assert appeal.topic == "water_leak_road"
    assert label is not None
    assert (label.topic, label.because) == ("water_leak_road", Because.CHOSEN)


async def test_another_block_has_no_foreign_topic(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await tell_topic(town, number, NO_WATER, town.ivan)
    await _give_back(town, town.ivan, number, town.hcs, ROADS, "Это ливнёвка")
    assert (await _case(town, number))[0].topic == "no_water", "nobody has judged it yet"
    await _pick(town, number, f"1. {ROADS}")
    appeal, _events, _label = await _case(town, number)
    assert (appeal.block, appeal.topic) == ("ROD", "im.roads"), "the words name none of the roads'"
    assert (await _counted(town, "no_water"), await _counted(town, "im.roads")) == (0, 1)
    assert "Указал(а) Иван" not in town.card(number, town.rod)["text"]
    # What it was about there is no more his to take back.
    said = hub.last(town.hcs, f"№ {number}, тема: нет воды")
    assert await hub.press(town.ivan, said, f"s1.untopic.{number}.3") != "Отменили, всё как было"


async def test_the_final_decision_says_what_it_is_about_too(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await _give_back(town, town.ivan, number, town.hcs, ROADS, "Не наша труба")
    await _pick(town, number, f"1. {ROADS}")
    await _give_back(town, town.road, number, town.rod, "Благоустройство и о…", "Двор — не дорога")
    asked = hub.last(town.head, f"№ {number}: два отказа, решаете вы")
    await hub.press(town.head, asked, "ЖКХ и энергетика")
    await hub.press(town.head, hub.last(town.head, "Чей отказ"), "Ни один")
    await hub.say(town.head, "Вода из трубы, труба ваша")
    appeal, events, _label = await _case(town, number)
    assert (appeal.block, appeal.topic) == ("HCS", "weak_water")
    assert [e.action for e in events[-2:]] == ["decide_return", "topic"]
    assert "Тема: " not in town.card(number)["text"], "nobody told it"


async def test_a_danger_that_names_its_block_names_the_topic(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "На детской площадке у дома 12 на Островского пахнет газом")
    appeal, _events, _label = await _case(town, town.number(town.maria))
    assert (appeal.block, appeal.topic) == ("HCS", "gas_supply"), (
        "the playground is another block's"
    )
    assert await _counted(town, "gas_supply") == 1
