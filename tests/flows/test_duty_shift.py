"""/shift and /queue: who is on duty, what waits, what is handed over (domain.md §11, DUT)."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.conftest import Town

VAGUE = "Сделайте уже наконец хоть что-нибудь, безобразие"
GAS = "Сильный запах газа в подъезде, Островского 12, дышать нечем"


async def test_s11_shift_decides_who_is_called_and_hands_over(town: Town) -> None:
    hub = town.hub
    second = await hub.staff("Семён", "DUT")
    await hub.say(town.ivan, "/shift", chat=town.triage)
    assert hub.last(town.triage, "У вас нет роли для этого")
    await hub.say(second, "/shift")
    assert "На смене никого" in hub.last(second, "вызовет всех дежурных")["text"]
    await hub.press(second, hub.last(second, "На смене никого"), "Заступить")
    assert hub.last(town.triage, "На смене: Семён.")
    assert "Семён, с 24.11 10:12" in hub.last(second, "Сейчас дежурят")["text"]
    await hub.say(second, "/shift on")
    assert hub.last(second, "Вы уже на смене")
    await hub.say(town.maria, GAS)
    assert hub.world.find(second["id"], "авария, примите")
    assert not hub.world.find(town.dut["id"], "авария, примите"), "he is not on shift"
    await hub.say(await hub.citizen("Пётр"), VAGUE)
    await hub.say(second, "/shift off")
    handed = hub.last(town.triage, "Смену сдали: Семён.")["text"]
    assert "без хозяина: 1, ждут меня: 1, не дошло: 0" in handed
    await hub.go(timedelta(minutes=3))
    assert hub.world.find(town.dut["id"], "авария, примите"), "now everybody is called"


async def test_s11_queue_pages_and_opens_cards(town: Town) -> None:
    hub = town.hub
    numbers = []
    for n in range(6):
        citizen = await hub.citizen(f"Житель {n}")
        await hub.say(citizen, VAGUE)
        numbers.append(town.number(citizen))
    await hub.say(town.dut, "/queue", chat=town.triage)
    found = hub.last(town.triage, "Без хозяина · 1–5 из 6")
    assert await hub.press(town.ivan, found, "›") == "Меню открыл(а) Дарья"
    await hub.press(town.dut, found, "›")
    found = hub.last(town.triage, "6–6 из 6")
    before = hub.last(town.triage, f"№ {numbers[5]} · куда?")["message_id"]
    await hub.press(town.dut, found, f"t1.open.{numbers[5]}")
    card = hub.last(town.triage, f"№ {numbers[5]} · куда?")
    assert card["message_id"] > before, "it stands at the bottom again"
    await hub.press(town.dut, card, "Другой блок")
    await hub.press(town.dut, found, "Ждут меня: 0")
    assert "Ничего не ждёт" in hub.last(town.triage, "Ждут меня")["text"]
    await hub.say(town.dut, "/queue")
    await hub.press(town.dut, hub.last(town.dut, "Без хозяина"), f"t1.open.{numbers[0]}")
    assert "reply_markup" not in hub.last(town.dut, f"№ {numbers[0]} · куда?")
