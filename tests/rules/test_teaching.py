"""When the hub learns at night, and when a new model is offered."""

from __future__ import annotations

from datetime import timedelta

import pytest

from services import teaching
from services.model import Came, ModelTask, Task
from storage.store import Store
from tests.support.desks import START, Office, office
from tests.support.taught import put_labels

USED = {"group": 0.80, "auto": 0.50, "auto_right": 0.96}


@pytest.mark.parametrize(
    ("new", "offered"),
    [
        ({}, False),
        ({"group": 0.81}, True),
        ({"auto": 0.55}, True),
        ({"group": 0.79, "auto": 0.90}, False),
        ({"group": 0.85, "auto_right": 0.94}, False),
        ({"group": 0.81, "auto": 0.0, "auto_right": 0.0}, True),
        ({"group": 0.81, "auto": 0.40}, True),
    ],
)
def test_a_new_model_has_to_be_better(new: dict[str, float], offered: bool) -> None:
    assert teaching.better(USED | new, USED) is offered


def test_who_never_kept_the_promise_is_no_measure() -> None:
    poor = {"group": 0.5, "auto": 0.1, "auto_right": 0.4}
    assert teaching.better(poor | {"group": 0.6, "auto_right": 0.5}, poor)


async def _say(at_work: Office, n: int) -> None:
    like = await at_work.report()
    async with at_work.at_work() as desk:
        await put_labels(desk.uow, like, [("Яма", "Дороги")] * n, at_work.now)


async def _order(at_work: Office) -> int:
    async with at_work.at_work() as desk:
        return await teaching.order(desk)


async def _came(at_work: Office, came: Came) -> None:
    async with at_work.at_work() as desk:
        (task,) = await desk.uow.teaching.last(Task.LEARN)
        await teaching.learnt(desk, task.id, came, name="x.model", told={})


async def test_enough_has_to_be_said_since_the_last_time(store: Store) -> None:
    at_work = await office(store)
    await _say(at_work, 19)
    at_work.move(hours=1)
    assert await _order(at_work) == 0
    await _say(at_work, 1)
    at_work.move(hours=1)
    assert await _order(at_work) == 20
    assert await _order(at_work) == 0, "one is waited for"
    await _came(at_work, Came.FAILED)
    assert await _order(at_work) == 20, "what failed is tried again"
    await _came(at_work, Came.WORSE)
    at_work.move(hours=1)
    assert await _order(at_work) == 0
    await _say(at_work, 20)
    at_work.move(hours=1)
    assert await _order(at_work) == 20


async def test_what_nobody_decided_on_gives_way_to_the_newer(store: Store) -> None:
    at_work = await office(store)
    async with at_work.at_work() as desk:
        for n in (1, 2):
            number = desk.uow.new_id(ModelTask)
            task = ModelTask(number, Task.LEARN, None, None, START + timedelta(days=n), {})
            desk.uow.add(task)
            passed = await teaching.learnt(desk, number, Came.OFFERED, name=f"{n}", told={})
            again = await teaching.learnt(desk, number, Came.WORSE, name="", told={})
            assert (passed, again) == (["1"] if n == 2 else [], [])
        (second, first) = await desk.uow.teaching.last(Task.LEARN, limit=2)
        assert (first.came, second.came) == (Came.PASSED, Came.OFFERED)
