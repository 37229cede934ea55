"""domain.md §3: reports whose points are within 300 m are of one place, whatever they call it."""

from __future__ import annotations

from typing import Any

from services.areas import DEGREE
from tests.flows.conftest import Town

DRY = "Слабый напор воды, кран еле течёт третий день"
NAMED = "На Островского у дома {house} слабый напор воды, кран еле течёт"
CRITICAL = "Нет воды во всех домах"
HERE = "📍 Я на этом месте"
MIDDLE = (44.5611, 38.0764)
PROPOSED = "Похоже на одну проблему"


def north(by: float) -> tuple[float, float]:
    """So many metres to the north of the middle."""
    return MIDDLE[0] + by / DEGREE, MIDDLE[1]


async def report(town: Town, name: str, text: str, point: tuple[float, float]) -> Any:
    """Words and a point sent with them."""
    person = await town.hub.citizen(name)
    await town.hub.say(person, text, wait=False)
    await town.hub.say(person, location=point)
    return person


async def answer_where(town: Town, name: str, text: str, point: tuple[float, float]) -> Any:
    """Words, and the point when the hub asks."""
    person = await town.hub.citizen(name)
    await town.hub.say(person, text)
    town.hub.world.tap(person, HERE, location=point)
    await town.hub.settle()
    return person


async def test_s3_three_points_are_one_place_whatever_it_is_called(town: Town) -> None:
    hub = town.hub
    people = [
        await report(town, "Анна", NAMED.format(house=3), north(0)),
        await report(town, "Борис", DRY, north(250)),
        await answer_where(town, "Вера", DRY, north(-250)),
    ]
    asked = hub.last(town.triage, PROPOSED)
    assert "3 сообщения, слабый напор воды, ул. Островского, за сутки" in asked["text"]
    await hub.press(town.dut, asked, "Показать список")
    listed = hub.last(town.triage, "Кто написал")["text"]
    assert all(f"{town.number(person)} · 24.11" in listed for person in people)
    await hub.press(town.dut, asked, "Объединить")
    first = town.number(people[0])
    assert "написали: 3" in town.card(first, part="Проблема")["text"]
    for person in people[1:]:
        assert hub.last(person, "У вас то же самое?")
    await hub.press(town.ivan, town.card(first, part="Проблема"), "Взять")
    await hub.press(town.ivan, await town.redraft(first), "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    for person in people:
        assert hub.last(person, f"Ответ по № {town.number(person)}")


async def test_s3_points_without_any_name_say_so(town: Town) -> None:
    for n, name in enumerate(("Анна", "Борис", "Вера")):
        await report(town, name, DRY, north(100 * n))
    asked = town.hub.last(town.triage, PROPOSED)["text"]
    assert "3 сообщения, слабый напор воды, рядом на карте, за сутки" in asked
    await report(town, "Глеб", DRY, north(150))
    assert "4 сообщения" in town.hub.last(town.triage, PROPOSED)["text"]
    assert len([m for m in town.hub.texts(town.triage) if PROPOSED in m.get("text", "")]) == 1


async def test_s3_what_is_further_apart_is_not_one_place(town: Town) -> None:
    for n, name in enumerate(("Анна", "Борис", "Вера", "Глеб")):
        await report(town, name, DRY, north(310 * n))
    # Two are near to the second: within 300 m of nobody are three.
    assert not town.hub.world.find(town.triage["id"], PROPOSED)


async def test_s3_a_name_of_theirs_and_a_point_bring_them_together(town: Town) -> None:
    hub = town.hub
    await report(town, "Анна", NAMED.format(house=3), north(0))
    await report(town, "Борис", DRY, north(200))
    await hub.say(await hub.citizen("Вера"), NAMED.format(house=40))
    assert "3 сообщения" in hub.last(town.triage, PROPOSED)["text"]


async def test_s3_an_open_problem_takes_who_is_near(town: Town) -> None:
    hub = town.hub
    people = [
        await report(town, name, CRITICAL, north(100 * n))
        for n, name in enumerate(("Анна", "Борис", "Вера"))
    ]
    first = town.number(people[0])
    assert hub.last(town.triage, "Критическое, поэтому объединили сразу")
    near = await report(town, "Глеб", CRITICAL, north(300))
    receipt = hub.last(near, "Поняли так")
    assert "уже написали 3 человека" in receipt["text"]
    assert "написали: 4" in town.card(first, part="Проблема")["text"]
    late = await answer_where(town, "Дина", CRITICAL, north(-100))
    told = hub.last(late, "уже написали 4 человека")
    assert "написали: 5" in town.card(first, part="Проблема")["text"]
    await hub.press(late, told, "У меня другое")
    number = town.number(late)
    assert "никто не взял" in town.card(number)["text"]
    await hub.say(late, location=north(-90))
    assert "никто не взял" in town.card(number)["text"], "he has said that it is another matter"
    far = await report(town, "Егор", CRITICAL, north(900))
    assert not hub.world.find(far["id"], "У вас то же самое?")


async def test_s3_what_somebody_holds_is_not_taken_from_him(town: Town) -> None:
    hub = town.hub
    person = await hub.citizen("Зоя")
    await hub.say(person, CRITICAL)
    number = town.number(person)
    await hub.press(town.ivan, town.card(number), f"s1.take.{number}")
    for n, name in enumerate(("Анна", "Борис", "Вера")):
        await report(town, name, CRITICAL, north(100 * n))
    town.hub.world.tap(person, HERE, location=north(50))
    await hub.settle()
    assert not hub.world.find(person["id"], "У вас то же самое?")
    assert "в составе" not in town.card(number)["text"]


async def test_s3_different_by_the_points_is_not_asked_again(town: Town) -> None:
    hub = town.hub
    for n, name in enumerate(("Анна", "Борис", "Вера")):
        await report(town, name, DRY, north(100 * n))
    await hub.press(town.dut, hub.last(town.triage, PROPOSED), "Разные")
    await report(town, "Глеб", DRY, north(150))
    assert not hub.world.find(town.triage["id"], PROPOSED)
    assert hub.last(town.triage, "это разное")
