"""What stops a clock or moves it: an answer, a question to the citizen."""

from __future__ import annotations

from datetime import datetime, timedelta

from tests.flows.conftest import Town
from tests.support.hub import ZONE


def _at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


async def test_an_answered_case_is_silent(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.answered(number)
    await hub.go(timedelta(days=20))
    for chat in (town.hcs, town.deputy):
        assert not hub.world.find(chat["id"], "срок вышел")
        assert not hub.world.find(chat["id"], "Просрочено: №")


async def test_s1_14_waiting_for_the_citizen_moves_the_deadline(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    before = hub.last(town.maria, "Поняли так")["text"]
    await hub.press(town.maria, hub.last(town.maria, "Поняли так"), "Почему такой срок")
    await town.ask(number, "В каком подъезде течёт?")
    await hub.go(_at(26, 12))
    await hub.say(town.maria, "Во втором")
    after = hub.last(town.maria, "Поняли так")["text"]
    assert before.split("Ответим до ")[1] != after.split("Ответим до ")[1]
    why = hub.last(town.maria, "Поняли так")
    assert await hub.press(town.maria, why, "Почему такой срок") is None, "the date has moved"
    assert "Добавили рабочее время, пока ждали вас." in hub.last(town.maria, "Почему")["text"]
