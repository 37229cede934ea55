"""The duty officer: unsure cases, any block, emergencies, cases without an owner."""

from __future__ import annotations

from datetime import timedelta

from tests.flows.conftest import Town

VAGUE = "Сделайте уже наконец хоть что-нибудь, безобразие"


async def test_unsure_goes_to_triage_with_the_best_as_buttons(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Во дворе после ремонта труб осталась яма у тротуара")
    card = hub.last(town.triage, "куда?")
    assert "ответим до" in hub.last(town.maria, "Принято")["text"].lower()
    assert "выбираем отдел" in hub.last(town.maria, "Принято")["text"]
    keys = [b["text"] for row in card["reply_markup"]["inline_keyboard"] for b in row]
    assert keys[-3] == "Другой блок"
    assert any("Дороги" in k for k in keys)
    assert all(len(k) <= 20 for k in keys)
    road = next(k for k in keys if "Дороги" in k)
    toast = await hub.press(town.dut, card, road)
    number = town.number(town.maria)
    assert toast == f"№ {number} → Дороги"
    assert "никто не взял" in town.card(number, town.rod)["text"]
    assert "Займётся: Дороги" in hub.last(town.maria, "Поняли так")["text"]
    assert hub.last(town.triage, f"№ {number} → Дороги")


async def test_another_block_by_a_menu_that_belongs_to_the_presser(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, VAGUE)
    await hub.press(town.dut, hub.last(town.triage, "куда?"), "Другой блок")
    menu = hub.last(town.triage, "какой блок?")
    assert menu["disable_notification"]
    assert await hub.press(town.ivan, menu, "ЖКХ и энергетика") == "Меню открыл(а) Дарья"
    await hub.press(town.dut, menu, "›")
    menu = hub.last(town.triage, "Страница 2 из 2")
    await hub.press(town.dut, menu, "‹")
    await hub.press(town.dut, hub.last(town.triage, "Страница 1"), "ЖКХ и энергетика")
    assert "никто не взял" in town.card(town.number(town.maria))["text"]
    assert not hub.world.find(town.triage["id"], "какой блок?"), "the menu is closed"


async def test_an_executor_may_not_route(town: Town) -> None:
    await town.hub.say(town.maria, "Во дворе после ремонта труб осталась яма у тротуара")
    card = town.hub.last(town.triage, "куда?")
    key = card["reply_markup"]["inline_keyboard"][0][0]["text"]
    assert await town.hub.press(town.ivan, card, key) == "У вас нет роли для этого"


async def test_emergency_112_first_then_the_duty_chat_and_the_block(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Сильный запах газа в подъезде, Островского 12, дышать нечем")
    words = [m["text"] for m in hub.texts(town.maria)]
    advice = next(i for i, t in enumerate(words) if "Сначала позвоните 112" in t)
    receipt = next(i for i, t in enumerate(words) if "Принято, №" in t)
    assert advice < receipt
    assert "Примет не позже 10:42" in words[advice]
    assert "Устраним до" in words[receipt]
    number = town.number(town.maria)
    assert "🚨" in town.card(number, town.triage)["text"]


async def test_a_working_hour_without_an_owner_is_said_once(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, VAGUE)
    await hub.go(timedelta(minutes=59))
    assert not hub.world.find(town.triage["id"], "без хозяина")
    await hub.go(timedelta(minutes=6))
    await hub.go(timedelta(minutes=30))
    said = [m for m in hub.texts(town.triage) if "без хозяина" in m.get("text", "")]
    assert len(said) == 1


async def test_s2_8_a_block_without_a_chat_waits_with_the_duty_officer(town: Town) -> None:
    hub = town.hub
    words = "третий день не вывозят мусор, контейнеры переполнены"
    await hub.say(town.maria, f"На Островского у дома 12 {words}")
    number = town.number(town.maria)
    card = town.card(number, town.triage)
    assert "У блока «ТКО и санитария» ещё нет чата, администратор знает" in card["text"]
    keys = [b["text"] for row in card["reply_markup"]["inline_keyboard"] for b in row]
    assert keys == ["Другой блок", "История"], "nothing that only the block's people may press"
    told = hub.last(hub.admin, f"№ {number} пришло блоку WST, а чата у него нет")
    assert "/bind WST" in told["text"]
    petr = await hub.citizen("Пётр")
    await hub.say(petr, f"На Ленина у дома 7 {words}")
    said = [m for m in hub.texts(hub.admin) if "чата у него нет" in m.get("text", "")]
    assert len(said) == 1, "once for a block"
    await hub.say(town.dut, "/queue", chat=town.triage)
    queue = hub.last(town.triage, "Без хозяина · 1–2 из 2")
    await hub.press(town.dut, queue, f"t1.open.{number}")
    again = town.card(number, town.triage)
    assert again["message_id"] > card["message_id"], "it stands at the bottom again"
    await hub.go(timedelta(minutes=65))
    alert = hub.last(town.triage, f"№ {number}: час без хозяина")
    assert alert["reply_to_message"]["message_id"] == again["message_id"]
    await hub.press(town.dut, again, "Другой блок")
    await hub.press(town.dut, hub.last(town.triage, "какой блок?"), "ЖКХ и энергетика")
    assert "никто не взял" in town.card(number)["text"]
    await hub.press(town.ivan, town.card(number), "Взять")
    assert "Иван, с" in town.card(number)["text"]


async def test_a_block_without_a_chat_is_worked_in_triage_by_its_people(town: Town) -> None:
    hub = town.hub
    anna = await hub.staff("Анна", "EXE", "TRN")
    hub.world.add_member(town.triage["id"], anna)
    late = "автобус 12 маршрута опаздывает каждый день, расписание не соблюдают"
    await hub.say(town.maria, f"На остановке {late}")
    number = town.number(town.maria)
    card = town.card(number, town.triage)
    keys = [b["text"] for row in card["reply_markup"]["inline_keyboard"] for b in row]
    assert keys == ["Взять", "Передать", "Не наше", "История", "Другой блок"]
    await hub.press(anna, card, "Взять")
    assert "Анна, с" in town.card(number, town.triage)["text"]


async def test_a_chat_bound_later_gets_what_waited(town: Town) -> None:
    """Nothing is lost while a block has no chat: its cards stand in triage until then."""
    hub = town.hub
    await hub.say(
        town.maria,
        "На остановке автобус 12 маршрута опаздывает каждый день, расписание не соблюдают",
    )
    number = town.number(town.maria)
    assert "никто не взял" in town.card(number, town.triage)["text"]
    anna = await hub.staff("Анна", "EXE", "TRN")
    trn = await hub.group("TRN", anna)
    await hub.press(anna, town.card(number, trn), "Взять")
    assert "Анна, с" in town.card(number, trn)["text"]
