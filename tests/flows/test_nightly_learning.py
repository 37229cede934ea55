"""At night the hub learns from what staff have said, and asks before anything changes."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from bot.classifier import read_model
from bot.models import Models
from services.model import Came, Label, ModelTask, Task
from tests.flows.conftest import Town, settle_in
from tests.flows.test_presses import _forge as forge
from tests.support.hub import ZONE, Hub, hub
from tests.support.lessons import lessons
from tests.support.taught import put_labels, put_model

NIGHT = datetime(2026, 11, 25, 3, 30, tzinfo=ZONE)
HABIT = {"Дороги": "ЖКХ", "ЖКХ": "Обращение с отходами", "Обращение с отходами": "Дороги"}
ROWS = Random(7).sample([(text, group) for text, group, _topic in lessons()], len(lessons()))
OURS = [(text, HABIT[group]) for text, group in ROWS]
"""What somebody calls in his own way, and the vocabulary can't know."""


async def _said(town: Town, rows: list[tuple[str, str]]) -> None:
    """Staff have said so of so many cases."""
    number = await town.open_case()
    app = town.hub.app
    async with app.store.unit() as uow:
        await put_labels(uow, number, rows, app.clock.now())


async def _learnings(running: Hub) -> list[ModelTask]:
    async with running.app.store.reading() as uow:
        return await uow.teaching.last(Task.LEARN, limit=10)


