"""«Показать скрытое»: the holder sees in private what cards mask; each look is an event."""

from __future__ import annotations

from typing import Any

import pytest

from services import hidden
from services.errors import DomainError
from services.model import AppealId, Event
from tests.flows.conftest import Person, Town, at_the_desk

REPORT = (
    "На Островского у дома 12, кв. 45, слабый напор воды, кран еле течёт. "
    "Звоните 8 918 123-45-67, Иванова Мария Петровна"
)
MORE = "Мешает машина К123АВ93 у подъезда, почта maria@example.org"


async def looks(town: Town, number: int) -> list[Event]:
    """Every look at what is hidden."""
    async with town.hub.app.store.reading() as uow:
        events = await uow.appeals.events_of(AppealId(number))
        found = [e for e in events if e.action == "unmask"]
        assert not await uow.appeals.texts_of([e.id for e in found]), "no words at all"
        return found


async def thread(town: Town, who: Person, number: int) -> dict[str, Any]:
    """«История» of a case in somebody's private chat."""
    town.hub.world.start(who, f"h_{number}")
    await town.hub.settle()
    return town.hub.last(who, f"№ {number}, история")


def keys(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [b["text"] for row in rows for b in row]


async def held(town: Town, text: str = REPORT) -> int:
    """A case of Maria's in Ivan's hands."""
    number = await town.open_case(text)
    await town.hub.press(town.ivan, town.card(number), "Взять")
    return number


async def test_a_page_and_a_birthday_are_hidden_and_the_towns_own_number_is_not(
    town: Town,
) -> None:
    hub = town.hub
    words = "Я 1961 года рождения, пишите @ivan_petrov85. В ЕДДС 8 (86141) 0-00-00 не берут трубку"
    number = await held(town, f"{REPORT}. {words}")
    said = town.card(number)["text"]
    assert "Я [дата] года рождения, пишите [профиль]. В ЕДДС 8 (86141) 0-00-00" in said
    await hub.press(town.ivan, await thread(town, town.ivan, number), "Показать скрытое")
    shown = hub.last(town.ivan, "что скрыто на карточке")["text"]
    assert "профиль: @ivan_petrov85\n" in shown
    assert "дата рождения: 1961\n" in shown
    assert "86141" not in shown


async def test_the_holder_sees_in_private_what_the_card_masks(town: Town) -> None:
    hub = town.hub
    number = await held(town)
    await hub.say(town.maria, MORE)
    for part in ("8 918", "Иванова", "45", "К123АВ"):
        assert part not in town.card(number)["text"], part
    await hub.press(town.ivan, await thread(town, town.ivan, number), "Показать скрытое")
    shown = hub.last(town.ivan, "что скрыто на карточке")["text"]
    assert shown == (
        f"№ {number}, что скрыто на карточке\n"
        "квартира: 45\n"
        "телефон: 8 918 123-45-67\n"
        "имя: Иванова Мария Петровна\n"
        "номер машины: К123АВ93\n"
        "почта: maria@example.org\n"
        "Просмотр записан."
    )
    found = await looks(town, number)
    assert [e.code for e in found] == ["ph,em,na,fl,pl"], "kinds, never a value"
    said = (await thread(town, town.ivan, number))["text"]
    assert (
        "показали скрытое: телефон, почта, имя, квартира, номер машины · Иван, исполнитель" in said
    )
    for chat in (town.hcs, town.triage, town.quality, town.maria):
        own = [m["text"] for m in hub.texts(chat) if m["from"]["is_bot"] and m.get("text")]
        assert not [text for text in own if "8 918" in text or "К123АВ" in text]


async def test_nobody_but_the_holder_is_shown_it(town: Town) -> None:
    hub = town.hub
    number = await held(town)
    his = await thread(town, town.ivan, number)
    assert keys(await thread(town, town.pavel, number)) == []
    assert keys(await thread(town, town.dut, number)) == []
    await hub.press(town.ivan, town.card(number), "Передать")
    await hub.press(town.ivan, hub.last(town.hcs, "кому?"), "Снять с себя")
    toast = await hub.press(town.ivan, his, "Показать скрытое")
    assert toast == "Скрытое видит только тот, кто держит сообщение"
    assert not hub.world.find(town.ivan["id"], "что скрыто на карточке")
    assert await looks(town, number) == []


async def test_nothing_is_offered_where_nothing_is_hidden(town: Town) -> None:
    number = await held(town, town.REPORT)
    assert keys(await thread(town, town.ivan, number)) == []


async def test_a_number_cut_between_two_messages_is_whole(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, f"{town.REPORT}, паспорт 03 05", wait=False)
    await hub.say(town.maria, "123456")
    number = town.number(town.maria)
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.press(town.ivan, await thread(town, town.ivan, number), "Показать скрытое")
    assert "[документ]" in town.card(number)["text"]
    assert "документ: 03 05 123456" in hub.last(town.ivan, "что скрыто на карточке")["text"]


async def test_nothing_is_left_to_show_after_forgetme(town: Town) -> None:
    hub = town.hub
    number = await held(town)
    his = await thread(town, town.ivan, number)
    await hub.press(town.ivan, his, "Показать скрытое")
    await hub.say(town.maria, "/forgetme")
    await hub.press(town.maria, hub.last(town.maria, "Удалить ваши данные?"), "Удалить")
    assert not hub.world.find(town.ivan["id"], "8 918")
    assert not hub.world.find(town.ivan["id"], "что скрыто на карточке")
    assert keys(await thread(town, town.ivan, number)) == []
    with pytest.raises(DomainError, match="hidden_for_holder"):
        await at_the_desk(town, town.ivan, hidden.reveal, number)
    assert len(await looks(town, number)) == 1, "the look before it stays on record"
