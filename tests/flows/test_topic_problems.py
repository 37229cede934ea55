"""A report of a mass problem that staff say is about something else."""

from __future__ import annotations

from services import weighing
from services.model import Appeal, AppealId, Label, State
from services.notices import Kind
from tests.flows.conftest import Person, Town, at_the_desk
from tests.flows.test_problems import DRY, reports
from tests.flows.test_topic_change import NO_WATER, tell_topic

PROPOSED = "Похоже на одну проблему"


async def _appeal(town: Town, number: int) -> Appeal:
    async with town.hub.app.store.reading() as uow:
        return await uow.need(Appeal, number)


async def _more(town: Town, number: int) -> Person:
    """«Ещё» of a problem's card."""
    await town.hub.press(town.ivan, town.card(number, part="Проблема"), "Ещё")
    return town.hub.last(town.hcs, f"№ {number}: что ещё?")


async def test_what_is_proposed_counts_only_what_is_alike(town: Town) -> None:
    hub = town.hub
    (_a, first), (_b, second), (_c, third) = await reports(
        town, *(DRY.format(house=n) for n in (1, 2, 3))
    )
    assert "3 сообщения, слабый напор воды" in hub.last(town.triage, PROPOSED)["text"]
    await tell_topic(town, first, NO_WATER, town.ivan)
    asked = hub.last(town.triage, PROPOSED)
    assert "2 сообщения, слабый напор воды, ул. Островского" in asked["text"]
    await hub.press(town.ivan, hub.last(town.hcs, "Указал(а) Иван"), "Отменить смену темы")
    assert "3 сообщения" in hub.last(town.triage, PROPOSED)["text"]
    await tell_topic(town, first, NO_WATER, town.ivan)
    await hub.press(town.dut, hub.last(town.triage, PROPOSED), "Объединить")
    assert "написали: 2" in town.card(second, part="Проблема")["text"]
    assert (await _appeal(town, first)).state is State.ASSIGNED, "it is no part of it"
    assert (await _appeal(town, third)).state is State.MERGED


async def test_the_lead_is_about_something_else_and_its_followers_stay(town: Town) -> None:
    hub = town.hub
    people = await reports(town, *(DRY.format(house=n) for n in (1, 2, 3)))
    (_a, first), (_b, second), (_c, third) = people
    await hub.press(town.dut, hub.last(town.triage, PROPOSED), "Объединить")
    await hub.press(town.ivan, town.card(first, part="Проблема"), "Взять")
    more = await _more(town, first)
    await hub.press(town.ivan, more, "Другая тема")
    await hub.press(town.ivan, hub.last(town.hcs, "О чём на самом деле?"), "Назад")
    await hub.press(town.ivan, await _more(town, first), "Другая тема")
    menu = hub.last(town.hcs, "О чём на самом деле?")
    assert await hub.press(town.ivan, menu, NO_WATER) == "Тема: нет воды"
    assert not hub.world.find(town.hcs["id"], "О чём на самом деле?")
    card = town.card(first, part="Проблема")["text"]
    assert "написали: 3" in card
    assert "\nнет воды\n" in card
    assert [(await _appeal(town, n)).topic for n in (second, third)] == ["weak_water"] * 2
    # People go on calling it as they did, and belong to it all the same.
    await reports(town, DRY.format(house=4))
    assert "написали: 4" in town.card(first, part="Проблема")["text"]
    async with hub.app.store.reading() as uow:
        labels = await uow.select(Label)
        assert (await uow.problems.led_by(AppealId(first))).topic == "weak_water"
    assert [(label.appeal_id, label.topic) for label in labels] == [(first, "no_water")]
    # What is parted from it is what its author wrote, until somebody says otherwise.
    await hub.press(town.ivan, await _more(town, first), "Отделить")
    asked = hub.last(town.hcs, "какой номер о другом?")
    await hub.say(town.ivan, str(second), chat=town.hcs, reply_to=asked["message_id"])
    assert "\nслабый напор воды\n" in town.card(second)["text"]
    assert await tell_topic(town, second, "вода в подвале", town.ivan) == "Тема: вода в подвале"
    assert "написали: 3" in town.card(first, part="Проблема")["text"]
    await hub.press(town.ivan, await town.redraft(first), "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    assert hub.last(people[2][0], f"Ответ по № {third}")


async def _sent(town: Town, number: int, kind: Kind) -> list[str]:
    async with town.hub.app.store.reading() as uow:
        rows = await uow.outbox.of_appeal(number)
    return [row.state for row in rows if row.kind == kind]


async def test_whoever_follows_it_sees_the_sooner_date_at_once(town: Town) -> None:
    hub = town.hub
    people = await reports(town, *(DRY.format(house=n) for n in (1, 2, 3)))
    (_a, first), (same, second), (silent, third) = people
    await hub.press(town.dut, hub.last(town.triage, PROPOSED), "Объединить")
    await hub.press(same, hub.last(same, "У вас то же самое?"), "У меня тоже")
    later = await hub.citizen("Позже")
    await hub.say(later, DRY.format(house=4))
    fourth = town.number(later)
    old, new = "Ответим всем до пт, 4 декабря, 17:00", "Ответим всем до чт, 3 декабря, 18:00"
    for person in (same, silent, later):
        assert old in hub.last(person, "Поняли так")["text"]
    assert old in hub.last(silent, "У вас то же самое?")["text"]
    before = [len(hub.texts(person)) for person in (same, silent, later)]
    edits = [len(await _sent(town, n, Kind.RECEIPT)) for n in (second, third, fourth)]
    await hub.press(town.ivan, await _more(town, first), "Другая тема")
    await hub.press(town.ivan, hub.last(town.hcs, "О чём на самом деле?"), NO_WATER)
    for person in (same, silent, later):
        assert new in hub.last(person, "Поняли так")["text"]
        assert not hub.world.find(person["id"], old)
    assert new in hub.last(silent, "У вас то же самое?")["text"]
    assert "У вас то же самое?" in hub.last(later, "Поняли так")["text"]
    assert hub.last(same, "Записали"), "what was answered is asked no more"
    assert not hub.world.find(same["id"], "У вас то же самое?")
    assert before == [len(hub.texts(person)) for person in (same, silent, later)], "no new message"
    now = [len(await _sent(town, n, Kind.RECEIPT)) for n in (second, third, fourth)]
    assert now == [n + 1 for n in edits], "one edit each"
    await hub.press(town.ivan, hub.last(town.hcs, "Указал(а) Иван"), "Отменить смену темы")
    for person in (same, silent, later):
        assert old in hub.last(person, "Поняли так")["text"]
    assert "чт, 3 декабря" not in hub.last(silent, "У вас то же самое?")["text"]
    # By «Важность» it is the same.
    await at_the_desk(town, town.dut, weighing.weigh, first, urgency="high")
    for person in (same, silent, later):
        assert new in hub.last(person, "Поняли так")["text"]