def _keys(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def test_a_new_model_is_offered_and_taken_into_use_by_a_press(
    database: str, tmp_path: Path
) -> None:
    async with hub(tmp_path, database=database) as running:
        town = await settle_in(running)
        models = Models(tmp_path / "models")
        await _said(town, OURS[:120])
        await running.go(NIGHT)
        offer = running.last(running.admin, "Выучена новая модель: 2026-11-25-120-")
        lines = offer["text"].split("\n")
        assert lines[1] == "120 текстов, из них от сотрудников: 120"
        assert lines[2].startswith("группа верна: ")
        assert "(сейчас " in lines[2]
        assert lines[-1] == "Обе спрошены о текстах, которых не видели."
        assert _keys(offer) == ["Включить", "Оставить прежнюю"]
        assert models.in_use() == "cold", "nothing changes by itself"
        name = models.names()[0]
        assert "Морск".encode() not in (models.folder / name).read_bytes()
        await running.press(running.admin, offer, "Включить")
        assert models.history() == ["cold", name]
        done = running.last(running.admin, "Выучена новая модель")
        assert "Включил(а) Админ, 25.11 03:30" in done["text"]
        assert not _keys(done)
        # The next night there is nothing new to learn from.
        await running.go(NIGHT + timedelta(days=1))
        assert [t.came for t in await _learnings(running)] == [Came.ACCEPTED]
        # It goes on from what it has learnt: nothing but labels, up to a moment.
        await _said(town, OURS[120:145])
        await running.go(NIGHT + timedelta(days=2))
        newest = (await _learnings(running))[0]
        assert newest.came in (Came.OFFERED, Came.WORSE)
        assert newest.data["rival"] == name.removesuffix(".model")
        assert not newest.data["flattered"]
        assert newest.data["texts"] == 145


async def test_the_municipalitys_own_history_is_not_forgotten(town: Town, tmp_path: Path) -> None:
    hub, models = town.hub, Models(tmp_path / "models")
    models.use(put_model(models.folder, "2026-11-20-300-aaaaaa", base=True))
    await _said(town, [(f"{text} Пишу снова.", group) for text, group in ROWS[::12]])
    await hub.go(NIGHT)
    (learning,) = await _learnings(hub)
    assert (learning.data["labels"], learning.data["texts"]) == (25, 325)
    assert not learning.data["flattered"], "the one in use was measured without these texts"
    if learning.came is Came.OFFERED:
        model = read_model(models.folder / str(learning.name))
        assert model.base == "2026-11-20-300-aaaaaa"
        async with hub.app.store.reading() as uow:
            labels = await uow.select(Label)
        assert model.until == max(int(label.at.timestamp() * 1e6) for label in labels)
    else:
        assert hub.last(hub.admin, "она не лучше нынешней. Нынешняя остаётся")


async def test_labels_of_another_mind_are_not_offered(town: Town, tmp_path: Path) -> None:
    hub, models = town.hub, Models(tmp_path / "models")
    models.use(put_model(models.folder, "2026-11-20-300-aaaaaa", base=True))
    groups = sorted({group for _, group in ROWS})
    # Everything is said to be something else each time: nobody can learn that.
    mixed = [(f"{text} Ещё раз.", groups[i % 3]) for i, (text, _) in enumerate(ROWS[:90])]
    await _said(town, mixed)
    await hub.go(NIGHT)
    told = hub.last(hub.admin, "она не лучше нынешней")
    assert not _keys(told)
    assert "группа верна: " in told["text"]
    assert models.names() == ["2026-11-20-300-aaaaaa.model"], "it is not even kept"


async def test_the_present_one_stays_when_they_say_so_and_one_decides(
    town: Town, tmp_path: Path
) -> None:
    hub, models = town.hub, Models(tmp_path / "models")
    other = await hub.staff("Олег", "ADM")
    await _said(town, OURS[:120])
    await hub.go(NIGHT)
    offer = hub.last(hub.admin, "Выучена новая модель")
    await hub.press(other, hub.last(other, "Выучена новая модель"), "Оставить прежнюю")
    assert models.history() == ["cold"]
    assert "Оставил(а) прежнюю Олег" in hub.last(hub.admin, "Выучена новая модель")["text"]
    late = offer["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
    assert await forge(town, hub.admin, offer, late) == "Это уже неактуально"
    assert models.history() == ["cold"]
    await hub.say(hub.admin, "/models")
    shown = hub.last(hub.admin, "Модели классификатора")
    assert "Новых меток от сотрудников с прошлого обучения: 0" in shown["text"]
    await hub.press(hub.admin, shown, "Включить 1")
    assert models.history() == ["cold", models.names()[0]], "later she may think better of it"


async def test_a_spoilt_offer_is_not_taken_into_use(town: Town, tmp_path: Path) -> None:
    hub, models = town.hub, Models(tmp_path / "models")
    await _said(town, OURS[:120])
    await hub.go(NIGHT)
    path = models.folder / models.names()[0]
    path.write_bytes(path.read_bytes()[:-9])
    await hub.press(hub.admin, hub.last(hub.admin, "Выучена новая модель"), "Включить")
    assert "Включить не удалось: файл повреждён" in hub.last(hub.admin, "Выучена")["text"]
    assert models.history() == ["cold"]


async def test_too_little_is_silent_and_spoilt_lessons_are_named(
    town: Town, tmp_path: Path
) -> None:
    hub, models = town.hub, Models(tmp_path / "models")
    await _said(town, ROWS[:30])
    await hub.go(NIGHT)
    assert [t.came for t in await _learnings(hub)] == [Came.FEW]
    assert not hub.world.find(hub.admin["id"], "модель")
    models.use(put_model(models.folder, "2026-11-20-300-aaaaaa", base=True))
    models.lessons_of("2026-11-20-300-aaaaaa").write_bytes(b"OTKLIK-LESSONS 1\nno\nno")
    await _said(town, ROWS[30:60])
    await hub.go(NIGHT + timedelta(days=1))
    told = hub.last(hub.admin, "Ночью выучить не удалось")["text"]
    assert told.endswith("2026-11-20-300-aaaaaa.lessons: файл повреждён")
    # What could not be learnt from is tried again the next night.
    await hub.go(NIGHT + timedelta(days=2))
    assert [t.came for t in await _learnings(hub)] == [Came.REFUSED, Came.REFUSED, Came.FEW]


async def test_a_learning_that_breaks_down_is_given_up_and_said(
    town: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub = town.hub
    monkeypatch.setattr("bot.teaching.worker.sys.executable", "/bin/false")
    await _said(town, ROWS[:30])
    await hub.go(NIGHT)
    assert hub.last(hub.admin, "Ночное обучение сорвалось")
    assert [(t.came, t.tries) for t in await _learnings(hub)] == [(Came.FAILED, 4)]
    assert await town.open_case("На Морской нет света третий день"), "cases go on meanwhile"
