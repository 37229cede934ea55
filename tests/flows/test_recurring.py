"""domain.md §3, the slow form: five messages of one place in a week are proposed as a problem."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from services.areas import DEGREE
from services.model import Problem, ProblemState
from tests.flows.conftest import ShowTown, Town
from tests.flows.wishes import at
from tests.support.hub import hub

DRY = "На Островского у дома {house} слабый напор воды, кран еле течёт"
NOWHERE = "Слабый напор воды, кран еле течёт третий день"
DRIED_UP = "На Островского нет воды во всех домах"
PROPOSED = "Похоже на одну проблему"
LOOK = timedelta(hours=1)
"""The job looks once an hour by day."""


async def report(
    town: Town, name: str, text: str | None = None, point: Any = None
) -> tuple[Any, int]:
    """Somebody writes of Островского, or of a point; returns him and his number."""
    hub = town.hub
    person = await hub.citizen(name)
    await hub.say(person, text or DRY.format(house=len(name)), wait=point is None)
    if point is not None:
        await hub.say(person, location=point)
    return person, town.number(person)


async def days(town: Town, *names: str, first: int = 24, **more: Any) -> list[tuple[Any, int]]:
    """A report a day, at noon."""
    found = []
    for n, name in enumerate(names):
        await town.hub.go(at(first + n, 12))
        found.append(await report(town, name, **more))
    return found


def proposals(town: Town) -> list[dict[str, Any]]:
    return [m for m in town.hub.texts(town.triage) if PROPOSED in m.get("text", "")]


async def test_s3_a_week_of_one_place_is_proposed_joined_and_answered(town: Town) -> None:
    hub = town.hub
    people = await days(town, "Анна", "Борис", "Вера", "Глеб")
    await hub.go(LOOK)
    assert not proposals(town), "four are too few"
    people += await days(town, "Дина", first=28)
    assert not proposals(town)
    await hub.go(LOOK)
    (asked,) = proposals(town)
    assert "5 сообщений за неделю, слабый напор воды, ул. Островского." in asked["text"]
    await hub.press(town.dut, asked, "Показать список")
    listed = hub.last(town.triage, "Кто написал")["text"]
    assert all(f"\n{number} · " in listed for _person, number in people)
    assert await hub.press(town.ivan, asked, "Объединить") is not None, "an executor may not"
    await hub.press(town.dut, asked, "Объединить")
    lead = people[0][1]
    assert "написали: 5" in town.card(lead, part="Проблема")["text"]
    for person, number in people[1:]:
        assert hub.last(person, "У вас то же самое?")
        assert "в составе проблемы" in hub.last(town.hcs, f"№ {number} ")["text"]
    await hub.press(town.ivan, town.card(lead, part="Проблема"), "Взять")
    await hub.press(town.ivan, await town.redraft(lead), "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    for person, number in people:
        assert hub.last(person, f"Ответ по № {number}")
    await hub.go(timedelta(days=1))
    assert not proposals(town)
    async with hub.app.store.reading() as uow:
        assert [p.state for p in await uow.select(Problem)] == [ProblemState.CLOSED]


async def test_s3_whoever_was_answered_shows_that_the_place_is_sick(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await town.answered(number)
    people = await days(town, "Борис", "Вера", "Глеб", first=25)
    await hub.go(LOOK)
    assert not proposals(town)
    await hub.go(at(28, 12))
    # She was answered: what she says of it now is one more.
    again = await town.open_case("Опять на Островского у дома 12 слабый напор воды")
    await hub.go(LOOK)
    (asked,) = proposals(town)
    assert "5 сообщений за неделю" in asked["text"]
    assert asked["text"].endswith("На 1 из них уже ответили.")
    await hub.press(town.dut, asked, "Показать список")
    assert f"\n{number} · 24.11 " in hub.last(town.triage, "Кто написал")["text"]
    assert "ул. Островского, 12 · ✅" in hub.last(town.triage, "Кто написал")["text"]
    await hub.press(town.dut, asked, "Объединить")
    assert "написали: 4" in town.card(people[0][1], part="Проблема")["text"]
    assert "в составе проблемы" in hub.last(town.hcs, f"№ {again} ")["text"]
    assert "ответ дан" in town.card(number)["text"], "what is answered stays so"


async def test_s3_one_who_repeats_his_open_case_is_one_message(town: Town) -> None:
    hub = town.hub
    for day in range(24, 30):
        await hub.go(at(day, 12))
        await town.open_case()
    await hub.go(LOOK)
    assert not proposals(town)


async def test_s3_once_for_a_place_and_its_count_follows(town: Town) -> None:
    hub = town.hub
    await days(town, "Анна", "Борис", "Вера", "Глеб", "Дина")
    await hub.go(LOOK)
    before = len(hub.texts(town.triage))
    await hub.go(LOOK)
    await report(town, "Егор")
    await hub.go(LOOK)
    (asked,) = proposals(town)
    assert "6 сообщений за неделю" in asked["text"]
    assert len(hub.texts(town.triage)) == before, "the same message"
    await hub.press(town.dut, asked, "Разные")
    await days(town, "Жанна", "Зоя", first=29)
    await hub.go(LOOK)
    assert not proposals(town), "not after «Разные»"
    assert hub.last(town.triage, "это разное")


async def test_s3_five_points_within_500_metres(town: Town) -> None:
    hub = town.hub
    for n, name in enumerate(("Анна", "Борис", "Вера", "Глеб", "Дина")):
        await hub.go(at(24 + n, 12))
        await report(town, name, NOWHERE, (44.5611 + (n - 2) * 240 / DEGREE, 38.0764))
    await hub.go(LOOK)
    (asked,) = proposals(town)
    assert "5 сообщений за неделю, слабый напор воды, рядом на карте." in asked["text"]
    await hub.press(town.dut, asked, "Объединить")
    assert hub.last(town.hcs, "написали: 5")
    # It lasts a week: who comes near it tomorrow is told at once.
    await hub.go(at(29, 12))
    person, _number = await report(town, "Егор", NOWHERE, (44.5611 + 400 / DEGREE, 38.0764))
    assert "уже написали 5 человек" in hub.last(person, "Поняли так")["text"]


async def test_s3_an_open_problem_takes_them_in_the_place_of_a_second(town: Town) -> None:
    hub = town.hub
    first = [await report(town, name) for name in ("Анна", "Борис", "Вера")]
    await hub.press(town.dut, hub.last(town.triage, PROPOSED), "Объединить")
    lead = first[0][1]
    left = first[2][0]
    await hub.press(left, hub.last(left, "У вас то же самое?"), "У меня другое")
    later = await days(town, "Глеб", "Дина", "Егор", "Жанна", first=26)
    await hub.go(LOOK)
    assert not proposals(town)
    for person, number in later:
        assert hub.last(person, "У вас то же самое?")
        assert "в составе проблемы" in hub.last(town.hcs, f"№ {number} ")["text"]
    assert "написали: 6" in town.card(lead, part="Проблема")["text"]
    assert "никто не взял" in town.card(first[2][1])["text"], "it is not taken back"
    before = len(hub.texts(left))
    await hub.go(at(30, 12))
    assert len(hub.texts(left)) == before


async def test_s3_what_a_week_showed_opens_by_itself_when_a_day_brings_three_critical(
    town: Town,
) -> None:
    hub = town.hub
    people = await days(town, "Анна", "Борис", "Вера", "Глеб", "Дина", text=DRIED_UP)
    await hub.go(LOOK)
    (asked,) = proposals(town)
    people.append(await report(town, "Егор", text=DRIED_UP))
    assert proposals(town)
    people.append(await report(town, "Жанна", text=DRIED_UP))
    shown = hub.last(town.triage, "Критическое, поэтому объединили сразу")
    assert shown["message_id"] == asked["message_id"], "no second one"
    assert "написали: 7" in town.card(people[0][1], part="Проблема")["text"]
    for person, _number in people[1:]:
        assert hub.last(person, "У вас то же самое?")


async def test_s3_a_restart_before_the_hour_loses_nothing(
    show_town: ShowTown, tmp_path: Path
) -> None:
    async with show_town.copied(tmp_path) as town:
        await days(town, "Анна", "Борис", "Вера", "Глеб", "Дина")
        stopped = town.hub
    async with hub(tmp_path, like=stopped, start=at(28, 15)) as again:
        await again.settle()
        asked = again.last(town.triage, PROPOSED)
        assert "5 сообщений за неделю" in asked["text"]
        await again.go(LOOK)
        found = [m for m in again.texts(town.triage) if PROPOSED in m.get("text", "")]
        assert len(found) == 1
