"""What staff say about whose a case is, is kept as labels; the citizen's words go with his data."""

from __future__ import annotations

from pathlib import Path

from services.model import Appeal, Because, Label, Person
from services.teaching import BEGINNING
from tests.flows.conftest import Town, settle_in
from tests.flows.test_forget import forget
from tests.flows.test_returns import ROADS, _give_back
from tests.flows.test_topic_change import NO_WATER, tell_topic
from tests.support.hub import hub

VAGUE = "Сделайте уже наконец хоть что-нибудь, безобразие, мой телефон 89181234567"


async def _label(town: Town, number: int) -> Label | None:
    async with town.hub.app.store.reading() as uow:
        found = await uow.by(Label, appeal_id=number)
    return found[0] if found else None


async def _name(town: Town, label: Label) -> str:
    assert label.person_id is not None
    async with town.hub.app.store.reading() as uow:
        return (await uow.need(Person, label.person_id)).first_name


async def _choose(town: Town, block: str) -> None:
    await town.hub.press(town.dut, town.hub.last(town.triage, "куда?"), "Другой блок")
    await town.hub.press(town.dut, town.hub.last(town.triage, "какой блок?"), block)


async def test_the_duty_officers_choice_is_a_label_and_taking_it_back_takes_it_away(
    database: str, tmp_path: Path
) -> None:
    async with hub(tmp_path, database=database) as running:
        town = await settle_in(running)
        await running.say(town.maria, VAGUE)
        number = town.number(town.maria)
        assert await _label(town, number) is None
        await _choose(town, ROADS)
        label = await _label(town, number)
        assert label is not None
        assert (label.block, label.because) == ("ROD", Because.CHOSEN)
        assert "Дороги" in label.groups
        assert label.topic is None, "a block tells no topic"
        assert "89181234567" not in label.text
        assert label.text.startswith("Сделайте уже наконец")
        assert await _name(town, label) == "Дарья"
        await running.press(town.dut, running.last(town.triage, f"№ {number} →"), "Вернуть себе")
        assert await _label(town, number) is None
        await _choose(town, "ЖКХ и энергетика")
        assert (label := await _label(town, number)) is not None
        assert label.block == "HCS"
        # What a person said is worth more than that it was closed there afterwards.
        await running.press(town.maria, await town.answered(number), "Решено")
        assert (after := await _label(town, number)) is not None
        assert after == label
        await forget(town, town.maria)
        assert (left := await _label(town, number)) is not None
        assert (left.text, left.block) == ("", "HCS")
        async with running.app.store.reading() as uow:
            assert await uow.labels.newest(limit=10) == []
            assert await uow.labels.count(since=BEGINNING) == 1


async def test_what_the_hub_sent_and_the_block_closed_is_confirmed(town: Town) -> None:
    number = await town.open_case()
    await town.hub.press(town.maria, await town.answered(number), "Не решено")
    assert await _label(town, number) is None, "it goes on"
    await town.hub.press(town.ivan, await town.draft(number), "m1.send")
    await town.hub.press(town.olga, town.hub.last(town.quality, "проверить"), "Пропустить")
    await town.hub.press(town.maria, town.hub.last(town.maria, "Получилось?"), "Решено")
    label = await _label(town, number)
    assert label is not None
    assert (label.block, label.because, label.person_id) == ("HCS", Because.CONFIRMED, None)


async def test_a_return_that_was_judged_is_a_label(town: Town) -> None:
    number = await town.open_case()
    await _give_back(town, town.ivan, number, town.hcs, ROADS, "Это ливнёвка")
    assert await _label(town, number) is None, "nobody has judged it yet"
    await town.hub.press(town.dut, town.hub.last(town.triage, "куда?"), f"1. {ROADS}")
    label = await _label(town, number)
    assert label is not None
    assert (label.block, label.because) == ("ROD", Because.RETURNED)


async def test_the_wrong_department_is_a_label_once_a_person_moved_it(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, hub.last(town.maria, "Поняли так"), "Не тот отдел")
    await hub.press(town.maria, hub.last(town.maria, "Кто, по-вашему"), "Не знаю")
    assert await _label(town, number) is None
    await hub.press(town.dut, hub.last(town.triage, "Житель считает"), "Другой блок")
    await hub.press(town.dut, hub.last(town.triage, "какой блок?"), ROADS)
    label = await _label(town, number)
    assert label is not None
    assert (label.block, label.because) == ("ROD", Because.MOVED)


async def test_the_door_that_an_emergency_names_is_in_no_label(town: Town) -> None:
    hub = town.hub
    report = "Пожар в квартире 45 на Островского 12, горит щиток"
    await hub.say(town.maria, report)
    number = town.number(town.maria)
    async with hub.app.store.reading() as uow:
        appeal = await uow.need(Appeal, number)
    assert "45" in appeal.text, "who goes there needs the door"
    await hub.press(town.maria, hub.last(town.maria, f"№ {number}"), "Не тот отдел")
    await hub.press(town.maria, hub.last(town.maria, "Кто, по-вашему"), "Не знаю")
    await hub.press(town.dut, hub.last(town.triage, "Житель считает"), "Другой блок")
    await hub.press(town.dut, hub.last(town.triage, "какой блок?"), ROADS)
    label = await _label(town, number)
    assert label is not None
    assert "45" not in label.text


async def test_a_topic_that_staff_told_keeps_no_words_of_who_went(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await tell_topic(town, number, NO_WATER, town.ivan)
    said = hub.last(town.hcs, "Указал(а) Иван")
    await forget(town, town.maria)
    label = await _label(town, number)
    assert label is not None
    assert (label.text, label.topic) == ("", "no_water")
    assert await hub.press(town.ivan, said, "Отменить смену темы") != "Отменили, всё как было"
    async with hub.app.store.reading() as uow:
        assert (await uow.need(Appeal, number)).topic == "no_water"
