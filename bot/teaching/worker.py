"""What was asked of the models is done beside the conversation: files read, one taken into use, a
new one learnt in a process of its own. No transaction is open meanwhile; a task that a crash has
interrupted is done again.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from bot.log import log
from bot.models import Models
from bot.teaching.listing import described, listed, named
from services import teaching
from services.desk import Desk
from services.model import Came, Label, ModelTask, Task
from services.municipality import Municipality
from services.understanding.guess import COLD
from storage.store import Store
from storage.types import to_micros
from storage.unit import UnitOfWork

LONGEST = 3600.0
"""Seconds that a learning may take."""
TRIES = 3
MOST_LABELS = 3000
QUICK, SLOW = (Task.SHOW, Task.USE), (Task.LEARN,)
PAUSES = {QUICK: 60.0, SLOW: 20.0}
"""Seconds between looks; what is quick is woken by commits as well."""


class Teacher:
    """One at a time over replicas, as they share the folder."""

    def __init__(
        self, store: Store, models: Models, desk: Callable[[UnitOfWork], Desk], haste: float = 1.0
    ) -> None:
        self._store = store
        self._models = models
        self._desk = desk
        self._haste = haste
        self._wake = asyncio.Event()
        self.on_used: Callable[[], object] = lambda: None
        """Called in a thread when another model has come into use."""

    def wake(self) -> None:
        """Something was committed."""
        self._wake.set()

    async def run(self) -> None:
        """Do what is asked until cancelled."""
        await asyncio.gather(self._serve(QUICK), self._serve(SLOW))

    async def _serve(self, tasks: tuple[Task, ...]) -> None:
        while True:
            if tasks is QUICK:
                self._wake.clear()
            async with self._store.reading() as uow:
                task = await uow.teaching.next(*tasks)
            if task is None:
                await self._rest(tasks)
                continue
            await self._do(task)

    async def _rest(self, tasks: tuple[Task, ...]) -> None:
        if tasks is SLOW:
            await asyncio.sleep(PAUSES[SLOW] / self._haste)
            return
        try:
            async with asyncio.timeout(PAUSES[QUICK]):
                await self._wake.wait()
        except TimeoutError:
            return
        # Every commit wakes; looking once for many of them is enough.
        await asyncio.sleep(0.3 / self._haste)

    async def _do(self, task: ModelTask) -> None:
        async with self._store.unit() as uow:
            uow.put(replace(task, tries=task.tries + 1))
        if task.tries >= TRIES:
            await self._give_up(task)
            return
        match task.task:
            case Task.SHOW:
                await self._show(task)
            case Task.USE:
                await self._use(task)
            case Task.LEARN:
                await self._learn(task)

    async def _give_up(self, task: ModelTask) -> None:
        if task.task is Task.LEARN:
            await self._record(task, {"came": Came.FAILED})
            return
        async with self._store.unit() as uow:
            desk = self._desk(uow)
            if (done := await teaching.done(desk, task.id, Came.FAILED, told={})) is not None:
                await teaching.used(desk, done)

    # --- quick ---

    async def _show(self, task: ModelTask) -> None:
        models = await asyncio.to_thread(listed, self._models)
        async with self._store.unit() as uow:
            teaching.listed(self._desk(uow), task, models)
            uow.remove(task)

    async def _use(self, task: ModelTask) -> None:
        name = await self._wanted(task)
        came, why = await asyncio.to_thread(self._take, name)
        models = await asyncio.to_thread(listed, self._models)
        async with self._store.unit() as uow:
            desk = self._desk(uow)
            done = await teaching.done(desk, task.id, came, name=name, told=why)
            if done is not None:
                await teaching.used(desk, done)
                teaching.listed(desk, done, models)
        log.info("models.used", model=name, outcome=str(came), person=task.person_id)

    async def _wanted(self, task: ModelTask) -> str | None:
        if "offer" not in task.data:
            return await asyncio.to_thread(named, self._models, task.data["mark"])
        async with self._store.reading() as uow:
            return (await uow.need(ModelTask, task.data["offer"])).name

    def _take(self, name: str | None) -> tuple[Came, dict[str, str]]:
        """A model is read whole before it is put into use: what is damaged is not."""
        if name is None or (name != COLD and name not in self._models.names()):
            return Came.GONE, {}
        about = described(self._models, name)
        if "why" in about:
            return Came.REFUSED, {"why": about["why"]}
        before = self._models.history()[-1]
        if before != name:
            self._models.use(name)
            self.on_used()
        return Came.USED, {"before": before}

    # --- slow ---

    async def _learn(self, task: ModelTask) -> None:
        async with self._store.reading() as uow:
            desk = self._desk(uow)
            labels = await uow.labels.newest(limit=MOST_LABELS)
            day = f"{desk.now.astimezone(desk.town.calendar.zone):%Y-%m-%d}"
        asked = {
            "folder": str(self._models.folder),
            "day": day,
            "labels": [_row(label, desk.town) for label in labels],
        }
        told = await _pupil(json.dumps(asked, ensure_ascii=False).encode())
        if told is None:
            await asyncio.sleep(PAUSES[SLOW] / self._haste)
            return
        await self._record(task, told)

    async def _record(self, task: ModelTask, told: dict[str, Any]) -> None:
        came, name = Came(told["came"]), told.get("name")
        rest = {key: value for key, value in told.items() if key not in ("came", "name")}
        async with self._store.unit() as uow:
            passed = await teaching.learnt(self._desk(uow), task.id, came, name=name, told=rest)
        await asyncio.to_thread(self._forget, passed)
        log.info("models.learnt", outcome=str(came), model=name)

    def _forget(self, passed: list[str]) -> None:
        """What nobody has decided on in time, and nobody has used since, makes room."""
        history = self._models.history()
        for name in passed:
            if name not in history:
                (self._models.folder / name).unlink(missing_ok=True)


def _row(label: Label, town: Municipality) -> list[Any]:
    """A label in the classifier's words: of our topic, what it is reported under."""
    topic = town.topics.get(label.topic or "")
    return [label.text, label.groups, topic and topic.subject, to_micros(label.at)]


async def _pupil(asked: bytes) -> dict[str, Any] | None:
    """What the learning process says; None when it broke down, and is to be tried again."""
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot.teaching.pupil"), stdin=pipe, stdout=pipe, stderr=pipe
    )
    try:
        async with asyncio.timeout(LONGEST):
            said, errors = await process.communicate(asked)
    except TimeoutError:
        log.error("models.learning_too_long", seconds=LONGEST)
        return None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    if process.returncode:
        log.error("models.learning_failed", error=errors.decode(errors="replace")[-500:])
        return None
    told: dict[str, Any] = json.loads(said)
    return told
