"""How the messages of a case fared stands in its history (conversations.md §2.7)."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.conftest import Town


async def _history(town: Town, number: int) -> str:
    town.hub.world.start(town.dut, f"h_{number}")
    await town.hub.settle()
    text: str = town.hub.last(town.dut, f"№ {number}, история")["text"]
    return text


async def test_s2_7_what_arrived_and_what_did_not(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    text = await _history(town, number)
    assert "24.11 10:12 жителю: расписка · доставлено" in text
    assert text.index("приняли") < text.index("жителю: расписка")
    assert "карточка" not in text, "what staff have got is not news"
    hub.world.block(town.maria)
    await hub.go(timedelta(minutes=3))
    await town.answered_unseen(number)
    text = await _history(town, number)
    assert "жителю: ответ · не доставлено: человек остановил бота" in text
    lost = hub.last(town.triage, "Не дошло: ответ")
    await hub.press(town.dut, lost, "Без доставки")
    text = await _history(town, number)
    assert "жителю: ответ · не доставлено, так и оставили: человек остановил бота" in text
    assert "оставили без доставки: ответ · Дарья" in text


async def test_s2_7_a_chat_that_can_not_be_written_to(town: Town) -> None:
    hub = town.hub
    hub.world.town.rooms[town.hcs["id"]].bot_status = "restricted"
    hub.world.town.rooms[town.hcs["id"]].denied = {"can_send_messages"}
    number = await town.open_case()
    assert "Чат HCS: карточка · ждёт до 24.11 10:" in await _history(town, number)
