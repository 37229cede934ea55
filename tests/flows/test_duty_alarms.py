"""An emergency calls the duty people in private until one accepts (1.5; domain.md §1)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from tests.flows.conftest import Person, Town
from tests.support.hub import ZONE

GAS = "Сильный запах газа в подъезде, Островского 12, дышать нечем"
NIGHT = datetime(2026, 11, 24, 22, 40, tzinfo=ZONE)


def _alarms(town: Town, who: Person) -> list[dict[str, Any]]:
    return [m for m in town.hub.texts(who) if "авария, примите" in m.get("text", "")]


async def test_s1_5_calls_at_night_every_three_minutes_until_one_accepts(town: Town) -> None:
    hub = town.hub
    second = await hub.staff("Семён", "DUT")
    await hub.go(NIGHT)
    await hub.say(town.maria, GAS)
    number = town.number(town.maria)
    first = _alarms(town, town.dut)
    assert len(first) == 1
    assert not first[0].get("disable_notification")
    assert "Принять до 23:10" in first[0]["text"]
    assert _alarms(town, second)
    assert not _alarms(town, town.head), "the duty people are there"
    await hub.go(timedelta(minutes=3))
    again = _alarms(town, town.dut)
    assert len(again) == 1, "the call before is taken away"
    assert again[0]["message_id"] != first[0]["message_id"], "and it sounds again"
    await hub.go(timedelta(minutes=4))
    toast = await hub.press(second, _alarms(town, second)[0], "Принял")
    assert toast == "Принято, житель знает. Вызовите аварийную службу"
    done = f"№ {number}: принял Семён в 22:47"
    assert hub.last(town.dut, done)
    assert hub.last(second, done)
    assert not _alarms(town, town.dut)
    said = hub.last(town.maria, f"🚨 № {number}: дежурный принял в 22:47, передал аварийной")
    assert not said.get("disable_notification")
    assert done in town.card(number, town.triage)["text"]
    before = len(hub.texts(town.dut))
    await hub.go(timedelta(minutes=30))
    assert len(hub.texts(town.dut)) == before, "nobody is called any more"
    # The block takes it later: the citizen is not told twice.
    await hub.press(town.ivan, town.card(number), "Принял")
    told = [m for m in hub.texts(town.maria) if "дежурный принял" in m.get("text", "")]
    assert len(told) == 1


async def test_s1_5_accepting_in_the_duty_chat_twice_and_by_a_stranger(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, GAS)
    number = town.number(town.maria)
    card = town.card(number, town.triage)
    assert await hub.press(town.ivan, card, "Принял") == "У вас нет роли для этого"
    private = _alarms(town, town.dut)[0]
    for message in (card, private):
        hub.world.press(town.dut, message["chat"]["id"], message["message_id"], "Принял")
    await hub.settle()
    await hub.world.wait(lambda: len(hub.world.toasts(town.dut["id"])) == 2)
    assert "Уже принято: Дарья, 10:12" in hub.world.toasts(town.dut["id"])
    assert hub.last(town.dut, f"№ {number}: принял Дарья в 10:12")
    assert private["message_id"] == hub.last(town.dut, "принял Дарья")["message_id"]
    assert "Принял" not in str(town.card(number, town.triage).get("reply_markup"))


async def test_s1_5_the_block_accepts_and_the_calls_stop(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, GAS)
    number = town.number(town.maria)
    await hub.press(town.ivan, town.card(number), "Принял")
    assert hub.last(town.dut, f"№ {number}: принял Иван в 10:12")
    assert hub.last(town.maria, f"№ {number}: дежурный принял в 10:12")
    await hub.go(timedelta(minutes=10))
    assert not _alarms(town, town.dut)


async def test_s1_5_half_an_hour_unaccepted_reaches_the_head_and_the_deputy(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, GAS)
    number = town.number(town.maria)
    await hub.go(timedelta(minutes=29))
    assert not hub.world.find(town.head["id"], "никто не принял")
    await hub.go(timedelta(minutes=2))
    told = hub.last(town.head, f"№ {number}: до 10:42 никто не принял")
    assert hub.last(town.deputy, f"№ {number}: до 10:42 никто не принял")
    assert "reply_markup" not in hub.last(town.deputy, "никто не принял")
    await hub.go(timedelta(minutes=5))
    assert _alarms(town, town.head), "the head is called as well"
    await hub.press(town.head, told, "Принял")
    assert hub.last(town.dut, f"№ {number}: принял Марина")


async def test_s1_5_words_before_consent_call_too(town: Town) -> None:
    hub = town.hub
    stranger = hub.world.add_user("Неизвестный")
    await hub.say(stranger, GAS)
    call = hub.last(town.dut, "согласия пока нет: примите")
    assert "Островского" in call["text"]
    assert "Неизвестный" not in call["text"]
    card = hub.last(town.triage, "согласия ещё нет")
    await hub.press(town.dut, card, "Принял")
    assert hub.last(stranger, "🚨 Дежурный принял в 10:12")
    assert hub.last(town.triage, "Тревога без согласия: принял Дарья в 10:12")
    await hub.press(stranger, hub.last(stranger, "согласие"), "c1.agree.1")
    number = town.number(stranger)
    assert hub.last(town.triage, f"Согласие есть: № {number}")
    assert not _alarms(town, town.dut), "the same words do not call again"


async def test_s2_8_raised_to_an_emergency_by_the_duty_officer(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Сделайте уже наконец хоть что-нибудь, безобразие")
    number = town.number(town.maria)

    async def weigh(word: str) -> None:
        await hub.press(town.dut, hub.last(town.triage, f"№ {number} · куда?"), "Ещё")
        await hub.press(town.dut, hub.last(town.triage, "что ещё?"), "Важность")
        await hub.press(town.dut, hub.last(town.triage, "какая важность"), word)

    await weigh("☐ Авария")
    assert hub.last(town.maria, "Сначала позвоните 112")
    assert len(_alarms(town, town.dut)) == 1
    keys = hub.last(town.triage, f"🚨 🆕 № {number}")["reply_markup"]["inline_keyboard"][-1]
    assert [k["text"] for k in keys] == ["Принял", "Ещё"]
    await weigh("☐ Обычная")
    assert hub.last(town.dut, f"№ {number}: больше не авария")
    await hub.go(timedelta(minutes=10))
    assert not _alarms(town, town.dut)
