"""/overdue, /rating, «Напомнить всем», the list of 16:00 and its snooze (§3.2, §3.3)."""

from __future__ import annotations

from datetime import datetime

from tests.flows.conftest import Town
from tests.support.hub import ZONE


def _at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


async def test_s3_3_overdue_with_numbers_and_a_word_to_every_holder(town: Town) -> None:
    hub = town.hub
    held, free = await town.open_case(), await town.open_case()
    await hub.press(town.ivan, town.card(held), "Взять")
    await hub.say(town.deputy, "/overdue")
    assert hub.last(town.deputy, "Просроченных нет.")
    await hub.go(_at(8, 12, month=12))
    await hub.say(town.deputy, "/overdue")
    page = hub.last(town.deputy, "Просрочено: 2")
    place = "слабый напор воды, ул. Островского, 12"
    assert page["text"] == (
        "Просрочено: 2 · ваши блоки\n"
        f"⏰ № {held} {place} · +2 дня · Иван\n⏰ № {free} {place} · +2 дня · никто не взял"
    )
    assert await hub.press(town.deputy, page, "Напомнить всем") == "Напомнили о 1 сообщении"
    await hub.press(town.deputy, page, "Напомнить всем")
    nudges = [m for m in hub.texts(town.hcs) if "Ответьте сегодня" in m.get("text", "")]
    assert [m["text"] for m in nudges] == [f"Иван, № {held} просрочено. Ответьте сегодня."]
    await hub.press(town.deputy, page, str(free))
    card = hub.last(town.deputy, "кран еле течёт")
    keys = [b["text"] for row in card["reply_markup"]["inline_keyboard"] for b in row]
    assert keys == ["Назначить"], "only what is decided from above"


async def test_s3_3_only_those_above_and_only_their_blocks(town: Town) -> None:
    hub = town.hub
    alien = await hub.staff("Фёдор", "BLK", "ROD")
    coordinator = await hub.staff("Клара", "CRD")
    number = await town.open_case()
    await hub.go(_at(8, 12, month=12))
    await hub.say(town.deputy, "/overdue")
    for nobody in (town.ivan, town.maria, town.dut):
        await hub.say(nobody, "/overdue")
        assert hub.last(nobody, "У вас нет роли для этого")
        await hub.say(nobody, "/rating")
        assert not hub.world.find(nobody["id"], "Рейтинг")
    await hub.say(alien, "/overdue")
    assert hub.last(alien, "Просроченных нет.")
    await hub.say(coordinator, "/overdue")
    assert f"№ {number}" in hub.last(coordinator, "Просрочено: 1 · весь центр")["text"]


async def test_s3_3_rating_by_periods_and_little_data(town: Town) -> None:
    hub = town.hub
    for n in range(5):
        citizen = await hub.citizen(f"Житель{n}")
        number = await town.open_case(
            f"На Островского у дома {n + 3} слабый напор воды, кран еле течёт", citizen
        )
        if n < 4:
            await hub.press(town.ivan, await town.draft(number), "m1.send")
            await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
            await hub.press(citizen, hub.last(citizen, "Получилось?"), "Решено")
            await hub.press(citizen, hub.last(citizen, "Как мы"), "4")
    await hub.say(town.deputy, "/rating")
    assert hub.last(town.deputy, "Рейтинг · 1–24 ноября\nМало данных: ЖКХ и энергетика (4)")
    await hub.go(_at(8, 12, month=12))
    await hub.say(town.head, "/rating")
    page = hub.last(town.head, "Рейтинг · 1–8 декабря")
    await hub.press(town.head, page, "Квартал")
    assert hub.last(town.head, "Рейтинг · 1 октября – 8 декабря")["text"].endswith(
        "ЖКХ и энергетика: пришло 5, ответили 4, вовремя 80 %, оценка 4 (4)"
    )
    await hub.press(town.head, hub.last(town.head, "Рейтинг · "), "Неделя")
    assert hub.last(town.head, "За этот срок сообщений не было.")
    assert len([m for m in hub.texts(town.head) if "Рейтинг · " in m.get("text", "")]) == 1


async def test_s3_2_the_list_of_16_00_and_quiet_until_tomorrow(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.answered(number)
    for time in (1, 2, 3):
        await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Не решено")
        if time < 3:
            await hub.press(town.ivan, await town.draft(number), "m1.send")
            await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    await hub.go(_at(24, 16))
    await hub.go(_at(24, 16, 1))
    told = [m for m in hub.texts(town.head) if "До конца дня" in m.get("text", "")]
    assert [m["text"] for m in told] == [
        f"До конца дня ждёт вас 1 решение: решить спор по № {number}, слабый напор воды, "
        "ул. Островского, 12."
    ]
    assert not hub.world.find(town.deputy["id"], "До конца дня"), "nothing waits for him"
    await hub.press(town.head, told[0], "Решить")
    assert hub.last(town.head, "Ждём вас: 1 решение")
    await hub.go(_at(25, 12))
    toast = await hub.press(town.head, told[0], "До завтра")
    assert toast == "Не напоминаем до чт 26.11 09:00. Сроки прежние"
    await hub.go(_at(25, 16))
    assert len([m for m in hub.texts(town.head) if "До конца дня" in m.get("text", "")]) == 1
    await hub.go(_at(26, 16))
    assert len([m for m in hub.texts(town.head) if "До конца дня" in m.get("text", "")]) == 2
    await hub.go(_at(28, 16))
    told = [m for m in hub.texts(town.head) if "До конца дня" in m.get("text", "")]
    assert len(told) == 2, "nothing is caught up on a day off"
