"""«Передать», «Снять с себя» and the minute to take a press back (conversations.md §2.2, §2.3)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.flows.conftest import Person, Town

MINUTE = timedelta(seconds=61)


def _menu(town: Town, part: str = "кому") -> Person:
    return town.hub.last(town.hcs, part)


def _labels(message: Person) -> list[list[str]]:
    rows: list[list[dict[str, Any]]] = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[b["text"] for b in row] for row in rows]


async def give(town: Town, who: Person, name: str) -> str | None:
    """Presses the colleague's name in the open list; returns the toast."""
    people = town.hub.last(town.hcs, "кому в блоке")
    labels = [b["text"] for row in people["reply_markup"]["inline_keyboard"] for b in row]
    return await town.hub.press(who, people, next(x for x in labels if x.startswith(name)))


async def test_s2_3_hand_over_to_a_colleague(town: Town) -> None:
    hub = town.hub
    first = await town.open_case()
    await hub.press(town.pavel, town.card(first), "Взять")
    number = await town.open_case("На Ленина у дома 7 слабый напор воды, кран еле течёт")
    await town.draft(number)
    boss = await hub.staff("Борис", "BHD", "HCS")
    hub.world.add_member(town.hcs["id"], boss)

    await hub.press(town.ivan, town.card(number), "Передать")
    menu = _menu(town)
    assert menu["text"] == f"№ {number}: кому?"
    assert menu["disable_notification"]
    assert menu["reply_to_message"]["message_id"] == town.card(number)["message_id"]
    assert await hub.press(town.pavel, menu, "Отмена") == "Меню открыл(а) Иван"
    await hub.press(town.ivan, menu, "Коллеге в блоке")
    people = _menu(town, "кому в блоке")
    assert people["message_id"] == menu["message_id"]
    assert _labels(people) == [
        ["Павел · 1 в работе"],
        ["Борис · 0 в работе"],
        ["Кто свободен", "Назад"],
    ]
    await hub.press(town.ivan, people, "Назад")
    await hub.press(town.ivan, _menu(town), "Коллеге в блоке")
    toast = await give(town, town.ivan, "Павел")
    assert toast == "Передано: Павел"
    assert not hub.world.find(town.hcs["id"], "кому в блоке"), "the menu is gone"
    assert "Павел, с 24.11 10:12" in town.card(number)["text"]
    said = hub.last(town.hcs, "теперь у вас")
    assert said["text"] == f"Павел, № {number} теперь у вас. Срок прежний: пт 4.12 17:00."
    assert said["entities"][0]["type"] in ("text_mention", "text_link")
    assert not said.get("disable_notification")
    assert "Заметка к" in hub.last(town.hcs, f"Заметка к № {number}")["text"]
    await hub.say(town.pavel, town.ANSWER, chat=town.hcs, reply_to=said["message_id"])
    assert hub.last(town.hcs, "ещё не отправлен"), "the line to the new holder can be answered"

    # Not the holder, a stranger, a head of the block; a free case goes to the least busy one.
    held = "Держит Павел. Попросите передать"
    assert await hub.press(town.ivan, town.card(number), "Передать") == held
    stranger = "Это карточка блока «ЖКХ и энергетика», у вас нет в нём роли"
    assert await hub.press(town.road, town.card(number), "Передать") == stranger
    await hub.press(boss, town.card(number), "Передать")
    await hub.press(boss, _menu(town), "Снять с себя")
    assert "никто не взял" in town.card(number)["text"]
    await hub.press(town.ivan, town.card(number), "Передать")
    await hub.press(town.ivan, _menu(town), "Коллеге в блоке")
    toast = await hub.press(town.ivan, _menu(town, "кому в блоке"), "Кто свободен")
    assert toast in ("Передано: Иван", "Передано: Борис")
    said = hub.last(town.hcs, "теперь у вас")
    assert "Ответить до пт 4.12 17:00" in said["text"]


async def test_s2_2_a_hand_over_is_undone_within_a_minute(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    for late in (False, True):
        await hub.press(town.ivan, town.card(number), "Передать")
        await hub.press(town.ivan, _menu(town), "Коллеге в блоке")
        await give(town, town.ivan, "Павел")
        said = hub.last(town.hcs, "теперь у вас")
        if late:
            await hub.go(MINUTE)
            assert _labels(hub.last(town.hcs, "теперь у вас")) == [], "the button is gone"
            assert "Павел, с" in town.card(number)["text"]
            return
        whose = "Отменить может тот, кто передал"
        assert await hub.press(town.pavel, said, "Отменить передачу") == whose
        assert await hub.press(town.ivan, said, "Отменить передачу") == "Отменили, всё как было"
        assert "Иван, с 24.11 10:12" in town.card(number)["text"]
        assert hub.last(town.hcs, "передачу отменили")


async def test_s2_2_taking_is_undone_within_a_minute_and_the_citizen_hears_nothing(
    town: Town,
) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.press(town.ivan, town.card(number), "Передать")
    toast = await hub.press(town.ivan, _menu(town), "Снять с себя")
    assert toast == "Сняли с вас, сообщение снова никто не держит"
    await hub.go(MINUTE)
    assert not hub.world.find(town.maria["id"], "взяли в работу")
    assert "Принято" in hub.last(town.maria, "Поняли так")["text"]
    assert "Взять до ср 25.11 11:02" in town.card(number)["text"], "the reaction clock runs on"
    await hub.press(town.pavel, town.card(number), "Взять")
    await hub.go(MINUTE)
    assert hub.last(town.maria, "взяли в работу")
    # Later it is a plain giving up: said once, never twice.
    await hub.press(town.pavel, town.card(number), "Передать")
    await hub.press(town.pavel, _menu(town), "Снять с себя")
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.go(MINUTE)
    taken = [m for m in hub.texts(town.maria) if "взяли в работу" in m["text"]]
    assert len(taken) == 1


@pytest.mark.parametrize("crew", [9])
async def test_s2_3_many_colleagues_are_turned_in_pages(town: Town, crew: int) -> None:
    hub = town.hub
    for n in range(crew):
        await hub.staff(f"Сотрудник номер {n} с длинным именем", "EXE", "HCS")
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Передать")
    await hub.press(town.ivan, _menu(town), "Коллеге в блоке")
    first = _menu(town, "кому в блоке")
    assert len(_labels(first)) == 8
    await hub.press(town.ivan, first, "›")
    second = _menu(town, "кому в блоке")
    assert second["message_id"] == first["message_id"]
    assert _labels(second)[-2] == ["‹"]
    await hub.go(timedelta(minutes=12))
    assert not hub.world.find(town.hcs["id"], "кому в блоке"), "a forgotten menu goes"
