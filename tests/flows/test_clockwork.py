"""Reminders, the deadline, the deputy, the morning digest: at moved time, each once."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.flows.conftest import Town
from tests.support.hub import ZONE


def _at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


async def test_before_at_and_past_the_deadline_each_once(town: Town) -> None:
    """An ordinary question of ЖКХ, A04: answer by Fri 4.12 17:00."""
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    due = town.card(number)["text"].split("Ответить до ")[1].split(" · ")[0].split("\n")[0]
    await hub.go(_at(3, 18, month=12))
    before = [m for m in hub.texts(town.hcs) if f"№ {number}: ответить до" in m["text"]]
    assert len(before) == 1
    assert before[0]["disable_notification"]
    assert before[0]["reply_to_message"]["message_id"] == town.card(number)["message_id"]
    assert due in before[0]["text"]
    await hub.go(_at(4, 17, month=12))
    await hub.go(_at(4, 17, 30, month=12))
    late = [m for m in hub.texts(town.hcs) if f"№ {number}: срок вышел" in m["text"]]
    assert len(late) == 1
    assert late[0]["text"].startswith("Иван, ⏰")
    assert "⏰" in town.card(number)["text"]
    assert not hub.world.find(town.deputy["id"], "Просрочено: №")
    await hub.go(_at(7, 11, month=12))
    await hub.go(_at(7, 12, month=12))
    told = [m for m in hub.texts(town.deputy) if f"Просрочено: № {number}" in m["text"]]
    assert len(told) == 1
    assert "держит Иван" in told[0]["text"]


async def test_an_answered_case_is_silent(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.answered(number)
    await hub.go(timedelta(days=20))
    for chat in (town.hcs, town.deputy):
        assert not hub.world.find(chat["id"], "срок вышел")
        assert not hub.world.find(chat["id"], "Просрочено: №")


async def test_after_an_outage_only_the_newest_step_is_said(town: Town) -> None:
    """Time jumps over everything at once, as after a long stop: no burst of old reminders."""
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.ivan, town.card(number), "Взять")
    await hub.go(_at(15, 12, month=12))
    said = [m for m in hub.texts(town.hcs) if f"№ {number}: " in m.get("text", "")]
    assert said == []
    assert hub.last(town.deputy, f"Просрочено: № {number}")


async def test_waiting_for_the_citizen_moves_the_deadline(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    preview = await town.draft(number, "В каком подъезде течёт?")
    before = hub.last(town.maria, "Поняли так")["text"]
    await hub.press(town.ivan, preview, "Спросить жителя")
    await hub.go(_at(26, 12))
    await hub.say(town.maria, "Во втором")
    after = hub.last(town.maria, "Поняли так")["text"]
    assert before.split("Ответим до ")[1] != after.split("Ответим до ")[1]
    why = hub.last(town.maria, "Поняли так")
    await hub.press(town.maria, why, "Почему такой срок")
    assert "Добавили рабочее время, пока ждали вас." in hub.last(town.maria, "Почему")["text"]


async def test_digest_to_each_deputy_once_a_working_day(town: Town) -> None:
    hub = town.hub
    first = await town.open_case()
    await town.answered(first)
    await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Решено")
    await hub.press(town.maria, hub.last(town.maria, "Как мы"), "4")
    second = await town.open_case(town.REPORT)
    await hub.go(_at(25, 8, 29))
    assert not hub.world.find(town.deputy["id"], "Сводка")
    await hub.go(_at(25, 8, 30))
    await hub.go(_at(25, 8, 31))
    digests = [m["text"] for m in hub.texts(town.deputy) if "Сводка" in m["text"]]
    assert len(digests) == 1
    text = digests[0]
    assert "Сводка · ср, 25 ноября" in text
    assert "ЖКХ и энергетика" in text
    assert "За вт, 24 ноября: 2 сообщения" in text
    assert "Ответили 1, в срок 1 (100 %)" in text
    assert "Оценка 4 (1 оценка)" in text
    assert "Просрочено — нет" in text
    assert "Мария" not in text
    assert second
    await hub.go(_at(28, 9))
    digests = [m["text"] for m in hub.texts(town.deputy) if "Сводка · сб" in m["text"]]
    assert digests == [], "Saturday is no working day"


async def test_a_late_digest_says_so(town: Town) -> None:
    hub = town.hub
    await hub.go(_at(25, 8, 0))
    await hub.go(_at(25, 10, 5))
    assert "Пришла в 10:05: бот не работал." in hub.last(town.deputy, "Сводка")["text"]


async def test_overdue_and_due_today_are_listed(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.go(_at(4, 8, 30, month=12))
    today = hub.last(town.deputy, "Сводка")["text"]
    assert f"№ {number}" in today.split("Сегодня: 1")[1]
    assert "никто не взял" in today
    await hub.go(_at(7, 8, 30, month=12))
    overdue = hub.last(town.deputy, "Сводка · пн, 7 декабря")["text"]
    assert "Просрочено: 1" in overdue
    assert f"№ {number}" in overdue.split("Просрочено: 1")[1]
