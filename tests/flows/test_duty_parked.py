"""What could not be applied, with buttons in the duty chat (conversations.md §2.10)."""

from __future__ import annotations

from typing import Any

from tests.flows.conftest import Town


def _labels(message: dict[str, Any]) -> list[list[str]]:
    return [[b["text"] for b in row] for row in message["reply_markup"]["inline_keyboard"]]


async def test_s2_10_it_is_tried_again_once_the_defect_is_mended(
    town: Town, poison: set[str]
) -> None:
    hub = town.hub
    await hub.say(town.maria, f"отрава. {town.REPORT}")
    aside = hub.last(town.triage, "Не смогли обработать, отложили: сообщение")
    assert "4 попытки · «RuntimeError»" in aside["text"]
    assert "напор" not in aside["text"]
    assert _labels(aside) == [["Повторить", "Убрать"]]
    assert await hub.press(town.ivan, aside, "Повторить") == "У вас нет роли для этого"
    assert await hub.press(town.dut, aside, "Повторить") == "Готово"
    again = hub.last(town.triage, "Не смогли обработать")
    assert again["message_id"] > aside["message_id"], "in vain: said anew, not in an old line"
    assert hub.last(town.triage, "Обрабатываем ещё раз: сообщение")
    poison.clear()
    assert await hub.press(town.dut, again, "Повторить") == "Готово"
    await hub.spoken()
    assert hub.last(town.maria, "Поняли так")
    assert not hub.world.find(town.triage["id"], "Не смогли обработать")


async def test_s2_10_it_is_let_go_by_a_person(town: Town, poison: set[str]) -> None:
    hub = town.hub
    await hub.say(town.maria, "отрава")
    aside = hub.last(town.triage, "Не смогли обработать")
    assert await hub.press(town.dut, aside, "Убрать") == "Готово"
    done = hub.last(town.triage, "Убрали: сообщение")
    assert ", Дарья, 10:12" in done["text"]
    assert "reply_markup" not in done
    assert await hub.app.inbox.count("parked", "new") == 0


async def test_s2_10_many_of_one_cause_are_one_line_with_a_list(
    town: Town, poison: set[str]
) -> None:
    hub = town.hub
    for n in range(7):
        await hub.say(town.maria, f"отрава. {town.REPORT} {n}")
    singles = [m for m in hub.texts(town.triage) if "отложили: сообщение" in m["text"]]
    assert len(singles) == 4
    line = hub.last(town.triage, "отложили: 7 сообщений, «RuntimeError»")
    await hub.press(town.dut, line, "Список")
    listed = hub.last(town.triage, "Отложено: 7")
    assert len(_labels(listed)) == 6
    assert _labels(listed)[-1] == ["›", "Повторить все"]
    await hub.press(town.dut, listed, "›")
    listed = hub.last(town.triage, "Отложено: 7")
    assert len(_labels(listed)) == 3
    await hub.press(town.dut, listed, _labels(listed)[0][0])
    assert hub.last(town.triage, "отложили: сообщение")["message_id"] > listed["message_id"]
    assert await hub.press(town.ivan, listed, "Повторить все") == "Меню открыл(а) Дарья"
    poison.clear()
    assert await hub.press(town.dut, listed, "Повторить все") == "Готово"
    await hub.spoken()
    assert hub.last(town.maria, "Принято")
    assert await hub.app.inbox.count("parked", "new") == 0
