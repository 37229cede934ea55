"""A point of the map: as an answer to «Где это?», with a report, outside of the town (§1.3)."""

from __future__ import annotations

from datetime import timedelta

from services.model import Appeal, AppealId
from tests.flows.conftest import Town
from tests.flows.where import FAR, HERE, IN_TOWN, NOWHERE, asked, where

HORNAYA = "На Горной 5 слабый напор воды, кран еле течёт"
IN_VILLAGE, IN_HILLS = (44.5012, 38.1391), (44.55, 38.39)


async def test_s1_3_a_point_or_no_place_at_all(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    hub.world.tap(town.maria, HERE, location=IN_TOWN)
    await hub.settle()
    assert hub.last(town.maria, "Записали")["text"] == "Записали: точка на карте, Геленджик."
    assert where(town) == "Где: точка на карте, Геленджик"
    assert "44.56110, 38.07640 (Геленджик, 0 км от центра)" in town.card(number)["text"]
    john = await hub.citizen("John", language_code="en")
    await hub.say(john, NOWHERE)
    assert hub.last(john)["text"].startswith("Where is it? A street and house, or a landmark.\n")
    assert hub.world.keyboard(john["id"]) == [["📍 I'm here"], ["Skip"]]
    hub.world.tap(john, "Skip")
    await hub.settle()
    assert hub.last(john)["text"] == "All right. If it is needed, the executor will ask."
    assert hub.world.keyboard(john["id"]) == []


async def test_s1_3_a_point_far_away_is_asked_about(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    hub.world.tap(town.maria, HERE, location=FAR)
    await hub.settle()
    far = hub.last(town.maria, "Точка за пределами")
    assert far["text"] == "Точка за пределами Геленджика. Всё равно записать?"
    assert where(town) == "Где: пока не знаем"
    await hub.press(town.maria, far, "Другая точка")
    assert asked(town) == 2
    hub.world.tap(town.maria, HERE, location=FAR)
    await hub.settle()
    far = hub.last(town.maria, "Точка за пределами")
    await hub.press(town.maria, far, "Записать")
    assert "55.75580, 37.61730" in town.card(number)["text"]
    assert hub.last(town.maria)["text"] == "Записали: точка на карте."
    assert "reply_markup" not in hub.last(town.maria, "Точка за пределами Геленджика, записали.")
    assert hub.world.keyboard(town.maria["id"]) == []


async def test_s1_3_the_keys_outlive_the_question(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(NOWHERE)
    await hub.go(timedelta(minutes=31))
    hub.world.tap(town.maria, HERE, location=IN_TOWN)
    await hub.settle()
    assert hub.last(town.maria)["text"] == "Записали: точка на карте, Геленджик."
    assert "44.56110, 38.07640" in town.card(number)["text"]
    petr = await hub.citizen("Пётр")
    second = await town.open_case(NOWHERE, petr)
    await hub.go(timedelta(minutes=31))
    hub.world.tap(petr, "Без места")
    await hub.settle()
    await hub.spoken()
    assert hub.last(petr)["text"] == "Хорошо. Если понадобится, исполнитель спросит."
    assert town.number(petr) == second


async def _territory(town: Town, number: int) -> str | None:
    async with town.hub.app.store.reading() as uow:
        return (await uow.need(Appeal, AppealId(number))).territory


async def _says_with_point(town: Town, text: str, point: tuple[float, float]) -> int:
    """A report and a point right after it: one message to the hub."""
    await town.hub.say(town.maria, text, wait=False)
    await town.hub.say(town.maria, location=point)
    return town.number(town.maria)


async def test_a_point_gives_the_territory_and_the_nearest_settlement(town: Town) -> None:
    number = await _says_with_point(town, NOWHERE, IN_VILLAGE)
    assert await _territory(town, number) == "divnomorskoe"
    assert where(town) == "Где: точка на карте, Дивноморское"
    assert "44.50120, 38.13910 (Дивноморское, 0,2 км от центра)" in town.card(number)["text"]
    assert asked(town) == 0


async def test_a_point_in_the_hills_is_called_after_no_village(town: Town) -> None:
    number = await _says_with_point(town, NOWHERE, IN_HILLS)
    assert await _territory(town, number) == "pshada"
    assert where(town) == "Где: точка на карте"
    assert "км от центра" in town.card(number)["text"], "staff see how far it is"


async def test_a_point_says_which_of_two_streets_is_meant(town: Town) -> None:
    hub = town.hub
    number = await _says_with_point(town, HORNAYA, IN_VILLAGE)
    assert where(town) == "Где: Дивноморское, ул. Горная, 5"
    assert await _territory(town, number) == "divnomorskoe"
    assert not hub.world.find(town.maria["id"], "Таких улиц"), "nothing is left to ask"


async def test_a_point_of_neither_street_leaves_the_question(town: Town) -> None:
    hub = town.hub
    number = await _says_with_point(town, HORNAYA, (44.652, 37.94))
    assert await _territory(town, number) is None
    await hub.press(town.maria, hub.last(town.maria, "Таких улиц две"), "Дивноморское")
    assert where(town) == "Где: Дивноморское, ул. Горная, 5"


async def test_a_point_after_the_question_of_two_streets_answers_it(town: Town) -> None:
    hub = town.hub
    number = await town.open_case(HORNAYA)
    await hub.say(town.maria, location=IN_VILLAGE)
    assert town.number(town.maria) == number
    assert where(town) == "Где: Дивноморское, ул. Горная, 5"


async def test_a_point_outside_in_the_report_itself_is_asked_about(town: Town) -> None:
    hub = town.hub
    number = await _says_with_point(town, NOWHERE, FAR)
    far = hub.last(town.maria, "Точка за пределами")
    assert far["text"] == "Точка за пределами Геленджика. Всё равно записать?"
    assert asked(town) == 0, "one question at a time"
    assert "55.75" not in town.card(number)["text"]
    await hub.press(town.maria, far, "Записать")
    assert "55.75580, 37.61730" in town.card(number)["text"]
    assert await _territory(town, number) is None


async def test_a_point_outside_among_further_words_is_asked_about(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.say(town.maria, location=FAR)
    assert hub.last(town.maria, "Точка за пределами")
    assert "55.75" not in town.card(number)["text"]


async def test_in_danger_any_point_is_written_down_at_once(town: Town) -> None:
    hub = town.hub
    await hub.say(town.maria, "Пахнет газом в подъезде")
    number = town.number(town.maria)
    await hub.say(town.maria, location=FAR)
    assert not hub.world.find(town.maria["id"], "Точка за пределами")
    assert "55.75580" in town.card(number)["text"]
