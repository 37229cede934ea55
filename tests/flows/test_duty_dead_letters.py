"""What did not arrive, with buttons in the duty chat (conversations.md §2.10)."""

from __future__ import annotations

import pytest

from tests.flows.conftest import Town


async def test_s2_10_retry_leave_and_the_case(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    hub.world.block(town.maria)
    await hub.settle()
    await hub.press(town.ivan, town.card(number), "Взять")
    lost = hub.last(town.triage, "Не дошло: расписка")
    assert f"по № {number} · Telegram" in lost["text"]
    assert "1 попытка" in lost["text"]
    rows = lost["reply_markup"]["inline_keyboard"]
    assert [[b["text"] for b in r] for r in rows] == [["Повторить", "Без доставки"], ["Карточка"]]
    assert await hub.press(town.ivan, lost, "Повторить") == "У вас нет роли для этого"
    await hub.press(town.dut, lost, "Карточка")
    assert "Иван, с" in hub.last(town.triage, f"№ {number} ·")["text"]
    assert await hub.press(town.dut, lost, "Без доставки") == "Готово"
    done = hub.last(town.triage, "Без доставки: расписка")
    assert f"по № {number}, Дарья, 10:12" in done["text"]
    assert "reply_markup" not in done


async def test_s2_10_tried_again_it_arrives(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    hub.world.block(town.maria)
    await hub.settle()
    await hub.press(town.ivan, town.card(number), "Взять")
    hub.world.unblock(town.maria)
    await hub.press(town.dut, hub.last(town.triage, "Не дошло: расписка"), "Повторить")
    assert hub.last(town.maria, f"В работе, № {number}")
    assert hub.last(town.triage, "Повторили: расписка")


async def test_s2_10_many_of_one_cause_are_one_line(town: Town) -> None:
    hub = town.hub
    numbers = [await town.open_case() for _ in range(6)]
    hub.world.block(town.maria)
    await hub.settle()
    for number in numbers:
        await hub.press(town.ivan, town.card(number), "Взять")
    singles = [m for m in hub.texts(town.triage) if "Не дошло: " in m.get("text", "")]
    assert len(singles) == 4
    line = hub.last(town.triage, "Не доходит")
    assert await hub.press(town.ivan, line, "Список") == "У вас нет роли для этого"
    await hub.press(town.dut, line, "Список")
    listed = hub.last(town.triage, "Не дошло: ")
    assert any("›" in b["text"] for r in listed["reply_markup"]["inline_keyboard"] for b in r)
    hub.world.unblock(town.maria)
    await hub.press(town.dut, listed, "Повторить все")
    assert hub.last(town.maria, f"В работе, № {numbers[-1]}")


async def test_s1_15_an_answer_let_go_reaches_him_when_he_is_back(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    preview = await town.draft(number)
    await hub.press(town.ivan, preview, "m1.send")
    hub.world.block(town.maria)
    await hub.settle()
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    await hub.press(town.dut, hub.last(town.triage, "Не дошло: ответ"), "Без доставки")
    hub.world.unblock(town.maria)
    for _again in range(2):
        hub.world.start(town.maria)
        await hub.settle()
    said = [m for m in hub.texts(town.maria) if "Пока вас не было, пришёл ответ" in m["text"]]
    assert len(said) == 1
    assert hub.last(town.maria, "Получилось?")


async def test_an_outage_of_the_messenger_makes_no_dead_letters(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All tries of an hour fail; when it is over everything arrives, and nobody is alarmed."""
    monkeypatch.setattr("bot.delivery.retries.LONGEST_PAUSE", 0.02)
    hub = town.hub
    hub.world.trouble.drop("sendMessage", times=60)
    number = await town.open_case()
    assert hub.last(town.maria, f"Принято, № {number}")
    assert town.card(number)
    assert not hub.world.find(town.triage["id"], "Не дошло")


async def test_what_fails_while_others_arrive_is_a_dead_letter(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.retries.LONGEST_PAUSE", 0.02)
    world = town.hub.world
    number = await town.open_case()
    petr = (await town.hub.citizen("Пётр"))["id"]
    world.trouble.fail("editMessageText", times=1000)
    world.press(town.ivan, town.hcs["id"], town.card(number)["message_id"], "Взять")
    while not world.find(town.triage["id"], "Не дошло"):
        said = world.say(world.town.users[petr], "/help")["message_id"]
        await world.wait(lambda said=said: world.last(petr)["message_id"] > said)
