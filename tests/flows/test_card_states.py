"""The card's first lines and what hangs on them, state by state (conversations.md §2.1, §2.10)."""

from __future__ import annotations

from datetime import datetime

from tests.flows.conftest import Person, Town
from tests.support.hub import ZONE

GAS = "Сильный запах газа в подъезде, Островского 12"


def _first(card: Person) -> str:
    return str(card["text"].split("\n")[0])


def _rows(card: Person) -> list[list[str]]:
    rows = card.get("reply_markup", {}).get("inline_keyboard", [])
    return [[b["text"] for b in row] for row in rows]


async def test_s2_1_from_review_to_reopened(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    assert _first(town.card(number)) == f"🆕 № {number} · никто не взял · обычное"
    assert "Взять до ср 25.11 11:02 · ответить до пт 4.12 17:00" in town.card(number)["text"]
    preview = await town.draft(number)
    assert _first(town.card(number)) == f"🔧 № {number} · Иван, с 24.11 10:12"
    await hub.press(town.ivan, preview, "m1.send")
    review = f"🔎 № {number} · ответ на проверке с 10:12, до 12:12"
    assert _first(town.card(number)) == review

    # Taken back by its author: a new draft, and the checker's card says so.
    assert "Иван" in str(await hub.press(town.pavel, town.card(number), "Отозвать ответ"))
    await hub.press(town.ivan, town.card(number), "Отозвать ответ")
    assert "автор отозвал ответ" in hub.last(town.quality, f"№ {number}")["text"]
    assert _first(town.card(number)) == f"🔧 № {number} · Иван, с 24.11 10:12"
    await hub.press(town.ivan, hub.last(town.hcs, "ещё не отправлен"), "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Вернуть")
    prompt = hub.last(town.quality, "поправить")
    await hub.say(town.olga, "Напишите дату", chat=town.quality, reply_to=prompt["message_id"])
    card = town.card(number)
    assert _first(card) == f"🔧 № {number} · Иван, вернули на доработку (1 из 3)"
    assert "Поправить: «Напишите дату»" in card["text"]
    await hub.press(town.ivan, await town.redraft(number), "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    answered = f"✅ № {number} · ответ дан 24.11 10:12 · ждём оценку до 1.12"
    assert _first(town.card(number)) == answered

    # Returned: half the time, his words, the last answer under the card.
    await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Не решено")
    await hub.press(town.maria, hub.last(town.maria, "Что не так?"), "Сделали плохо")
    await hub.press(town.maria, hub.last(town.maria, "Как мы"), "2")
    await hub.say(town.maria, "Мастер ушёл через минуту, мой номер 8 918 123-45-67")
    card = town.card(number)
    assert _first(card) == f"↩️ № {number} · вернул житель (1 из 2), сделали плохо · обычное"
    assert "Мастер ушёл через минуту" in card["text"]
    assert "123-45-67" not in card["text"]
    assert "(половина срока)" in card["text"]
    for _time in range(2):
        assert await hub.press(town.pavel, card, "Прошлый ответ") == "Ответ — под карточкой"
    last = [m for m in hub.texts(town.hcs) if "Прошлый ответ по №" in m.get("text", "")]
    assert len(last) == 1
    assert "слесарь заменил" in last[0]["text"]
    assert last[0]["disable_notification"]


async def test_s2_10_overdue_and_help(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.go(datetime(2026, 12, 4, 17, 1, tzinfo=ZONE))
    assert _first(town.card(number)) == f"⏰ 🔧 № {number} · Иван · срок вышел пт 4.12 17:00"
    await hub.go(datetime(2026, 12, 7, 12, 0, tzinfo=ZONE))
    card = town.card(number)
    assert await hub.press(town.pavel, card, "Нужна помощь") == "Держит Иван. Попросите передать"
    await hub.press(town.ivan, card, "Нужна помощь")
    await hub.press(town.ivan, hub.last(town.hcs, "чего не хватает"), "Отмена")
    await hub.press(town.ivan, card, "Нужна помощь")
    toast = await hub.press(town.ivan, hub.last(town.hcs, "чего не хватает"), "Нет материала")
    assert toast == "Передали: Денис"
    told = hub.last(town.deputy, "Нужна помощь")["text"]
    assert f"№ {number}, нет материала" in told
    assert "Держит Иван, ответить до пт 4.12 17:00." in told
    assert "Передали: Денис." in hub.last(town.hcs, "попросили помощи")["text"]
    boss = await hub.staff("Борис", "BHD", "HCS")
    await hub.press(town.ivan, card, "Нужна помощь")
    menu = hub.last(town.hcs, "чего не хватает")
    assert await hub.press(town.ivan, menu, "Нет людей") == "Передали: Борис"
    assert hub.last(boss, "нет людей")
    # The card is drawn again by what happens next: it tells how long it is late.
    await hub.say(town.maria, "И ещё капает", reply_to=hub.last(town.maria, "Поняли")["message_id"])
    late = f"⏰ 🔧 № {number} · Иван · срок вышел пт 4.12 17:00, +3 рабочих ч"
    assert _first(town.card(number)) == late


async def test_s2_1_emergency_and_unreachable(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, GAS)
    number = town.number(town.maria)
    card = town.card(number)
    assert _first(card) == f"🚨 🆕 № {number} · принять до 10:42 · 24×7"
    assert _rows(card)[0] == ["Принять", "Передать"]
    toast = await hub.press(town.ivan, card, "Принять")
    assert toast == "Взято. Устранить до ср 25.11 10:12"
    assert hub.last(town.maria, "дежурный принял"), "in danger nobody waits a minute"
    lost = "Житель недоступен: остановил бота. Ответ сохраним, вернётся — получит."
    hub.world.block(town.maria)
    await hub.settle()
    assert lost in town.card(number)["text"]
    hub.world.start(town.maria)
    await hub.settle()
    assert lost not in town.card(number)["text"]


async def test_s2_2_a_person_without_a_role_answers_a_card(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    stranger = hub.world.add_user("Чужой")
    hub.world.add_member(town.hcs["id"], stranger)
    card = town.card(number)
    assert "у вас нет в нём роли" in str(await hub.press(stranger, card, "Взять"))
    await hub.say(stranger, "Сделаем", chat=town.hcs, reply_to=card["message_id"])
    said = hub.last(town.hcs, "у вас нет в нём роли")
    assert "ЖКХ и энергетика" in said["text"]
    assert await hub.press(town.ivan, card, "Взять") == "Взято. Ответить до пт 4.12 17:00"
