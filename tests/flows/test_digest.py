"""The morning digest: full, of a quiet day, late; drill-downs (§3.1, domain.md §6)."""

from __future__ import annotations

from datetime import datetime

from services.wire import units
from tests.flows.conftest import Person, Town
from tests.support.hub import ZONE


def _at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def _digests(town: Town, person: Person) -> list[Person]:
    return [m for m in town.hub.texts(person) if "Сводка" in m.get("text", "")]


def _buttons(message: Person) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def test_s3_1_a_quiet_day_is_a_few_lines_once_a_working_day(town: Town) -> None:
    hub = town.hub
    first = await town.open_case()
    await town.answered(first)
    await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Решено")
    await hub.press(town.maria, hub.last(town.maria, "Как мы"), "4")
    await hub.press(town.ivan, town.card(await town.open_case()), "Взять")
    await hub.go(_at(25, 8, 29))
    assert not _digests(town, town.deputy)
    await hub.go(_at(25, 8, 30))
    await hub.go(_at(25, 8, 31))
    assert len(_digests(town, town.deputy)) == 1
    assert hub.last(town.deputy, "Сводка")["text"] == (
        "Сводка · ср, 25 ноября\nЖКХ и энергетика\n\n"
        "От вас ничего не ждём.\n"
        "Вчера пришло 2. Просрочено — нет. Сроки сегодня: нет, на следующий рабочий день: нет.\n"
        "Критическое, ошибки, обещания: без замечаний.\n"
        "Ответили 1, все в срок · оценок 1 — мало, чтобы судить"
    )
    assert _buttons(hub.last(town.deputy, "Сводка")) == ["Рейтинг"]
    assert "Весь центр" in hub.last(town.head, "Сводка")["text"]
    for nobody in (town.ivan, town.dut, town.olga):
        assert not _digests(town, nobody)
    await hub.go(_at(28, 9))
    assert not [m for m in _digests(town, town.deputy) if "сб" in m["text"]], "a day off"


async def test_s3_1_a_late_digest_says_since_when(town: Town) -> None:
    hub = town.hub
    await hub.go(_at(25, 7, 50))
    await hub.go(_at(25, 10, 5))
    assert hub.last(town.deputy, "Сводка")["text"].startswith(
        "Сводка за ср, 25 ноября, пришла в 10:05: бот не работал с 07:50."
    )
    await hub.go(_at(26, 8, 30))
    assert len(_digests(town, town.deputy)) == 2, "one a day"


async def test_s3_1_sections_and_drill_downs(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.go(_at(4, 8, 30, month=12))
    today = hub.last(town.deputy, "Сводка")
    assert "⏰ Не взяли вовремя 1: № 1 слабый напор воды" in today["text"]
    assert "никто не взял" in today["text"]
    assert "Сегодня 1" in today["text"]
    assert "Критическое сейчас: без замечаний" in today["text"]
    assert "Темы за 7 дней: без замечаний" in today["text"]
    await hub.press(town.deputy, today, "Сегодня 1")
    page = hub.last(town.deputy, "Срок сегодня: 1")
    assert page["text"] == (
        f"Срок сегодня: 1 · ваши блоки\n№ {number} слабый напор воды, ул. Островского, 12 · "
        "до 17:00 · никто не взял"
    )
    assert page["disable_notification"]
    await hub.press(town.deputy, today, "Рейтинг")
    assert hub.last(town.deputy, "Рейтинг · 1–4 декабря\nЗа этот срок сообщений не было.")
    await hub.go(_at(7, 8, 30, month=12))
    overdue = hub.last(town.deputy, "Сводка · пн, 7 декабря")
    assert (
        f"⏰ Просрочено 1: № {number} слабый напор воды, ул. Островского, 12, 1 день"
        in (overdue["text"])
    )
    assert "Мария" not in overdue["text"]
    whole = hub.last(town.head, "Сводка · пн, 7 декабря")
    await hub.press(town.head, whole, "Просрочено 1")
    assert "весь центр" in hub.last(town.head, "Просрочено: 1")["text"]
    await hub.press(town.head, hub.last(town.head, "Просрочено: 1"), str(number))
    assert hub.last(town.head, "кран еле течёт")


async def test_s3_1_what_is_asked_stands_first_and_topics_are_counted(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.answered(number)
    for time in (1, 2, 3):
        await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Не решено")
        if time < 3:
            await hub.press(town.ivan, await town.draft(number), "На проверку")
            await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    await hub.go(_at(25, 8, 30))
    text = hub.last(town.head, "Сводка")["text"]
    assert "Ждём вас: 1 решение\n• решить спор по № 1, слабый напор воды" in text
    assert "слабый напор воды 1" in text.split("Темы за 7 дней")[1]
    assert "вернули жители 3" in text
    assert "От вас ничего не ждём." in hub.last(town.deputy, "Сводка")["text"]
    await hub.press(town.head, hub.last(town.head, "Сводка"), "Решить 1")
    await hub.press(town.head, hub.last(town.head, "Ждём вас: 1 решение\n• решить"), str(number))
    question = hub.last(town.head, "решаете вы")
    assert question["message_id"] == hub.texts(town.head)[-1]["message_id"]
    await hub.press(town.head, question, "Оставить ответ")
    await hub.say(town.head, "напор в норме")
    assert hub.last(town.head, "ответ оставили")["message_id"] == question["message_id"]


async def test_s3_1_many_overdue_cases_fit_a_message(town: Town) -> None:
    hub = town.hub
    for n in range(8):
        citizen = await hub.citizen(f"Житель{n}")
        for house in range(3):
            await town.open_case(
                f"На Островского у дома {n * 5 + house} слабый напор воды, кран еле течёт", citizen
            )
    await hub.go(_at(15, 8, 30, month=12))
    text = hub.last(town.head, "Сводка · вт, 15 декабря")["text"]
    assert units(text) <= 3500
    assert "Просрочено 24: " in text
    assert "и ещё 19" in text
    assert "Нагрузка" in text
