"""The triage card and «Ещё» (conversations.md §2.8)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.flows.conftest import Town

UNSURE = "Во дворе после ремонта труб осталась яма, у тротуара, ребёнок упал"
VAGUE = "Сделайте уже наконец хоть что-нибудь, безобразие"


def _keys(message: dict[str, Any]) -> list[list[str]]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [[b["text"] for b in row] for row in rows]


async def _reply(town: Town, who: dict[str, Any], part: str, text: str) -> None:
    prompt = town.hub.last(town.triage, part)
    await town.hub.say(who, text, chat=town.triage, reply_to=prompt["message_id"])


async def test_s2_8_the_card_its_done_line_and_taking_it_back(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, UNSURE)
    number = town.number(town.maria)
    card = hub.last(town.triage, "куда?")
    assert not card.get("disable_notification")
    lines = card["text"].split("\n")
    assert lines[0] == f"🆕 № {number} · куда? · никто не держит"
    assert "Место: " in lines[-1]
    assert "важность: " in lines[-1]
    # A minute for what is not understood at once, then an hour.
    assert lines[-1].endswith("решить до 11:13")
    keys = _keys(card)
    assert keys[-1] == ["Спросить", "Ещё"]
    assert len(keys) <= 3
    assert "Другой блок" in keys[-2]
    road = next(k for row in keys for k in row if "Дороги" in k)
    await hub.press(town.dut, card, road)
    done = hub.last(town.triage, f"🆕 № {number} → Дороги, Дарья, 10:13")
    assert _keys(done) == [["Вернуть себе"]]
    assert "нет роли" in str(await hub.press(town.ivan, done, "Вернуть себе"))
    assert await hub.press(town.dut, done, "Вернуть себе") == "Снова у вас"
    assert hub.last(town.rod, f"🆕 № {number} снова у дежурного")
    card = hub.last(town.triage, "куда?")
    assert "выбираем отдел" in hub.last(town.maria, "Поняли так")["text"]
    await hub.press(town.dut, card, road)
    await hub.press(town.road, town.card(number, town.rod), "Взять")
    # Somebody works on it: the line stays, its button is gone, an old press changes nothing.
    done = hub.last(town.triage, f"№ {number} → Дороги, Дарья")
    assert not _keys(done) or await hub.press(town.dut, done, "Вернуть себе")
    assert "Руслан" in town.card(number, town.rod)["text"]


async def test_s2_8_ask_stops_the_reaction_and_the_answer_comes_back_here(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, VAGUE)
    number = town.number(town.maria)
    await hub.press(town.dut, hub.last(town.triage, "куда?"), "Спросить")
    menu = hub.last(town.triage, "что спросим")
    assert await hub.press(town.ivan, menu, "Свой вопрос") == "Меню открыл(а) Дарья"
    await hub.press(town.dut, menu, "Свой вопрос")
    await _reply(town, town.ivan, "ваш вопрос жителю", "А чей дом?")
    assert not hub.world.find(town.maria["id"], "Вопрос по №")
    await _reply(town, town.dut, "ваш вопрос жителю", "Что случилось и где?")
    assert "Что случилось и где?" in hub.last(town.maria, "Вопрос по №")["text"]
    waiting = hub.last(town.triage, f"№ {number} · ждём жителя")
    assert _keys(waiting) == [["Снять вопрос"]]
    await hub.go(timedelta(hours=3))
    assert not hub.world.find(town.triage["id"], "час без хозяина")
    await hub.say(town.maria, "На Островского у дома 12 слабый напор воды, кран еле течёт")
    card = hub.last(town.triage, "куда?")
    assert _keys(card)[0][0].startswith("1. ЖКХ")
    assert hub.last(town.triage, "Житель ответил")
    await hub.press(town.dut, card, "Спросить")
    await hub.press(town.dut, hub.last(town.triage, "что спросим"), "Фото места")
    assert "фото места" in hub.last(town.maria, "Вопрос по №")["text"]
    await hub.press(town.dut, hub.last(town.triage, "ждём жителя"), "Снять вопрос")
    assert hub.last(town.triage, "куда?")


async def test_s2_8_split_makes_a_second_case_with_the_first_ones_time(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, VAGUE)
    number = town.number(town.maria)
    await hub.go(timedelta(minutes=30))
    await hub.press(town.dut, hub.last(town.triage, "куда?"), "Ещё")
    menu = hub.last(town.triage, "что ещё?")
    assert _keys(menu) == [
        ["Разделить", "Объединить"],
        ["Важность", "Тема"],
        ["Не проблема", "Передать службе"],
        ["Назад"],
    ]
    await hub.press(town.dut, menu, "Разделить")
    assert not hub.world.find(town.triage["id"], "что ещё?"), "the menu is closed"
    await _reply(town, town.dut, "вторая проблема", "На Островского огромная яма на дороге")
    twin = town.number(town.maria)
    assert twin != number
    receipt = hub.last(town.maria, f"№ {twin}")["text"]
    assert f"Второй вопрос из № {number}" in receipt
    assert "ср, 25 ноября, 11:02" in receipt, "counted from when the citizen wrote"
    assert f"из № {number}" in town.card(twin, town.rod)["text"]
    assert hub.last(town.triage, f"№ {number} · куда?")


async def test_s2_8_join_closes_the_double_and_refuses_strangers(town: Town) -> None:
    hub = town.hub
    first = await town.open_case()
    petr = await hub.citizen("Пётр")
    await hub.say(petr, "На Островского огромная яма на дороге посреди асфальта")
    foreign = town.number(petr)
    # So long after the first that it joins nothing by itself.
    await hub.go(timedelta(minutes=31))
    await hub.say(town.maria, VAGUE)
    number = town.number(town.maria)

    async def join(words: str) -> None:
        await hub.press(town.dut, hub.last(town.triage, f"№ {number} · куда?"), "Ещё")
        await hub.press(town.dut, hub.last(town.triage, "что ещё?"), "Объединить")
        await _reply(town, town.dut, "какое сообщение о том же", words)

    await join(f"№ {foreign}")
    assert hub.last(town.triage, "это для массовой проблемы")
    await join("не помню")
    assert hub.last(town.triage, "одними цифрами")
    await join(str(number))
    assert hub.last(town.triage, "Это оно и есть")
    await join(str(first))
    assert f"№ {number} объединили с № {first}" in hub.last(town.maria, "объединили")["text"]
    assert "пт, 4 декабря, 17:00" in hub.last(town.maria, "объединили")["text"]
    assert hub.last(town.triage, f"▫️ № {number} · то же, что № {first}, Дарья")
    under = hub.last(town.hcs, f"Из № {number}, тот же житель")
    assert VAGUE in under["text"]


async def test_s2_8_urgency_counts_from_the_receipt(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, UNSURE)
    await hub.go(timedelta(minutes=90))
    card = hub.last(town.triage, "куда?")
    await hub.press(town.dut, card, "Ещё")
    await hub.press(town.dut, hub.last(town.triage, "что ещё?"), "Важность")
    menu = hub.last(town.triage, "какая важность")
    assert await hub.press(town.ivan, menu, "☐ Критическая") == "Меню открыл(а) Дарья"
    await hub.press(town.dut, menu, "☐ Критическая")
    assert "важность: критическая" in hub.last(town.triage, "куда?")["text"]
    # A02: 24 calendar hours from 10:12, not from now.
    assert "ср, 25 ноября, 10:12" in hub.last(town.maria, "Поняли так")["text"]
    await hub.press(town.dut, card, "Ещё")
    await hub.press(town.dut, hub.last(town.triage, "что ещё?"), "Важность")
    await hub.press(town.dut, hub.last(town.triage, "какая важность"), "☐ Обычная")
    assert "пт, 4 декабря, 17:00" in hub.last(town.maria, "Поняли так")["text"]


async def test_s2_8_not_a_problem(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, VAGUE)
    number = town.number(town.maria)
    await hub.press(town.dut, hub.last(town.triage, "куда?"), "Ещё")
    menu = hub.last(town.triage, "что ещё?")
    await hub.press(town.dut, menu, "Не проблема")
    await hub.press(town.dut, hub.last(town.triage, "почему не проблема"), "Реклама")
    assert hub.last(town.maria, f"№ {number} закрыли: не увидели, что нужно сделать")
    assert hub.last(town.triage, f"▫️ № {number} · закрыто как «не проблема», Дарья")
    assert not hub.world.find(town.triage["id"], "почему не проблема")


async def test_s2_8_passed_to_a_service(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, UNSURE)
    number = town.number(town.maria)
    await hub.press(town.dut, hub.last(town.triage, "куда?"), "Ещё")
    await hub.press(town.dut, hub.last(town.triage, "что ещё?"), "Передать службе")
    menu = hub.last(town.triage, "кто этим ведает?")
    assert "ответ ждём до " in menu["text"]
    keys = _keys(menu)
    assert sum(map(len, keys)) <= 10
    assert keys[-1] == ["›", "Назад"]
    first = keys[0][0]
    assert await hub.press(town.ivan, menu, first) == "Меню открыл(а) Дарья"
    await hub.press(town.dut, menu, "›")
    assert _keys(hub.last(town.triage, "кто этим ведает?"))[-1] == ["‹", "Назад"]
    await hub.press(town.dut, hub.last(town.triage, "кто этим ведает?"), "‹")
    menu = hub.last(town.triage, "кто этим ведает?")
    assert await hub.press(town.dut, menu, first) == "Передано, житель узнает сразу"
    assert "Мы сами передали туда ваше сообщение" in hub.last(town.maria, f"№ {number}:")["text"]
    assert hub.last(town.triage, f"▫️ № {number} · передано другой службе, Дарья")
    assert not hub.world.find(town.triage["id"], "кто этим ведает?"), "the menu is closed"
