"""«Завершить»: the head of МЦУ ends a case; a question for a reason can be cancelled (§1, §3.2)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.model import Appeal, Outcome, Role
from tests.flows.conftest import Town
from tests.support.hub import ZONE


def _keys(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [b["text"] for row in rows for b in row]


async def _card(town: Town, number: int) -> dict[str, Any]:
    """The head opens the card of an overdue case in private."""
    hub = town.hub
    await hub.go(datetime(2026, 12, 8, 12, tzinfo=ZONE))
    await hub.say(town.head, "/overdue")
    await hub.press(town.head, hub.last(town.head, "Просрочено: "), str(number))
    return hub.last(town.head, "кран еле течёт")


async def test_s1_the_head_ends_a_case_with_a_reason_that_the_citizen_reads(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, await town.draft(number), "m1.send")
    card = await _card(town, number)
    assert _keys(card) == ["Завершить"]
    await hub.press(town.head, card, "Завершить")
    asked = hub.last(town.head, f"Почему завершаем № {number}?")
    await hub.press(town.head, asked, "Отмена")
    assert not hub.world.find(town.head["id"], "Почему завершаем")
    await hub.press(town.head, card, "Завершить")
    await hub.say(town.head, "Дом расселён, звоните 89181234567")
    assert "виден телефон" in hub.texts(town.head)[-1]["text"]
    await hub.say(town.head, "Дом расселён, сеть отключили насовсем.")
    assert hub.last(town.head, f"№ {number} завершили, жителю сказали.")
    told = hub.last(town.maria, f"№ {number}: работу завершили")
    assert "Дом расселён, сеть отключили насовсем." in told["text"]
    assert told["text"].endswith("Понятно, почему так?")
    assert _keys(told) == ["Понятно", "Не понятно"]
    assert "закрыто руководителем МЦУ" in town.card(number)["text"].split("\n")[0]
    assert hub.last(town.quality, f"№ {number} закрыто, проверять больше нечего")
    assert await hub.press(town.head, card, "Завершить") is not None, "it is over"
    async with hub.app.store.reading() as uow:
        event = (await uow.appeals.events_of(number))[-1]
        assert (event.action, event.role) == ("terminate", Role.MHD)
        assert (await uow.need(Appeal, number)).outcome is Outcome.TERMINATED
    await hub.press(town.maria, told, "Понятно")
    assert hub.last(town.maria, "работу завершили")["text"].endswith("Вы ответили: понятно.")
    assert not hub.world.find(town.maria["id"], "Получилось?")


async def test_s3_2_danger_and_a_photo_are_never_the_heads_reason(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    hub.world.start(town.head)
    await hub.settle()
    await hub.press(town.head, hub.last(town.head, "Нужно ваше согласие"), "Даю согласие")
    card = await _card(town, number)
    await hub.press(town.head, card, "Завершить")
    await hub.say(town.head, "Сильный запах газа в подъезде, Островского 12, дышать нечем")
    assert hub.last(town.head, "Сначала позвоните 112")
    await hub.say(town.head, caption="Смотрите", photo=b"a pit")
    assert not hub.world.find(town.maria["id"], "работу завершили")
    await hub.say(town.head, "Дом расселён.")
    assert "Дом расселён." in hub.last(town.maria, "работу завершили")["text"]
