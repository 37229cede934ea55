"""The classifier's models as administrators see them: listed, taken into use, learnt at night.

What takes files or time is a task that is done beside the conversation (bot/teaching); a task is
also the record of who has decided what.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from zlib import crc32

from services import notify
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import OutOfDate
from services.model import Came, ModelTask, Task
from services.notices import Kind, Priority

ENOUGH_NEW = 20
"""So many labels since the last learning make another one worth its time."""
FEWEST = 100
"""Texts whose group is known, without which a model is chance."""
PROMISED = 0.95
"""How many of those routed without a person have to be right."""
LOOKED_AT = 10
"""Learnings in a row that may have failed."""
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def mark_of(name: str) -> str:
    """A file name as a button can carry it."""
    return f"{crc32(name.encode()):08x}"


def better(new: dict[str, float], used: dict[str, float]) -> bool:
    """The new one is right at least as often, more often or about more without a person, and keeps
    what is promised of those.
    """
    keeps = not new["auto"] or new["auto_right"] >= min(PROMISED, used["auto_right"])
    gains = new["group"] > used["group"] or new["auto"] > used["auto"]
    return keeps and gains and new["group"] >= used["group"]


def _ask(desk: Desk, task: Task, actor: Actor, **data: Any) -> ModelTask:
    number = desk.uow.new_id(ModelTask)
    return desk.uow.add(ModelTask(number, task, None, actor.person_id, desk.now, data))


@use_case
async def show(desk: Desk, *, actor: Actor, channel: str, chat: str) -> None:
    """/models: which there are, and which is in use. Raises Denied."""
    authorise(actor, Deed.MODELS)
    await desk.uow.screens.anew(list_anchor(chat))
    _ask(desk, Task.SHOW, actor, channel=channel, chat=chat)


@use_case
async def use(desk: Desk, *, actor: Actor, channel: str, chat: str, mark: str) -> None:
    """«Включить» in the list. Raises Denied."""
    authorise(actor, Deed.MODELS)
    _ask(desk, Task.USE, actor, channel=channel, chat=chat, mark=mark)


@use_case
async def decide(desk: Desk, *, actor: Actor, task_id: int, accept: bool) -> None:
    """«Включить» or «Оставить прежнюю» under what was offered. Raises Denied, OutOfDate."""
    authorise(actor, Deed.MODELS)
    offer = await desk.uow.lock(ModelTask, task_id)
    if offer is None or offer.came is not Came.OFFERED:
        raise OutOfDate("outdated")
    came = Came.ACCEPTED if accept else Came.DECLINED
    offer = replace(offer, came=came, decided_by=actor.person_id, decided_at=desk.now)
    desk.uow.put(offer)
    if accept:
        _ask(desk, Task.USE, actor, offer=offer.id)
    await tell(desk, offer)


def learnt_at(tasks: Sequence[ModelTask]) -> datetime:
    """When labels were learnt from last: of these tasks, the newest first, one that went well."""
    well = (t.at for t in tasks if t.came not in (Came.FAILED, Came.REFUSED))
    return next(well, BEGINNING)


@use_case
async def order(desk: Desk) -> int:
    """At night: learn when enough was said since the last time (a job)."""
    before = await desk.uow.teaching.last(Task.LEARN, limit=LOOKED_AT)
    if before and before[0].came is None:
        return 0
    fresh = await desk.uow.labels.count(since=learnt_at(before))
    if fresh < ENOUGH_NEW:
        return 0
    desk.uow.add(ModelTask(desk.uow.new_id(ModelTask), Task.LEARN, None, None, desk.now, {}))
    return fresh


@use_case
async def done(
    desk: Desk, task_id: int, came: Came, *, name: str | None = None, told: dict[str, Any]
) -> ModelTask | None:
    """Write down what came of a task; None when somebody else has."""
    task = await desk.uow.lock(ModelTask, task_id)
    if task is None or task.came is not None:
        return None
    task = replace(task, came=came, name=name, data={**task.data, **told}, done_at=desk.now)
    return desk.uow.put(task)


@use_case
async def learnt(
    desk: Desk, task_id: int, came: Came, *, name: str | None, told: dict[str, Any]
) -> list[str]:
    """A learning is over: administrators hear of it. Returns models that nobody waits for now."""
    task = await done(desk, task_id, came, name=name, told=told)
    passed = []
    if task is not None and came is Came.OFFERED:
        for older in await desk.uow.teaching.of(Came.OFFERED):
            if older.id != task.id:
                older = desk.uow.put(replace(older, came=Came.PASSED))
                await tell(desk, older)
                passed.append(older.name or "")
    if task is not None and came is not Came.FEW:
        await tell(desk, task)
    return passed


async def used(desk: Desk, task: ModelTask) -> None:
    """What was accepted is in use, or could not be: the offer says so."""
    offer = await desk.uow.get(ModelTask, task.data["offer"]) if "offer" in task.data else None
    if offer is not None and task.came is not Came.USED:
        why = {"why": task.data.get("why", "")}
        offer = desk.uow.put(replace(offer, came=task.came, data={**offer.data, **why}))
    if offer is not None:
        await tell(desk, offer)


async def tell(desk: Desk, task: ModelTask) -> None:
    """What came of a learning, to every administrator; a message that stands is brought up."""
    await notify.to_administrators(
        desk,
        Kind.MODEL_LEARNT,
        anchor=f"model:{task.id}",
        priority=Priority.DIGEST if task.decided_at is None else Priority.EDIT,
        task=task.id,
    )


def listed(desk: Desk, task: ModelTask, models: list[dict[str, Any]]) -> None:
    """The list stands in the chat it was asked for in, or is brought up to date there."""
    if "chat" not in task.data:
        return
    notify.queue(
        desk,
        Kind.MODELS,
        channel=task.data["channel"],
        chat_id=task.data["chat"],
        person_id=task.person_id,
        anchor=list_anchor(task.data["chat"]),
        ref={"models": models},
    )


def list_anchor(chat: str) -> str:
    """Where the list of a chat stands."""
    return f"models:{chat}"
