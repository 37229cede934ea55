"""Reminders before a deadline and the ladder from it on; after an outage (§2.10, domain §2)."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.flows.conftest import Person, Town
from tests.support.hub import ZONE


def _at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def _said(town: Town, chat: Person, part: str) -> list[Person]:
    return [m for m in town.hub.texts(chat) if part in m.get("text", "")]


async def test_s2_10_reminders_of_working_days_each_once(town: Town) -> None:
    """A04: answer by Fri 4.12 17:00; three days before, one day before, on the day, at the end."""
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    head = f"№ {number}: "
    await hub.go(_at(1, 9, month=12))
    three = hub.last(town.hcs, head)
    assert three["text"] == f"№ {number}: осталось 4 рабочих дня. Ответить до пт 4.12 17:00."
    assert three["disable_notification"]
    assert three["reply_to_message"]["message_id"] == town.card(number)["message_id"]
    await hub.go(_at(3, 9, month=12))
    one = hub.last(town.hcs, head)
    assert one["text"].startswith(f"Иван, № {number}: осталось 2 рабочих дня.")
    assert not one.get("disable_notification")
    assert str(town.ivan["id"]) in str(one["entities"]), "the holder is called"
    await hub.go(_at(4, 9, month=12))
    assert "сегодня последний день" in hub.last(town.hcs, head)["text"]
    await hub.go(_at(4, 17, month=12))
    await hub.go(_at(4, 17, 20, month=12))
    late = _said(town, town.hcs, ": срок вышел")
    assert [m["text"] for m in late] == [f"⏰ Иван, № {number}: срок вышел в 17:00."]
    assert "⏰" in town.card(number)["text"]


async def test_s2_10_every_rung_is_told_once_and_who_is_next(town: Town) -> None:
    hub = town.hub
    chief = await hub.staff("Борис", "DEP", "HCS")
    alien = await hub.staff("Фёдор", "DEP", "ROD")
    coordinator = await hub.staff("Клара", "CRD")
    mayor = await hub.staff("Глеб", "MAY")
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    overdue = f"Просрочено: № {number}"
    await hub.go(_at(4, 17, month=12))
    said = hub.last(chief, overdue)
    assert said["text"] == (
        f"⏰ Просрочено: № {number}, слабый напор воды, держит Иван. "
        "Следующим узнает заместитель главы, пн 7.12."
    )
    assert "Знает руководитель отдела." in hub.last(town.hcs, ": срок вышел")["text"]
    assert not _said(town, town.deputy, overdue)
    await hub.go(_at(7, 10, month=12))
    told = hub.last(town.deputy, overdue)["text"]
    assert "Следующим узнает руководитель МЦУ, в 13:00." in told
    await hub.go(_at(7, 15, month=12))
    assert "Следующим узнает координатор, в 18:00." in hub.last(town.head, overdue)["text"]
    await hub.go(_at(7, 18, month=12))
    assert "Следующим узнает глава, ср 9.12." in hub.last(coordinator, overdue)["text"]
    await hub.go(_at(9, 18, month=12))
    assert "Следующим" not in hub.last(mayor, overdue)["text"]
    await hub.go(_at(14, 18, month=12))
    for person in (chief, town.deputy, town.head, coordinator, mayor):
        assert len(_said(town, person, overdue)) == 1
    assert not _said(town, alien, overdue)
    await hub.press(chief, said, "Карточка")
    card = hub.last(chief, "кран еле течёт")
    assert [b["text"] for b in card["reply_markup"]["inline_keyboard"][0]] == ["Назначить"]
    assert card["disable_notification"]


async def test_s1_9_own_delay_is_said_to_the_citizen_once_with_a_date(town: Town) -> None:
    hub = town.hub
    await hub.staff("Борис", "BHD", "HCS")
    number = await town.open_case()
    await hub.go(_at(4, 17, month=12))
    assert hub.last(town.maria, "не успели")["text"] == (
        f"⏰ № {number}: обещали ответить до 4 декабря и не успели. Это наша вина. "
        "Руководитель уже знает. Напишем до пн, 7 декабря, 12:00."
    )
    await hub.go(_at(9, 17, month=12))
    assert len(_said(town, town.maria, "не успели")) == 1


async def test_s2_10_hours_are_reminded_of_at_half_and_a_quarter(town: Town) -> None:
    """The reaction of A04: 9 working hours, until Wed 25.11 11:02."""
    hub = town.hub
    number = await town.open_case()
    await hub.go(_at(24, 15, 32))
    half = hub.last(town.hcs, "половина срока")
    assert half["text"] == f"№ {number}: половина срока. Взять до ср 25.11 11:02."
    assert half["disable_notification"]
    await hub.go(_at(24, 17, 47))
    quarter = hub.last(town.hcs, "рабочего времени")
    assert "осталось 2 ч 15 мин рабочего времени. Взять до ср 25.11 11:02." in quarter["text"]
    assert not quarter.get("disable_notification")
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.go(_at(25, 12))
    assert not _said(town, town.hcs, "никто не взял до")


async def test_s2_10_after_an_outage_one_message_with_a_list(town: Town) -> None:
    hub = town.hub
    numbers = [
        await town.open_case(f"На Островского у дома {n} слабый напор воды, кран еле течёт", who)
        for n, who in enumerate(
            [await hub.citizen(name) for name in ("Анна", "Белла", "Вера", "Галя", "Дина", "Ева")],
            10,
        )
    ]
    for number in numbers[:4]:
        await hub.press(town.ivan, town.card(number), "Взять")
    await hub.go(_at(7, 12, month=12))
    said = hub.last(town.hcs, "Пока бот молчал")
    assert said["text"].endswith("–пн 7.12 12:00), подошли сроки: 6 просрочено.")
    assert not _said(town, town.hcs, ": срок вышел")
    mine = hub.last(town.deputy, "Пока бот молчал")
    assert not _said(town, town.deputy, "Просрочено: №"), "one message, not six"
    await hub.press(town.ivan, said, "Список")
    page = hub.last(town.hcs, "Просрочено 6, срок сегодня 0")
    assert page["text"].count("⏰") == 5
    assert page["disable_notification"]
    await hub.press(town.ivan, page, "›")
    page = hub.last(town.hcs, "Просрочено 6, срок сегодня 0")
    assert page["text"].count("⏰") == 1
    assert len(_said(town, town.hcs, "Просрочено 6, срок сегодня 0")) == 1, "the same message"
    assert await hub.press(town.road, page, "‹") == "У вас нет роли для этого"
    await hub.press(town.deputy, mine, "Список")
    assert hub.last(town.deputy, "Просрочено 6, срок сегодня 0")


async def test_s2_10_a_few_late_words_come_one_by_one(town: Town) -> None:
    """Steps of one clock passed at once are one word; nobody is called at night."""
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.go(_at(15, 12, month=12))
    assert len(_said(town, town.hcs, f"№ {number}: ")) == 1
    assert "срок вышел пт 4.12 17:00" in hub.last(town.hcs, f"№ {number}: ")["text"]
    for person in (town.deputy, town.head):
        assert len(_said(town, person, f"Просрочено: № {number}")) == 1
    before = len(hub.texts(town.hcs))
    await hub.go(timedelta(days=20))
    assert len(hub.texts(town.hcs)) == before
