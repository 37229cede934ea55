"""A crisis: one message to each, and a card within seconds (conversations.md §1.7)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.flows.conftest import Town

DRY = "На Островского у дома {house} слабый напор воды, кран еле течёт"
CRITICAL = "На Островского нет воды во всех домах, дом {house}"
SECOND = timedelta(seconds=1)


def _since(town: Town, who: dict[str, Any], before: int) -> list[dict[str, Any]]:
    return list(town.hub.texts(who))[before:]


def _buttons(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [b["text"] for row in rows for b in row]


async def _speak(town: Town, *texts: str) -> list[dict[str, Any]]:
    people = [await town.hub.citizen(f"Житель{n}") for n in range(len(texts))]
    for person, text in zip(people, texts, strict=True):
        await town.hub.say(person, text, wait=False)
    return people


async def test_s1_7_receipt_and_question_are_one_message_until_it_is_answered(town: Town) -> None:
    hub = town.hub
    await _speak(town, *(CRITICAL.format(house=n) for n in (1, 2, 3)))
    await hub.spoken()
    before = len(hub.texts(town.maria))
    number = await town.open_case(CRITICAL.format(house=4))
    said = [m for m in _since(town, town.maria, before) if "from" in m and m["from"]["is_bot"]]
    (receipt,) = said
    assert f"В составе общей проблемы, № {number}" in receipt["text"]
    assert "уже написали 3 человека" in receipt["text"]
    assert receipt["text"].count("Ответим всем до") == 1
    assert _buttons(receipt)[:2] == ["У меня тоже", "У меня другое"]
    await hub.press(town.maria, receipt, "У меня тоже")
    assert f"вас уже 4. Ваш номер {number}" in hub.last(town.maria, "Записали")["text"]
    receipt = hub.last(town.maria, "Поняли так")
    assert "У вас то же самое?" not in receipt["text"]
    assert "У меня тоже" not in _buttons(receipt)


async def test_s1_7_an_edit_of_the_receipt_keeps_the_question(town: Town) -> None:
    hub = town.hub
    await _speak(town, *(CRITICAL.format(house=n) for n in (1, 2, 3)))
    await hub.spoken()
    number = await town.open_case(CRITICAL.format(house=4))
    await hub.say(town.maria, photo=b"\x89PNG")
    assert "1 фото" in hub.last(town.maria, "Поняли так")["text"]
    await hub.press(town.maria, hub.last(town.maria, "У вас то же самое?"), "У меня другое")
    assert hub.last(town.maria, f"№ {number} пойдёт отдельно")
    assert "У вас то же самое?" not in hub.last(town.maria, "Поняли так")["text"]


async def test_s2_1_the_first_of_a_crowd_are_a_card_before_they_have_been_heard_out(
    town: Town,
) -> None:
    hub = town.hub
    people = await _speak(town, *(CRITICAL.format(house=n) for n in (1, 2, 3)))
    await hub.go(SECOND)
    first = town.number(people[0])
    assert "написали: 3" in town.card(first, part="Проблема")["text"]
    assert [town.number(p) for p in people] == [first, first + 1, first + 2], "in order of arrival"
    later = town.maria
    await hub.say(later, CRITICAL.format(house=4), wait=False)
    await hub.go(SECOND)
    assert not hub.world.find(later["id"], "У вас то же самое?"), "he is heard out"
    await hub.say(later, "и так второй день", wait=False)
    await hub.spoken()
    assert hub.last(later, "У вас то же самое?")
    assert not hub.world.find(town.hcs["id"], "второй день"), "no line of its own among the cards"


async def test_s1_2_two_who_say_the_same_are_heard_out(town: Town) -> None:
    people = await _speak(town, DRY.format(house=1), DRY.format(house=2), "Здравствуйте")
    await town.hub.go(SECOND)
    assert not any(town.hub.world.find(p["id"], "Поняли так") for p in people)
