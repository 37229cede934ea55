"""The quality card's boxes, errors on record, hints of a draft (conversations.md §2.6, §2.9)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services.model import AppealId
from tests.flows.conftest import Town


def boxes(card: dict[str, Any]) -> list[str]:
    """The six of them."""
    rows = card["reply_markup"]["inline_keyboard"][:2]
    return [b["text"] for row in rows for b in row]


async def in_review(town: Town, number: int, text: str | None = None) -> dict[str, Any]:
    """Ivan's answer waits for a checker."""
    await town.hub.press(town.ivan, await town.redraft(number, text), "m1.send")
    return town.hub.last(town.quality, "проверить до")


async def test_s2_9_boxes_start_empty_and_are_counted(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), f"s1.take.{number}")
    card = await in_review(town, number)
    assert "проверить до 12:12" in card["text"]
    assert "Подсказка: замечаний нет" in card["text"]
    assert boxes(card) == ["☐ По сути", "☐ Срок", "☐ Кто", "☐ Адрес", "☐ Фото", "☐ Тон"]
    for box in ("☐ По сути", "☐ Срок", "☐ Кто", "☐ Адрес", "☐ Тон"):
        await hub.press(town.olga, hub.last(town.quality, "проверить до"), box)
    card = hub.last(town.quality, "проверить до")
    assert boxes(card) == ["☑ По сути", "☑ Срок", "☑ Кто", "☑ Адрес", "☐ Фото", "☑ Тон"]
    assert await hub.press(town.ivan, card, "☐ Фото") == "У вас нет роли для этого"
    await hub.press(town.olga, card, "Пропустить")
    assert hub.last(town.quality, f"✅ № {number} пропущен, 5 из 6, Ольга")


async def test_s2_9_a_return_names_the_errors_and_the_third_is_told(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), f"s1.take.{number}")
    for time in (1, 2, 3):
        card = await in_review(town, number, f"Слесарь придёт и всё сделает, раз {time}.")
        assert "нет срока (E02)" in card["text"]
        for box in (1, 3, 4, 5, 6):
            await hub.press(town.olga, card, boxes(card)[box - 1])
        await hub.press(town.olga, hub.last(town.quality, "проверить до"), "Вернуть")
        menu = hub.last(town.quality, "что не так?")
        rows = menu["reply_markup"]["inline_keyboard"]
        assert [b["text"] for row in rows for b in row] == ["☑ нет срока"]
        prompt = hub.last(town.quality, "что поправить")
        await hub.say(town.olga, "Напишите дату.", chat=town.quality, reply_to=prompt["message_id"])
        back = hub.last(town.hcs, f"🔧 Вернули № {number}: нет срока (E02). «Напишите дату.»")
        assert "Иван" in back["text"]
        assert not hub.world.find(town.quality["id"], "что не так?"), "the menu is gone"
    assert "вернули на доработку в третий раз" in hub.last(town.deputy, f"№ {number}")["text"]
    async with hub.app.store.reading() as uow:
        found = await uow.appeals.errors_of(AppealId(number))
    assert [(e.code, e.severity, e.decision) for e in found] == [("E02", 2, "confirmed")] * 3


async def test_s2_9_codes_can_be_turned_over_by_the_checker(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), f"s1.take.{number}")
    card = await in_review(town, number)
    await hub.press(town.olga, card, "Вернуть")
    menu = hub.last(town.quality, "что не так?")
    rows = menu["reply_markup"]["inline_keyboard"]
    assert all(b["text"].startswith("☐") for row in rows for b in row), "a machine marks none"
    await hub.press(town.olga, menu, "☐ канцелярит")
    assert await hub.press(town.pavel, menu, "☐ грубо") == "Меню открыл(а) Ольга"
    prompt = hub.last(town.quality, "что поправить")
    await hub.say(town.olga, "Проще.", chat=town.quality, reply_to=prompt["message_id"])
    assert hub.last(town.hcs, f"Вернули № {number}: канцелярит (E07). «Проще.»")
    await hub.go(timedelta(hours=3))
    assert not hub.world.find(town.quality["id"], "время проверки вышло")


async def test_s2_9_a_late_check_is_reminded_of_once(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), f"s1.take.{number}")
    await in_review(town, number)
    await hub.go(timedelta(minutes=121))
    late = [m for m in hub.texts(town.quality) if "время проверки вышло" in m.get("text", "")]
    assert len(late) == 1


async def test_s2_6_remarks_are_counted_anew_when_the_draft_is_edited(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "На Островского огромная яма на дороге посреди асфальта")
    number = town.number(town.maria)
    card = town.card(number, town.rod)
    await hub.press(town.road, card, "Взять")
    said = await hub.say(
        town.road,
        "Яму засыплем на следующей неделе. Звоните 8 918 123-45-67",
        chat=town.rod,
        reply_to=card["message_id"],
    )
    preview = hub.last(town.rod, "ещё не отправлен")
    assert "▫️ Виден телефон: уберите его (E12)" in preview["text"]
    assert "▫️ Когда? «На следующей неделе» — это до пт 4.12? (E02)" in preview["text"]
    assert "▫️ Нет фото «после», для этой темы нужно (E06)" in preview["text"]
    toast = await hub.press(town.road, preview, "Как разъяснение")
    assert toast == "Отправить нельзя: виден телефон. Уберите его — проверим снова."
    hub.world.edit(
        town.road,
        town.rod["id"],
        said["message_id"],
        "Яму засыплем щебнем до пт, 4 декабря, а летом на этом месте уложим новый асфальт до 1.07.",
    )
    await hub.settle()
    preview = hub.last(town.rod, "ещё не отправлен")
    assert "E12" not in preview["text"]
    assert "E02" not in preview["text"]
    assert await hub.press(town.road, preview, "Как разъяснение") == "Отправлено на проверку"
