"""What the tests of «Отложить» share: the holder's wish, its check, a critical case."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.flows.conftest import Person, Town
from tests.support.hub import ZONE

SO_FAR = "26 ноября осмотрели колодец. Задвижка сломана, новую заказали."
CRITICAL = "На Островского в нескольких домах нет воды с утра"


def at(day: int, hour: int, minute: int = 0, *, month: int = 11) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=ZONE)


def keys(message: dict[str, Any]) -> list[list[str]]:
    return [[b["text"] for b in row] for row in message["reply_markup"]["inline_keyboard"]]


async def wish(
    town: Town, number: int, day: str, *, button: str = "Отложить", words: str = SO_FAR, **more: Any
) -> None:
    """Ivan asks for another date; see `choose`."""
    await town.hub.press(town.ivan, town.card(number), button)
    await choose(town, day, words=words, **more)


async def choose(town: Town, day: str, *, words: str = SO_FAR, **more: Any) -> None:
    """Ivan picks a day by its button's text or data and writes the words."""
    hub = town.hub
    menu = hub.last(town.hcs, "До какого дня?")
    if day.startswith("m1.pd."):
        await hub.press(town.ivan, menu, "Другой день")
        while day not in str(hub.last(town.hcs, "До какого дня?")["reply_markup"]):
            await hub.press(town.ivan, hub.last(town.hcs, "До какого дня?"), "›")
        menu = hub.last(town.hcs, "До какого дня?")
    await hub.press(town.ivan, menu, day)
    prompt = hub.last(town.hcs, "что сделали и чего ждём?")
    said = {"caption": words} if "photo" in more else {"text": words}
    await hub.say(town.ivan, chat=town.hcs, reply_to=prompt["message_id"], **said, **more)


async def taken(town: Town, moment: datetime | None = None) -> int:
    number = await town.open_case()
    await town.hub.press(town.ivan, town.card(number), "Взять")
    if moment is not None:
        await town.hub.go(moment)
    return number


async def let_pass(town: Town, who: Person | None = None) -> str | None:
    return await town.hub.press(
        who or town.olga, town.hub.last(town.quality, "проверить"), "Пропустить"
    )


async def critical(town: Town) -> int:
    await town.hub.say(town.maria, CRITICAL)
    number = town.number(town.maria)
    await town.hub.press(town.ivan, town.card(number), "Взять")
    assert "критическое" in town.card(number)["text"]
    return number
