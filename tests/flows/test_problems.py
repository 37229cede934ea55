"""conversations.md §1.7 and §2.1: reports that match become one problem with a live counter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from services import forwarding
from services.errors import DomainError
from services.model import Appeal, Problem, ProblemState, State
from tests.flows.conftest import Town, at_the_desk
from tests.flows.wishes import at, choose, let_pass

DRY = "На Островского у дома {house} слабый напор воды, кран еле течёт"
CRITICAL = "На Островского нет воды во всех домах, дом {house}"


async def reports(town: Town, *texts: str) -> list[tuple[Any, int]]:
    """Each by another citizen; returns them with their numbers."""
    found = []
    for place, text in enumerate(texts):
        person = await town.hub.citizen(f"Житель{place}")
        await town.hub.say(person, text)
        found.append((person, town.number(person)))
    return found


async def test_s2_1_three_authors_are_proposed_and_joined_by_the_duty_officer(town: Town) -> None:
    hub = town.hub
    (_a, first), (_b, second), (boris, third) = await reports(
        town, *(DRY.format(house=n) for n in (1, 2, 3))
    )
    asked = hub.last(town.triage, "Похоже на одну проблему")
    assert "3 сообщения" in asked["text"]
    await hub.press(town.dut, asked, "Показать список")
    assert str(second) in hub.last(town.triage, "Кто написал")["text"]
    await hub.press(town.ivan, asked, "Объединить")
    assert not hub.world.find(town.hcs["id"], "Проблема"), "an executor does not decide it"
    await reports(town, DRY.format(house=4))
    assert "4 сообщения" in hub.last(town.triage, "Похоже на одну проблему")["text"]
    await hub.press(town.dut, asked, "Объединить")
    card = town.card(first, part="Проблема")
    assert "написали: 4 (+4 за час)" in card["text"]
    for number in (second, third):
        assert "в составе проблемы" in hub.last(town.hcs, f"№ {number} ")["text"]
    told = hub.last(boris, "уже написали 3 человека")
    assert ", ул. Островского, с 24.11" in told["text"], "the street, never another's house (§8)"
    await hub.press(boris, told, "У меня тоже")
    assert f"вас уже 4. Ваш номер {third}" in hub.last(boris, "Записали")["text"]
    async with hub.app.store.reading() as uow:
        merged = await uow.need(Appeal, third)
        assert merged.state is State.MERGED


async def test_a_corner_named_in_either_order_is_one_place_on_the_card(town: Town) -> None:
    hub = town.hub
    (_a, first), *_others = await reports(
        town,
        "На перекрёстке Островского и Тельмана слабый напор воды, кран еле течёт",
        "Угол Тельмана и Островского, слабый напор воды, кран еле течёт",
        "Тельмана-Островского, слабый напор воды, кран еле течёт",
    )
    assert "перекрёсток Островского и Тельмана" in town.card(first)["text"]
    assert "3 сообщения" in hub.last(town.triage, "Похоже на одну проблему")["text"]


async def test_s1_7_a_later_report_joins_at_once_and_may_leave(town: Town) -> None:
    hub = town.hub
    (_a, first), *_others = await reports(town, *(DRY.format(house=n) for n in (1, 2, 3)))
    await hub.press(town.dut, hub.last(town.triage, "Похоже на одну"), "Объединить")
    number = await town.open_case(DRY.format(house=4))
    told = hub.last(town.maria, "уже написали 3 человека")
    assert "Ответим всем до пт, 4 декабря, 17:00" in told["text"]
    assert "написали: 4" in town.card(first, part="Проблема")["text"]
    assert not hub.world.find(town.hcs["id"], f"№ {number} ·"), "one card, not a thousand"
    await hub.press(town.maria, told, "У меня другое")
    assert hub.last(town.maria, f"№ {number} пойдёт отдельно")
    assert "никто не взял" in town.card(number)["text"]
    assert "ответить до пт 4.12 17:00" in town.card(number)["text"].lower()
    assert "написали: 3" in town.card(first, part="Проблема")["text"]


async def test_s1_7_news_and_one_answer_for_all(town: Town) -> None:
    hub = town.hub
    people = await reports(town, *(DRY.format(house=n) for n in (1, 2, 3)))
    first = people[0][1]
    await hub.press(town.dut, hub.last(town.triage, "Похоже на одну"), "Объединить")
    await hub.press(town.ivan, town.card(first, part="Проблема"), "Взять")
    card = town.card(first, part="Проблема")
    await hub.press(town.ivan, card, "Причина")
    asked = hub.last(town.hcs, "что случилось?")
    await hub.say(town.ivan, "Авария на водоводе", chat=town.hcs, reply_to=asked["message_id"])
    assert "Причина: Авария на водоводе" in town.card(first, part="Проблема")["text"]
    quiet, number = people[2]
    await hub.press(quiet, hub.last(quiet, "У вас то же самое?"), "У меня тоже")
    await hub.press(quiet, hub.last(quiet, "Записали"), "Только итог")
    await hub.press(town.ivan, card, "Новости всем")
    asked = hub.last(town.hcs, "новость для всех")
    await hub.say(town.pavel, "Воду обещают к 21:00", chat=town.hcs, reply_to=asked["message_id"])
    assert not hub.world.find(people[1][0]["id"], "к 21:00"), "only who was asked may tell"
    await hub.say(town.ivan, "Звоните 8 918 123-45-67", chat=town.hcs, reply_to=asked["message_id"])
    assert hub.last(town.hcs, "Это прочтут многие")
    await hub.say(town.ivan, "Воду обещают к 21:00", chat=town.hcs, reply_to=asked["message_id"])
    assert hub.last(people[1][0], f"👥 № {people[1][1]}: Воду обещают к 21:00")
    assert not hub.world.find(quiet["id"], "к 21:00")
    await hub.press(town.ivan, await town.redraft(first), "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    for person, number in people:
        assert hub.last(person, f"Ответ по № {number}")
    await hub.press(quiet, hub.last(quiet, "Получилось?"), "Решено")
    assert hub.last(quiet, "Как мы сработали?")
    async with hub.app.store.reading() as uow:
        assert [p.state for p in await uow.select(Problem)] == [ProblemState.CLOSED]


async def test_s2_1_a_critical_problem_opens_by_itself_and_can_be_taken_apart(town: Town) -> None:
    hub = town.hub
    people = await reports(town, *(CRITICAL.format(house=n) for n in (1, 2, 3)))
    shown = hub.last(town.triage, "Критическое, поэтому объединили сразу")
    assert "написали: 3" in town.card(people[0][1], part="Проблема")["text"]
    await hub.press(town.dut, shown, "Разобрать")
    assert hub.last(town.triage, "это разное")
    for _person, number in people:
        assert "никто не взял" in town.card(number)["text"]


async def test_s2_1_taking_one_out_by_number(town: Town) -> None:
    hub = town.hub
    people = await reports(town, *(DRY.format(house=n) for n in (1, 2, 3)))
    first = people[0][1]
    await hub.press(town.dut, hub.last(town.triage, "Похоже на одну"), "Объединить")
    await hub.press(town.ivan, town.card(first, part="Проблема"), "Взять")
    await hub.press(town.ivan, town.card(first, part="Проблема"), "Ещё")
    await hub.press(town.ivan, hub.last(town.hcs, f"№ {first}: что ещё?"), "Отделить")
    asked = hub.last(town.hcs, "какой номер о другом?")
    await hub.say(town.ivan, "77", chat=town.hcs, reply_to=asked["message_id"])
    assert hub.last(town.hcs, "в эту проблему не входит")
    await hub.say(town.ivan, f"№ {people[1][1]}", chat=town.hcs, reply_to=asked["message_id"])
    assert "никто не взял" in town.card(people[1][1])["text"]
    assert "написали: 2" in town.card(first, part="Проблема")["text"]


async def test_s1_6_when_the_lead_is_taken_back_another_carries_on(town: Town) -> None:
    hub = town.hub
    people = await reports(town, *(DRY.format(house=n) for n in (1, 2, 3)))
    lead, first = people[0]
    await hub.press(town.dut, hub.last(town.triage, "Похоже на одну"), "Объединить")
    await hub.say(lead, "/my")
    listed = hub.last(lead, "Ваши сообщения")
    await hub.press(lead, listed, f"c1.case.{first}")
    await hub.press(lead, listed, f"c1.wd.{first}")
    await hub.press(lead, listed, f"c1.wdyes.{first}")
    card = town.card(people[1][1], part="Проблема")["text"]
    assert "написали: 2" in card
    assert "ответить до пт 4.12 17:00" in card.lower()


async def test_s1_7_a_day_later_it_is_another_matter(town: Town) -> None:
    hub = town.hub
    await reports(town, DRY.format(house=1), DRY.format(house=2))
    await hub.go(timedelta(hours=25))
    await town.open_case(DRY.format(house=3))
    assert not hub.world.find(town.triage["id"], "Похоже на одну")


async def test_s2_8_two_authors_are_joined_by_hand_and_nobody_is_left_behind(town: Town) -> None:
    hub = town.hub
    (_a, lead), (boris, vague) = await reports(
        town, DRY.format(house=1), "Помогите, пожалуйста, у нас тут непорядок"
    )
    await hub.press(town.dut, hub.last(town.triage, f"№ {vague} · куда?"), "Ещё")
    await hub.press(town.dut, hub.last(town.triage, "что ещё?"), "Объединить")
    prompt = hub.last(town.triage, "какое сообщение о том же")
    await hub.say(town.dut, str(lead), chat=town.triage, reply_to=prompt["message_id"])
    asked = hub.last(town.triage, "это для массовой проблемы")
    assert await hub.press(town.ivan, asked, "Объединить") is not None, "an executor may not"
    assert not hub.world.find(town.hcs["id"], "Проблема")
    await hub.press(town.dut, asked, "Объединить")
    assert "написали: 2" in town.card(lead, part="Проблема")["text"]
    assert "в составе проблемы" in hub.last(town.triage, f"№ {vague} в составе")["text"]
    assert hub.last(boris, "У вас то же самое?")
    with pytest.raises(DomainError, match="leads_problem"):
        await at_the_desk(town, town.dut, forwarding.forward, lead, service="water")
    await hub.press(town.ivan, await town.draft(lead), "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    assert hub.last(boris, f"Ответ по № {vague}")


async def test_s1_9_the_promised_day_of_the_lead_is_everyones(town: Town) -> None:
    hub = town.hub
    (_a, first), (boris, second), (quiet, _c) = await reports(
        town, *(DRY.format(house=n) for n in (1, 2, 3))
    )
    await hub.press(town.dut, hub.last(town.triage, "Похоже на одну"), "Объединить")
    await hub.press(quiet, hub.last(quiet, "У вас то же самое?"), "У меня тоже")
    await hub.press(quiet, hub.last(quiet, "Записали"), "Только итог")
    await hub.press(town.ivan, town.card(first, part="Проблема"), "Взять")
    await hub.go(at(3, 17, month=12))
    reminder = hub.last(town.hcs, f"№ {first}: остал")
    await hub.press(town.ivan, reminder, "Отложить")
    await choose(town, "чт 10.12")
    await let_pass(town)
    assert "чт, 10 декабря" in hub.last(boris, f"№ {second}: пока так")["text"]
    assert not hub.world.find(quiet["id"], "пока так")


async def test_s1_7_further_words_are_read_under_the_problems_card(town: Town) -> None:
    hub = town.hub
    (_a, first), (boris, second), _c = await reports(
        town, *(DRY.format(house=n) for n in (1, 2, 3))
    )
    await hub.press(town.dut, hub.last(town.triage, "Похоже на одну"), "Объединить")
    card = town.card(first, part="Проблема")
    await hub.say(boris, "А когда это починят?")
    await hub.say(boris, photo=b"\x89PNG")
    assert town.number(boris) == second, "no case of its own"
    said = hub.last(town.hcs, f"№ {second} · Житель добавил:\nА когда это починят?")
    assert said["reply_to_message"]["message_id"] == card["message_id"]
    assert [m for m in hub.texts(town.hcs) if m.get("photo")]
    await hub.press(town.ivan, await town.draft(first), "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    assert not hub.world.find(town.hcs["id"], "в составе проблемы"), "its card follows the answer"
    assert "ответ дан" in hub.last(town.hcs, f"№ {second} · ответ")["text"]


async def test_s2_1_a_draft_of_a_report_that_joins_stays_inside(town: Town) -> None:
    hub = town.hub
    people = await reports(town, *(DRY.format(house=n) for n in (1, 2)))
    first, second = (number for _person, number in people)
    await town.draft(first)
    await town.draft(second)
    await reports(town, DRY.format(house=3))
    await hub.press(town.dut, hub.last(town.triage, "Похоже на одну"), "Объединить")
    assert not hub.world.find(town.hcs["id"], f"Ответ на № {second}, ещё не отправлен")
    assert hub.last(town.hcs, f"Ответ на № {first}, ещё не отправлен")
    assert hub.last(town.hcs, f"Заметка к № {second}")
