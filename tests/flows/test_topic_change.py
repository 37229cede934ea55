"""«Другая тема»: staff say what a case is about (conversations.md §2.3, §2.8)."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from services import topic_change
from services.errors import Denied, DomainError
from services.intake import topic_measure
from services.model import Appeal, Because, Label
from services.policies import Urgency
from tests.flows.conftest import Person, Town, at_the_desk

NO_WATER = "нет воды"
VAGUE = "Сделайте уже наконец хоть что-нибудь, безобразие"


def _keys(message: Person) -> list[list[str]]:
    rows: list[list[dict[str, Any]]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[button["text"] for button in row] for row in rows]


def _data(message: Person, text: str) -> str:
    rows = message["reply_markup"]["inline_keyboard"]
    return next(str(b["callback_data"]) for row in rows for b in row if b["text"] == text)


async def open_topics(town: Town, number: int, who: Person) -> Person:
    """«Передать», «Другая тема»; returns the menu."""
    await town.hub.press(who, town.card(number), "Передать")
    await town.hub.press(who, town.hub.last(town.hcs, f"№ {number}: кому?"), "Другая тема")
    return _asked(town, number)


def _asked(town: Town, number: int) -> Person:
    """The menu of topics, whether the case has one or not."""
    asked = town.hub.world.find(town.hcs["id"], f"№ {number}: о чём это?")
    return asked or town.hub.last(town.hcs, f"№ {number}, сейчас тема")


async def tell_topic(town: Town, number: int, topic: str, who: Person) -> str | None:
    """Opens the menu and turns its pages to the topic; returns the toast."""
    menu = await open_topics(town, number, who)
    while not any(topic in row for row in _keys(menu)):
        await town.hub.press(who, menu, "›")
        menu = _asked(town, number)
    return await town.hub.press(who, menu, topic)


async def _appeal(town: Town, number: int) -> Appeal:
    async with town.hub.app.store.reading() as uow:
        return await uow.need(Appeal, number)


async def _label(town: Town, number: int) -> Label | None:
    async with town.hub.app.store.reading() as uow:
        return next(iter(await uow.by(Label, appeal_id=number)), None)


async def _counted(town: Town, topic: str) -> int:
    app = town.hub.app
    async with app.store.reading() as uow:
        today = app.clock.now().date()
        sums = await uow.statistics.sums(today - timedelta(days=9), today, None)
    return sum(n for (_block, measure), n in sums.items() if measure == topic_measure(topic))


async def test_a_topic_is_told_shown_and_learnt_from(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    assert await _counted(town, "weak_water") == 1
    menu = await open_topics(town, number, town.ivan)
    assert menu["text"] == f"№ {number}, сейчас тема: слабый напор воды. О чём на самом деле?"
    keys = _keys(menu)
    assert keys[-1] == ["›", "Назад"]
    assert len(keys) == 7, "six topics, one a row"
    assert ["слабый напор воды"] not in keys, "it stands already"
    await hub.press(town.ivan, menu, "Назад")
    assert await tell_topic(town, number, NO_WATER, town.ivan) == "Тема: нет воды"
    card = town.card(number)["text"]
    assert "\nнет воды\n" in card
    assert "Тема: нет воды · Иван, 24.11 10:12" in card
    assert "Почему сюда" not in card, "that was said of another topic"
    assert "Поняли так: нет воды" in hub.last(town.maria, "Поняли так")["text"]
    assert not hub.world.find(town.hcs["id"], "О чём на самом деле?"), "the menu is gone"
    label = await _label(town, number)
    assert label is not None
    assert (label.topic, label.groups, label.block) == ("no_water", ["ЖКХ"], "HCS")
    assert label.because is Because.TOPIC
    assert (await _counted(town, "weak_water"), await _counted(town, "no_water")) == (0, 1)
    # Whose it is was said before or is said later: what it is about stays said.
    await hub.press(town.maria, await town.answered(number), "Решено")
    after = await _label(town, number)
    assert after == label


async def test_a_more_urgent_topic_shortens_and_no_topic_lengthens(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    assert "пт, 4 декабря, 17:00" in hub.last(town.maria, "Поняли так")["text"]
    await tell_topic(town, number, NO_WATER, town.ivan)
    said = hub.last(town.hcs, f"№ {number}, тема: нет воды. Указал(а) Иван.")
    assert "По теме важнее: высокая важность, срок чт 3.12 18:00." in said["text"]
    assert said["disable_notification"]
    assert "чт, 3 декабря, 18:00" in hub.last(town.maria, "Поняли так")["text"]
    # Undone within the minute all is as it was, the date too.
    assert await hub.press(town.ivan, said, "Отменить смену темы") == "Отменили, всё как было"
    assert "пт, 4 декабря, 17:00" in hub.last(town.maria, "Поняли так")["text"]
    assert "Почему сюда" in town.card(number)["text"]
    assert hub.last(town.hcs, f"№ {number}: смену темы отменили.")
    assert await _label(town, number) is None
    assert (await _counted(town, "weak_water"), await _counted(town, "no_water")) == (1, 0)
    # Told again, it stays; a calmer topic takes no day back, whoever says it.
    await tell_topic(town, number, NO_WATER, town.ivan)
    await hub.go(timedelta(seconds=62))
    assert _keys(hub.last(town.hcs, f"№ {number}, тема: нет воды")) == []
    await tell_topic(town, number, "счета за ЖКУ", town.ivan)
    assert "чт, 3 декабря, 18:00" in hub.last(town.maria, "Поняли так")["text"]
    assert (await _appeal(town, number)).urgency is Urgency.HIGH


async def test_a_question_that_is_a_matter_of_days_keeps_its_sooner_date(town: Town) -> None:
    number = await town.open_case("Почему выросли счета за ЖКУ, объясните квитанцию за отопление?")
    before = await _appeal(town, number)
    assert before.urgency is Urgency.QUESTION
    due = town.hub.last(town.maria, "Ответим до")["text"].split("Ответим до")[1]
    await tell_topic(town, number, "капитальный ремонт дома", town.ivan)
    assert (await _appeal(town, number)).urgency is Urgency.QUESTION
    assert due in town.hub.last(town.maria, "Поняли так: капитальный ремонт дома")["text"]


async def test_what_solved_needs_follows_the_topic(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    draft = await town.draft(number)
    assert "Нет фото" not in draft["text"]
    await tell_topic(town, number, "вода в подвале", town.ivan)
    needed = "Для «решено» по этой теме нужно фото «после»"
    assert f"{needed}." in hub.last(town.hcs, "Указал(а) Иван")["text"]
    draft = hub.last(town.hcs, "ещё не отправлен")
    assert "Нет фото" in draft["text"]
    assert await hub.press(town.ivan, draft, "m1.send") == needed
    await tell_topic(town, number, "слабый напор воды", town.ivan)
    await hub.press(town.ivan, hub.last(town.hcs, "ещё не отправлен"), "m1.send")
    assert hub.last(town.quality, "проверить"), "it can go now"
    assert "Передать" not in str(_keys(town.card(number))), "by another topic it would be judged"


async def test_who_may_and_who_may_not(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    stranger = "Это карточка блока «ЖКХ и энергетика», у вас нет в нём роли"
    assert await hub.press(town.road, town.card(number), "Передать") == stranger
    menu = await open_topics(town, number, town.ivan)
    assert await hub.press(town.pavel, menu, NO_WATER) == "Меню открыл(а) Иван"
    with pytest.raises(Denied):
        await at_the_desk(town, town.road, topic_change.tell, number, topic="no_water", revision=0)
    # Another block's topic is no change of the topic but a return.
    with pytest.raises(DomainError, match="no_such_topic"):
        await at_the_desk(town, town.ivan, topic_change.tell, number, topic="pothole", revision=0)
    await hub.press(town.pavel, town.card(number), "Взять")
    held = "Держит Павел. Попросите передать"
    assert await hub.press(town.ivan, menu, NO_WATER) == held
    await at_the_desk(town, town.dut, topic_change.tell, number, topic="no_water", revision=0)
    assert "Тема: нет воды · Дарья" in town.card(number)["text"]


async def test_of_two_who_choose_the_second_sees_what_was_chosen(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    first = await open_topics(town, number, town.ivan)
    second = await open_topics(town, number, town.pavel)
    assert first["message_id"] != second["message_id"]
    world, queries = hub.world, hub.world.town.queries
    one = world.press(town.ivan, town.hcs["id"], first["message_id"], NO_WATER)
    two = world.press(town.pavel, town.hcs["id"], second["message_id"], "нет горячей воды")
    again = world.press(town.ivan, town.hcs["id"], first["message_id"], NO_WATER)
    await hub.settle()
    await asyncio.gather(*(world.wait(lambda q=q: queries[q].answered) for q in (one, two, again)))
    assert queries[one].text == "Тема: нет воды"
    assert queries[two].text == "Уже указал(а) Иван: нет воды"
    assert queries[again].text == "Эта тема уже стоит"
    async with hub.app.store.reading() as uow:
        events = await uow.appeals.events_of(number)
        labels = await uow.by(Label, appeal_id=number)
    assert [e.code for e in events if e.action == "topic"] == ["no_water"]
    assert [label.topic for label in labels] == ["no_water"]
    assert len([m for m in hub.texts(town.hcs) if "тема: нет воды" in m.get("text", "")]) == 1


async def test_the_duty_officer_says_the_topic_before_the_block(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, VAGUE)
    number = town.number(town.maria)
    await hub.press(town.dut, hub.last(town.triage, "куда?"), "Ещё")
    await hub.press(town.dut, hub.last(town.triage, "что ещё?"), "Тема")
    await hub.press(town.dut, hub.last(town.triage, "тема какого блока?"), "ЖКХ и энергетика")
    menu = hub.last(town.triage, f"№ {number}: о чём это?")
    assert await hub.press(town.ivan, menu, NO_WATER) == "Меню открыл(а) Дарья"
    assert await hub.press(town.dut, menu, NO_WATER) == "Тема: нет воды"
    card = hub.last(town.triage, f"№ {number} · куда?")
    assert "Тема: нет воды · Дарья, 24.11 10:13" in card["text"]
    assert "важность: высокая" in card["text"]
    assert _keys(card)[0][0] == "1. ЖКХ и энергетика"
    label = await _label(town, number)
    assert label is not None
    assert (label.block, label.topic, label.because) == ("HCS", "no_water", Because.TOPIC)
    # The citizen's further words do not overrule a person.
    receipt = hub.last(town.maria, "Поняли так")
    await hub.say(town.maria, "Там яма на дороге", reply_to=receipt["message_id"])
    appeal = await _appeal(town, number)
    assert [c["block"] for c in appeal.candidates] == ["ROD"]
    assert (appeal.topic, appeal.reason) == ("no_water", [])
    await hub.press(town.dut, hub.last(town.triage, f"№ {number} · куда?"), "1. ЖКХ и энергетика")
    label = await _label(town, number)
    assert label is not None
    assert (label.topic, label.because) == ("no_water", Because.CHOSEN)
    assert await _counted(town, "no_water") == 1
    await hub.press(town.dut, hub.last(town.triage, f"№ {number} →"), "Вернуть себе")
    label = await _label(town, number)
    assert label is not None
    assert (label.topic, label.because) == ("no_water", Because.TOPIC)
    assert await _counted(town, "no_water") == 0


async def test_the_history_tells_it(town: Town) -> None:
    number = await town.open_case()
    await town.hub.press(town.ivan, town.card(number), "Взять")
    await tell_topic(town, number, NO_WATER, town.ivan)
    await town.hub.press(town.ivan, town.card(number), "История")
    town.hub.world.start(town.ivan, f"h_{number}")
    await town.hub.settle()
    history = town.hub.last(town.ivan, "история")["text"]
    assert "тема: слабый напор воды → нет воды · Иван" in history
    assert "важность: обычное → высокая важность · Иван" in history


async def test_the_case_counts_under_its_topic_on_the_day_it_came(town: Town) -> None:
    number = await town.open_case()
    await town.hub.go(timedelta(days=2))
    await tell_topic(town, number, NO_WATER, town.ivan)
    app = town.hub.app
    async with app.store.reading() as uow:
        came = app.clock.now().date() - timedelta(days=2)
        facts = await uow.statistics.by_day(
            came, app.clock.now().date(), [topic_measure("weak_water"), topic_measure("no_water")]
        )
    assert {key: n for key, n in facts.items() if n} == {
        (came, "HCS", topic_measure("no_water")): 1
    }


async def test_of_a_photo_without_words_a_person_says_what_it_shows(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, photo=b"\x89PNG")
    number = town.number(town.maria)
    await hub.press(town.dut, hub.last(town.triage, "куда?"), "Ещё")
    await hub.press(town.dut, hub.last(town.triage, "что ещё?"), "Тема")
    await hub.press(town.dut, hub.last(town.triage, "тема какого блока?"), "ЖКХ и энергетика")
    await hub.press(town.dut, hub.last(town.triage, "о чём это?"), NO_WATER)
    assert await _label(town, number) is None, "there are no words to learn from"
    # Words that say something else come too late to send it there over the head of a person.
    await hub.say(town.maria, "На Островского огромная яма на дороге посреди асфальта")
    appeal = await _appeal(town, number)
    assert (appeal.topic, appeal.block) == ("no_water", None)
    assert _keys(hub.last(town.triage, f"№ {number} · куда?"))[0] == [
        "1. ЖКХ и энергетика",
        "2. Дороги",
    ]


async def test_two_problems_are_parted_without_overruling_a_person(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(
        "На Островского 12 яма на дороге. А ещё во дворе не вывозят мусор третий день."
    )
    await hub.press(town.dut, hub.last(town.triage, "куда?"), "Ещё")
    await hub.press(town.dut, hub.last(town.triage, "что ещё?"), "Тема")
    likely = hub.last(town.triage, f"№ {number}, сейчас тема: ямы во дворе")
    assert ["не вывозят мусор"] in _keys(likely)
    await hub.press(town.dut, likely, "По блокам")
    await hub.press(town.dut, hub.last(town.triage, "тема какого блока?"), f"t1.topic.{number}.IMP")
    chosen = _keys(hub.last(town.triage, f"№ {number}, сейчас тема"))[0][0]
    await hub.press(town.dut, hub.last(town.triage, f"№ {number}, сейчас тема"), chosen)
    await hub.press(town.dut, hub.last(town.triage, f"№ {number} · куда?"), "t1.half")
    appeal = await _appeal(town, number)
    assert appeal.block is None
    assert f"Тема: {chosen} · Дарья" in hub.last(town.triage, f"№ {number} · куда?")["text"]
