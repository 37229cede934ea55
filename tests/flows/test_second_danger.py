"""A second danger is never taken for more words about the first (1.5; domain.md §1)."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.flows.conftest import Person, Town

GAS = "Пахнет газом в подъезде на Мира 7"
FIRE = "На Ленина 5 пожар, горит квартира, дым"
ADVICE = "Сначала позвоните 112"


def _with(town: Town, who: Person, part: str) -> list[dict[str, Any]]:
    return [m for m in town.hub.texts(who) if part in m.get("text", "")]


async def _accept(town: Town) -> None:
    await town.hub.press(town.dut, town.hub.last(town.dut, "авария, примите"), "Принял")


async def edit(town: Town, said: dict[str, Any], text: str) -> None:
    """Maria changes a message of hers."""
    town.hub.world.edit(town.maria, town.maria["id"], said["message_id"], text)
    await town.hub.settle()
    await town.hub.spoken()


async def test_s1_5_another_danger_is_heard_while_one_is_being_added_to(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, GAS)
    first = town.number(town.maria)
    await _accept(town)
    await hub.press(town.maria, hub.last(town.maria, "Поняли так"), "Дополнить")
    await hub.say(town.maria, FIRE)
    second = town.number(town.maria)
    assert second != first
    assert len(_with(town, town.maria, ADVICE)) == 2
    assert f"№ {second} · авария, примите" in hub.last(town.dut, "авария, примите")["text"]
    assert "Ленина, 5" in town.card(second, town.triage)["text"]


async def test_s1_5_another_place_is_no_answer_to_a_question(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, GAS)
    first = town.number(town.maria)
    await _accept(town)
    await town.ask(first, "В каком подъезде?")
    await hub.go(timedelta(hours=5))
    await hub.say(town.maria, "На Ленина 5 пахнет газом, люди без сознания")
    second = town.number(town.maria)
    assert second != first
    assert len(_with(town, town.maria, ADVICE)) == 2
    assert hub.last(town.dut, f"№ {second} · авария, примите")
    assert not _with(town, town.maria, "Передали. Новый срок")
    # The question is still open; the same danger at the same place is its answer, and duty hears.
    await hub.say(town.maria, "Пахнет газом во втором подъезде на Мира 7")
    assert "во втором подъезде" in hub.last(town.hcs, "Житель ответил")["text"]
    told = hub.last(town.triage, "во втором подъезде")
    assert not told.get("disable_notification")
    assert len(_with(town, town.maria, ADVICE)) == 2, "the same danger does not call again"


@pytest.mark.parametrize("words", ["Сильно пахнет газом, Мира 7", "скорее, газом пахнет"])
async def test_s1_5_the_same_again_joins_and_the_duty_officer_reads_it(
    town: Town, words: str
) -> None:
    hub = town.hub
    await hub.say(town.maria, GAS)
    number = town.number(town.maria)
    await hub.say(town.maria, words)
    assert town.number(town.maria) == number
    assert len(_with(town, town.maria, ADVICE)) == 1
    for chat in (town.hcs, town.triage):
        again = hub.last(chat, "🚨 Житель снова пишет об опасности:")
        assert not again.get("disable_notification")


async def test_s1_5_hours_later_it_is_a_new_danger_and_an_ordinary_question_waits_on(
    town: Town,
) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.ask(number, "Какой этаж?")
    await hub.say(town.maria, GAS)
    first = town.number(town.maria)
    await hub.go(timedelta(hours=5))
    await hub.say(town.maria, "Пахнет газом, сильнее, чем утром, Мира 7")
    assert town.number(town.maria) > first
    assert "ждём жителя" in town.card(number)["text"], "danger is no answer about the pressure"


async def test_s8_another_danger_before_consent_calls_again(town: Town) -> None:
    hub = town.hub
    petr = hub.world.add_user("Пётр")
    await hub.say(petr, GAS)
    await hub.say(petr, FIRE)
    assert len(_with(town, petr, ADVICE)) == 2
    (call,) = _with(town, town.dut, "согласия пока нет: примите")
    assert "пожар" in call["text"]
    assert "ул. Ленина, 5; ул. Мира, 7" in call["text"]


async def test_s1_5_skoree_is_no_ambulance(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Пахнет газом в подъезде на Мира 7, приезжайте скорее")
    receipt = hub.last(town.maria, "Поняли так")["text"]
    assert "скорая" not in receipt
    number = town.number(town.maria)
    await hub.say(town.maria, "скорее")
    assert town.number(town.maria) == number
    assert not hub.world.find(town.maria["id"], "Здравоохранение")


async def test_s1_15_danger_in_an_edit_after_the_answer_calls(town: Town) -> None:
    hub = town.hub
    said = await hub.say(town.maria, town.REPORT)
    number = town.number(town.maria)
    await town.answered(number)
    await edit(town, said, town.REPORT + " и холодно")
    assert hub.last(town.maria, "Правку видим, но ответ уже дан.")
    await edit(town, said, "На Островского 12 пожар в подъезде, дым")
    second = town.number(town.maria)
    assert second != number
    assert hub.last(town.maria, ADVICE)
    assert hub.last(town.dut, f"№ {second} · авария, примите")
    await edit(town, said, "На Островского 12 пожар в подъезде, дым всё гуще")
    assert town.number(town.maria) == second
    assert hub.last(town.triage, "дым всё гуще"), "the same danger joins, and duty reads it"


async def test_s1_15_every_late_edit_is_seen(town: Town) -> None:
    hub = town.hub
    said = await hub.say(town.maria, town.REPORT)
    await town.answered(town.number(town.maria))
    for n, more in enumerate((" и холодно", " и темно"), 1):
        await edit(town, said, town.REPORT + more)
        assert len(_with(town, town.maria, "Правку видим, но ответ уже дан.")) == n


async def test_s1_15_another_house_in_an_emergency_calls_for_the_same_case(town: Town) -> None:
    hub = town.hub
    said = await hub.say(town.maria, GAS)
    number = town.number(town.maria)
    await _accept(town)
    await edit(town, said, "Пахнет газом в подъезде на Мира 17")
    call = hub.last(town.dut, f"№ {number} · авария, примите")
    assert "Мира, 17" in call["text"]
    assert town.number(town.maria) == number


async def test_s1_15_a_hello_or_thanks_edited_into_a_report_is_heard(town: Town) -> None:
    hub = town.hub
    thanks = await hub.say(town.maria, "спасибо")
    assert hub.last(town.maria, "Пожалуйста")
    await edit(town, thanks, "спасибо, но в подъезде пахнет газом на Мира 7")
    first = town.number(town.maria)
    assert hub.last(town.maria, ADVICE)
    assert hub.last(town.dut, f"№ {first} · авария, примите")
    await hub.go(timedelta(hours=1))
    hello = await hub.say(town.maria, "Здравствуйте")
    await edit(town, hello, f"Здравствуйте. {town.REPORT}")
    assert town.number(town.maria) > first
    other = await hub.say(town.maria, "Добрый вечер")
    await edit(town, other, "Добрый вечер всем вам")
    assert hub.last(town.maria, "Правку видим, но к чему она — не поняли.")


async def test_s1_6_an_emergency_put_back_to_work_calls_again(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, GAS)
    number = town.number(town.maria)
    await _accept(town)
    await hub.say(town.maria, "/my")
    shown = hub.last(town.maria, "Ваши сообщения")

    async def press(button: str) -> None:
        now = next(m for m in hub.texts(town.maria) if m["message_id"] == shown["message_id"])
        await hub.press(town.maria, now, button)

    for button in (f"c1.case.{number}", "Забрать", "Забрать"):
        await press(button)
    await hub.go(timedelta(minutes=10))
    assert not _with(town, town.dut, "авария, примите")
    await press("Вернуть в работу")
    assert hub.last(town.dut, f"№ {number} · авария, примите")
    assert "Принял" in str(town.card(number, town.triage)["reply_markup"])
    await hub.go(timedelta(minutes=40))
    assert hub.last(town.head, f"№ {number}: до")
    await _accept(town)
    assert len(_with(town, town.maria, "дежурный принял в")) == 2, "she hears of each"
