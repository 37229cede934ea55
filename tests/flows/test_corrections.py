"""The receipt word by word, and what a citizen corrects in it (§1.2, §1.6)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.flows.conftest import Town
from tests.support.hub import ZONE

PICTURE = b"\x89PNG not looked into"
TWO = "На Островского у дома 12 слабый напор воды, кран еле течёт, и тротуар"
"""ЖКХ for sure; after it Дороги among others."""


def _keys(message: dict[str, Any]) -> list[list[str]]:
    rows = message["reply_markup"]["inline_keyboard"]
    return [[button["text"] for button in row] for row in rows]


async def test_s1_2_the_receipt_word_by_word(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    receipt = hub.last(town.maria, "Поняли так")
    assert receipt["html"] == (
        f"🆕 <b>Принято, № {number}</b>\n\n"
        "Поняли так: слабый напор воды\n"
        "Где: ул. Островского, 12\n"
        "Займётся: ЖКХ и энергетика\n"
        "Возьмём в работу до ср, 25 ноября, 11:02\n"
        "Ответим до <b>пт, 4 декабря, 17:00</b>\n\n"
        "Ответ придёт сюда. Если поняли не так, поправьте."
    )
    assert _keys(receipt) == [["Дополнить", "Место"], ["Не тот отдел", "Почему такой срок"]]
    hub.world.say(town.maria, media_group=[PICTURE] * 2, caption=town.REPORT)
    await hub.settle()
    assert "\nВложения: 2 фото\n" in hub.last(town.maria, "Вложения")["text"]
    await town.answered(number)
    receipt = hub.last(town.maria, f"Ответ дан, № {number}")
    assert _keys(receipt) == [["Дополнить", "Почему такой срок"]]


async def test_s1_2_the_receipt_in_english(town: Town) -> None:
    john = await town.hub.citizen("John", language_code="en")
    await town.hub.say(john, town.REPORT)
    receipt = town.hub.last(john, "We understood")
    assert "Received, No." in receipt["text"]
    assert "We'll pick it up by Wed 25 Nov, 11:02" in receipt["text"]
    assert "Answer by Fri 4 Dec, 17:00" in receipt["text"]
    assert "The answer comes here. Not right? Correct it." in receipt["text"]
    assert _keys(receipt) == [["Add more", "Place"], ["Wrong department", "Why this date"]]


@pytest.mark.parametrize(
    ("at", "line"),
    [
        ((25, 20, 10), "Сейчас вечер, срок считаем с утра: возьмём в работу до пт, 27 ноября, 09:"),
        ((26, 2, 0), "Сейчас ночь, срок считаем с утра: возьмём в работу до пт, 27 ноября, 09:"),
        ((26, 7, 30), "Рабочий день ещё не начался, срок считаем с 09:00: возьмём в работу до "),
        ((27, 19, 0), "Сейчас вечер, срок считаем с пн, 30 ноября: возьмём в работу до вт, 1 дек"),
        ((28, 12, 0), "Сегодня выходной, срок считаем с пн, 30 ноября: возьмём в работу до вт, 1"),
    ],
)
async def test_s1_2_out_of_hours_the_receipt_says_why(
    town: Town, at: tuple[int, int, int], line: str
) -> None:
    hub = town.hub
    await hub.go(datetime(2026, 11, *at, tzinfo=ZONE))
    await town.open_case()
    assert line in hub.last(town.maria, "Поняли так")["text"]
    if at == (25, 20, 10):
        await hub.say(town.maria, "Пожар в подъезде на Островского 12, горит щиток, дым")
        assert "Сейчас вечер" not in hub.last(town.maria, "Поняли так")["text"]


async def test_s1_2_the_line_goes_when_the_clock_has_begun(town: Town) -> None:
    hub = town.hub
    await hub.go(datetime(2026, 11, 25, 20, 10, tzinfo=ZONE))
    await town.open_case()
    await hub.go(datetime(2026, 11, 26, 9, 5, tzinfo=ZONE))
    receipt = hub.last(town.maria, "Поняли так")
    await hub.say(town.maria, "Ещё вода ржавая", reply_to=receipt["message_id"])
    text = hub.last(town.maria, "Поняли так")["text"]
    assert "Сейчас вечер" not in text
    assert "Возьмём в работу до" in text


async def test_s1_6_the_wrong_department_while_nobody_holds_it(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(TWO)
    receipt = hub.last(town.maria, "Поняли так")
    assert await hub.press(town.maria, receipt, "Не тот отдел") is None
    asked = hub.last(town.maria, "Кто, по-вашему, этим занимается?")
    assert asked["message_id"] == receipt["message_id"]
    assert _keys(asked) == [["Дороги", "Строительство и арх…"], ["Не знаю", "Назад"]]
    await hub.press(town.maria, asked, "Назад")
    assert _keys(hub.last(town.maria, "Поняли так"))[0] == ["Дополнить", "Место"]
    await hub.press(town.maria, receipt, "Не тот отдел")
    asked = hub.last(town.maria, "Кто, по-вашему")
    due = hub.last(town.maria, "Поняли так")["text"].split("Ответим до ")[1].split("\n")[0]
    await hub.press(town.maria, asked, "Дороги")
    day = due.split(", ")[1]
    assert hub.last(town.maria)["text"] == (f"Спасибо, дежурный проверит. Срок прежний: до {day}.")
    assert _keys(hub.last(town.maria, "Поняли так"))[0] == ["Дополнить", "Место"]
    note = hub.last(town.triage, "Житель считает")
    assert "Житель считает: Дороги" in note["text"]
    assert not note["disable_notification"]
    refused = await hub.press(town.ivan, note, note_key(note, "Дороги"))
    assert refused == "У вас нет роли для этого"
    await hub.go(timedelta(hours=1))
    assert await hub.press(town.dut, note, note_key(note, "Дороги")) == f"№ {number} → Дороги"
    assert hub.last(town.maria)["text"] == f"№ {number} теперь у блока «Дороги». Срок прежний."
    assert f"Ответим до {due}" in hub.last(town.maria, "Поняли так")["text"]
    assert "никто не взял" in town.card(number, town.rod)["text"]
    assert "reply_markup" not in hub.last(town.triage, f"№ {number} → Дороги")
    assert not hub.world.find(town.triage["id"], "Житель считает")
    arrows = [m for m in hub.texts(town.triage) if f"№ {number} →" in m.get("text", "")]
    assert len(arrows) == 1, "the note itself says what was decided"


def note_key(note: dict[str, Any], block: str) -> str:
    """The key of a note that names a block."""
    return next(k for row in _keys(note) for k in row if block in k)


async def test_s1_6_the_citizen_does_not_know_whose_it_is(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, hub.last(town.maria, "Поняли так"), "Не тот отдел")
    await hub.press(town.maria, hub.last(town.maria, "Кто, по-вашему"), "Не знаю")
    note = hub.last(town.triage, "Житель считает: не этот блок")
    await hub.press(town.dut, note, "Другой блок")
    menu = hub.last(town.triage, "какой блок?")
    await hub.press(town.dut, menu, "Дороги")
    assert "никто не взял" in town.card(number, town.rod)["text"]
    assert not hub.world.find(town.triage["id"], "какой блок?")
    assert f"№ {number} теперь у блока «Дороги»" in hub.last(town.maria)["text"]


async def test_s1_6_taken_meanwhile_the_note_leaves_nothing_to_choose(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(TWO)
    await hub.press(town.maria, hub.last(town.maria, "Поняли так"), "Не тот отдел")
    await hub.press(town.maria, hub.last(town.maria, "Кто, по-вашему"), "Дороги")
    await hub.press(town.ivan, town.card(number), "Взять")
    note = hub.last(town.triage, "Житель считает")
    toast = await hub.press(town.dut, note, note_key(note, "Дороги"))
    assert toast == "Карточка изменилась, показываю свежую"
    assert "reply_markup" not in hub.last(town.triage, "Житель считает: Дороги")
    assert not hub.world.find(town.triage["id"], f"№ {number} →")
    assert "Иван, с" in town.card(number)["text"]


async def test_s1_6_held_already_the_note_goes_under_the_card(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    receipt = hub.last(town.maria, "Поняли так")
    await hub.press(town.ivan, town.card(number), "Взять")
    for _time in range(2):
        await hub.press(town.maria, receipt, "Не тот отдел")
        await hub.press(town.maria, hub.last(town.maria, "Кто, по-вашему"), "Не знаю")
    notes = [m for m in hub.texts(town.hcs) if "Житель считает" in m.get("text", "")]
    assert len(notes) == 1, "said once"
    assert notes[0]["reply_to_message"]["message_id"] == town.card(number)["message_id"]
    assert not hub.world.find(town.triage["id"], "Житель считает")
    thanks = [m for m in hub.texts(town.maria) if "дежурный проверит" in m.get("text", "")]
    assert len(thanks) == 1


async def test_s1_6_a_triage_move_without_a_word_of_the_citizen_says_nothing(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Во дворе после ремонта труб осталась яма у тротуара")
    number = town.number(town.maria)
    assert _keys(hub.last(town.maria, "Поняли так")) == [
        ["Дополнить", "Место"],
        ["Почему такой срок"],
    ]
    assert (
        "Займётся: выбираем отдел, скажем в течение часа"
        in (hub.last(town.maria, "Поняли так")["text"])
    )
    card = hub.last(town.triage, "куда?")
    await hub.press(town.dut, card, note_key(card, "Дороги"))
    assert not hub.world.find(town.maria["id"], f"№ {number} теперь")
