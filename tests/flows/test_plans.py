"""Every statement of a case's life finds its rows by an index, however many there are."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from services.model import Account, Appeal, Dialog, Draft, Grant
from tests.flows.conftest import Town, settle_in
from tests.support.hub import ZONE, hub
from tests.support.statements import long_ways, plan, recorded


async def test_nothing_is_looked_for_from_end_to_end(database: str, tmp_path: Path) -> None:
    async with hub(tmp_path, database=database) as running:
        town = await settle_in(running)
        with recorded() as statements:
            await _life(town)
            await _looks(town)
            await running.go(datetime(2026, 11, 30, 8, 30, tzinfo=ZONE))
            await running.go(datetime(2026, 12, 7, 12, 0, tzinfo=ZONE))
            await running.go(timedelta(days=40))
        engines = running.app.store.engines
        long = {
            statement.words: steps
            for statement in statements.values()
            if (steps := long_ways(statement, await plan(engines, statement)))
        }
    assert len(statements) > 100
    assert not long, "\n\n".join(f"{words}\n{steps}" for words, steps in long.items())


async def _life(town: Town) -> None:
    hub = town.hub
    number = await town.open_case()
    await hub.press(town.maria, await town.answered(number), "Не решено")
    await hub.press(town.ivan, await town.draft(number), "m1.send")
    await hub.press(town.olga, hub.last(town.quality, "проверить"), "Пропустить")
    await hub.press(town.maria, hub.last(town.maria, "Получилось?"), "Решено")
    await hub.press(town.maria, hub.last(town.maria, "Как мы"), "4")
    await town.ask(await town.open_case(), "В каком подъезде?")
    await town.open_case("Прорвало трубу, заливает подвал, Островского 12")
    await town.open_case("Просто что-то не так")
    await _together(town)
    await _one_place(town)


async def _one_place(town: Town) -> None:
    """A problem by the points of a day, and what a week shows: proposed, recounted, taken in."""
    hub = town.hub
    for n, name in enumerate(("Анна", "Борис", "Вера", "Глеб")):
        person = await hub.citizen(name)
        await hub.say(person, "Не горит фонарь, вечером темно", wait=False)
        await hub.say(person, location=(44.5611, 38.0764 + n / 1000))
    asked = hub.last(town.triage, "Похоже на одну проблему")
    await hub.press(town.dut, asked, "Показать список")
    await hub.press(town.dut, asked, "Объединить")
    for name in ("Дина", "Егор", "Жанна", "Зоя", "Инна", "Кира"):
        person = await hub.citizen(name)
        await hub.go(timedelta(hours=20))
        await town.open_case("На Грибоедова не горит фонарь, вечером темно", person)
    week = hub.last(town.triage, "за неделю")
    await hub.press(town.dut, week, "Показать список")
    await hub.press(town.dut, week, "Объединить")


async def _together(town: Town) -> None:
    """What many write at once is looked up at once."""
    app = town.hub.app
    async with app.store.reading() as uow:
        pairs = {("weak_water", "геленджик|горького"), ("weak_water", "геленджик|ленина")}
        await uow.problems.foresee(pairs, app.clock.now())
        for kind in (Account, Appeal, Dialog, Draft, Grant):
            await uow.foresee(kind, "person_id", (1, 2, 3))
        await uow.foresee(Appeal, "person_id", (1, 2, 3), newest=50)


async def _looks(town: Town) -> None:
    """Lists, the own page, the duty's and the administrator's view, being forgotten."""
    hub = town.hub
    for who, words in (
        (town.maria, "/my"),
        (town.maria, "/privacy"),
        (town.deputy, "/overdue"),
        (town.deputy, "/queue"),
        (town.deputy, "/away"),
        (town.head, "/rating"),
        (town.dut, "/shift"),
        (town.dut, "/queue"),
        (hub.admin, "/health"),
        (hub.admin, "/roles"),
        (hub.admin, "/models"),
    ):
        await hub.say(who, words)
    other = await hub.citizen("Зоя")
    await town.open_case(citizen=other)
    await hub.say(other, "/forgetme")
