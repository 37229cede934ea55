"""/new: somebody without a messenger calls, his answer goes by phone (domain.md §11, DUT)."""

from __future__ import annotations

import pytest

from tests.flows.conftest import Town

WORDS = "На Островского у дома 12 слабый напор воды, кран еле течёт"


async def test_s11_a_call_from_the_first_word_to_the_answer(town: Town) -> None:
    hub = town.hub
    await hub.say(town.dut, "/new", chat=town.triage)
    await hub.press(town.dut, hub.last(town.dut, "Как обратился"), "Звонок")
    await hub.say(town.dut, WORDS)
    who = hub.last(town.dut, "Имя и телефон")
    await hub.say(town.dut, "Анна Петровна, +7 900 000-00-17")
    check = hub.last(town.dut, "Всё верно?")
    assert "Анна, телефон: ···17" in check["text"]
    assert "ЖКХ" in check["text"]
    assert await hub.press(town.dut, who, "Без имени") == "Это уже неактуально"
    await hub.press(town.dut, check, "Зарегистрировать")
    number = int(hub.last(town.dut, "Записали, №")["text"].split("№ ")[1].split(" ")[0])
    assert await hub.press(town.dut, check, "Зарегистрировать") == "Это уже неактуально"
    card = town.card(number)
    assert "звонок" in card["text"]
    assert "900" not in str([m.get("text") for m in hub.texts(town.hcs)])
    assert not hub.world.find(town.triage["id"], "Принято, №"), "nobody to send a receipt to"

    # The executor asks: the officer calls, and replies with what was said.
    await town.ask(number, "Какой этаж?")
    task = hub.last(town.triage, f"№ {number}: позвонить и спросить")
    assert "Какой этаж?" in task["text"]
    await hub.say(town.dut, "Пятый", chat=town.triage, reply_to=task["message_id"])
    assert "Пятый" in hub.last(town.hcs, "Житель ответил")["text"]

    # The answer is told by phone, once; no survey.
    preview = await town.redraft(number)
    await hub.press(town.ivan, preview, "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    task = hub.last(town.triage, f"№ {number}: позвонить и сообщить")
    assert "слесарь заменил прокладку" in task["text"]
    assert "Получилось" not in task["text"]
    assert await hub.press(town.ivan, task, "Телефон") == "У вас нет роли для этого"
    await hub.press(town.dut, task, "Телефон")
    called = hub.last(town.dut, "Просмотр записан")["text"]
    assert "Анна Петровна, +7 900 000-00-17" in called
    assert await hub.press(town.ivan, task, "Сообщили") == "У вас нет роли для этого"
    assert await hub.press(town.dut, task, "Сообщили") == "Записали: житель знает"
    assert hub.last(town.triage, f"№ {number}: сообщили по телефону, Дарья")


@pytest.mark.parametrize(
    ("line", "name", "contact"),
    [
        (
            "Задунайская Мария Петровна 8.918.555.12.34",
            "Мария",
            "Задунайская Мария Петровна, 8.918.555.12.34",
        ),
        ("Мария 8–918–555–12–34, кв. 47", "Мария", "Мария, кв. 47, 8–918–555–12–34"),
        (
            "Мария +7 918 555-12-34, доп. 8 861 333-44-55",
            "Мария",
            "+7 918 555-12-34, 8 861 333-44-55",
        ),
        ("Задунайская, 5-12-34", "—", "Задунайская, 5-12-34"),
    ],
)
async def test_s8_a_caller_is_a_first_name_on_the_card_and_a_contact_elsewhere(
    town: Town, line: str, name: str, contact: str
) -> None:
    hub = town.hub
    await hub.say(town.dut, "/new")
    await hub.press(town.dut, hub.last(town.dut, "Как обратился"), "Звонок")
    await hub.say(town.dut, WORDS)
    await hub.say(town.dut, line)
    check = hub.last(town.dut, "Всё верно?")
    await hub.press(town.dut, check, "Зарегистрировать")
    number = int(hub.last(town.dut, "Записали, №")["text"].split("№ ")[1].split(" ")[0])
    card = town.card(number)["text"]
    shown = next(one for one in card.split("\n") if "звонок" in one)
    assert shown.startswith("оставил телефон · звонок")
    assert shown.endswith(f" · {name}")
    for secret in ("Задунайская", "Петровна", "918", "861", "12-34", "47"):
        assert secret not in card
    await hub.press(town.ivan, town.card(number), f"s1.take.{number}")
    hub.world.start(town.ivan, f"h_{number}")
    await hub.settle()
    await hub.press(town.ivan, hub.last(town.ivan, f"№ {number}"), "Показать контакт")
    assert contact in hub.last(town.ivan, "Просмотр записан")["text"]


async def test_s11_without_place_and_name_and_by_who_may_not(town: Town) -> None:
    hub = town.hub
    await hub.say(town.ivan, "/new")
    assert hub.last(town.ivan, "У вас нет роли для этого")
    await hub.say(town.head, "/new")
    await hub.press(town.head, hub.last(town.head, "Как обратился"), "На приёме")
    await hub.say(town.head, "Сделайте уже наконец хоть что-нибудь, безобразие")
    await hub.press(town.head, hub.last(town.head, "Где это?"), "Без места")
    await hub.press(town.head, hub.last(town.head, "Имя и телефон"), "Без имени")
    check = hub.last(town.head, "Всё верно?")
    assert "выберет дежурный" in check["text"]
    await hub.press(town.head, check, "Зарегистрировать")
    assert hub.last(town.triage, "куда?")
    await hub.say(town.head, "/new")
    await hub.press(town.head, hub.last(town.head, "Как обратился"), "Отмена")
    assert hub.last(town.head, "ничего не записали")


async def test_s11_a_closing_without_an_answer_is_told_by_phone_too(town: Town) -> None:
    hub = town.hub
    told = []
    for choices in (["Не проблема", "Реклама"], ["Передать службе", None]):
        await hub.say(town.dut, "/new")
        await hub.press(town.dut, hub.last(town.dut, "Как обратился"), "Звонок")
        await hub.say(town.dut, "Сделайте уже наконец хоть что-нибудь, безобразие")
        await hub.press(town.dut, hub.last(town.dut, "Где это?"), "Без места")
        await hub.press(town.dut, hub.last(town.dut, "Имя и телефон"), "Без имени")
        await hub.press(town.dut, hub.last(town.dut, "Всё верно?"), "Зарегистрировать")
        await hub.press(town.dut, hub.last(town.triage, "куда?"), "Ещё")
        for choice in choices:
            menu = hub.last(town.triage, "№ ")
            word = choice or menu["reply_markup"]["inline_keyboard"][0][0]["text"]
            await hub.press(town.dut, menu, word)
        told.append(hub.last(town.triage, "позвонить и сообщить")["text"])
    rejected, forwarded = told
    assert "не увидели, что нужно сделать" in rejected
    assert "Мы сами передали туда ваше сообщение" in forwarded
    await hub.press(town.dut, hub.last(town.triage, "позвонить и сообщить"), "Сообщили")
    assert hub.last(town.triage, "сообщили по телефону, Дарья")
