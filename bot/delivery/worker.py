"""Delivery: claim → network → record. At least once, in order per chat, at the messenger's pace.

A crash between send and record can show one message twice, never more than was in flight.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.delivery.limits import Pacer
from bot.delivery.outcomes import (
    Channel,
    Edited,
    Failed,
    Gone,
    Moved,
    Outcome,
    Refused,
    Sent,
    Superfluous,
    Unreachable,
    Wait,
)
from bot.log import log
from bot.views.frame import Frame
from bot.views.render import render
from bot.views.rendered import Rendered
from services import directory, notify
from services.desk import Desk
from services.model import AppealId, PersonId, Posted, Purpose
from services.notices import Kind
from storage.outbox import OutboxRow
from storage.store import Store
from storage.unit import UnitOfWork

IN_FLIGHT = 30
TRIES = 8
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
EDIT_INTERVAL = 5.0
"""A card is edited at most this often, in seconds."""


@dataclass(frozen=True, slots=True)
class _Done:
    row: OutboxRow
    outcome: Outcome
    message: Rendered | None
    posted: Posted | None


class Delivery:
    """One per process (one replica delivers)."""

    def __init__(
        self,
        *,
        store: Store,
        channels: dict[str, Channel],
        pacer: Pacer,
        frame: Callable[[UnitOfWork], Frame],
        desk: Callable[[UnitOfWork], Desk],
        run: str,
        edit_interval: float = EDIT_INTERVAL,
    ) -> None:
        self._store = store
        self._channels = channels
        self._pacer = pacer
        self._frame = frame
        self._desk = desk
        self._run = run
        self._edit_interval = edit_interval
        self._wake = asyncio.Event()
        self._flying: dict[str, asyncio.Task[None]] = {}
        self._done: list[_Done] = []
        self._pauses: dict[int, float] = {}
        self._edited: dict[str, float] = {}

    @property
    def busy(self) -> bool:
        """Something is on its way or waits to be recorded."""
        return bool(self._flying or self._done)

    def wake(self) -> None:
        """Something was committed, or time moved."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; what is in flight then is finished and recorded."""
        async with self._store.unit() as uow:
            await uow.outbox.adopt(run=self._run)
        try:
            while True:
                self._wake.clear()
                await self._record()
                pause = await self._start()
                try:
                    async with asyncio.timeout(pause):
                        await self._wake.wait()
                except TimeoutError:
                    continue
        finally:
            await asyncio.shield(self._land())

    async def _land(self) -> None:
        if self._flying:
            await asyncio.wait(self._flying.values(), timeout=10)
        await self._record()

    async def _start(self) -> float:
        """Send what may go now; returns how long to sleep at the most."""
        now = asyncio.get_running_loop().time()
        async with self._store.reading() as uow:
            frame = self._frame(uow)
            heads = await uow.outbox.heads(frame.now, skip=self._held(now))
        ready: list[OutboxRow] = []
        soonest = 1.0
        for row in heads:
            key = _chat(row)
            if key in self._flying:
                continue
            at = max(
                self._pacer.ready_at(key, is_group=_is_group(row), now=now),
                self._pauses.get(row.id, 0.0),
            )
            if at > now:
                soonest = min(soonest, at - now)
            elif len(self._flying) + len(ready) < IN_FLIGHT:
                self._pacer.take(key, is_group=_is_group(row), now=now)
                ready.append(row)
        if ready:
            async with self._store.unit() as uow:
                await uow.outbox.claim([r.id for r in ready], run=self._run)
            for row in ready:
                self._flying[_chat(row)] = asyncio.create_task(self._fly(row))
        return max(soonest, 0.005)

    def _held(self, now: float) -> list[str]:
        """Cards edited a moment ago: others of their chat go first."""
        self._edited = {k: at for k, at in self._edited.items() if at + self._edit_interval > now}
        return list(self._edited)

    async def _fly(self, row: OutboxRow) -> None:
        message, posted = None, None
        try:
            async with self._store.reading() as uow:
                message = await render(self._frame(uow), row)
                posted = await uow.screens.anchored(row.anchor) if row.anchor else None
            if message is not None and len(message.media) > 1:
                # Each item of an album counts; the first was paid for when the row was claimed.
                self._pacer.take(
                    _chat(row),
                    is_group=_is_group(row),
                    now=asyncio.get_running_loop().time(),
                    cost=len(message.media) - 1,
                )
            outcome = await self._send(row, message, posted)
        except Exception as error:
            # A notice that can't be rendered must not stop its chat for ever.
            log.exception("delivery.broken", notice=row.id, kind=row.kind)
            outcome = Refused(repr(error)[:300])
        if row.anchor and isinstance(outcome, Edited):
            self._edited[row.anchor] = asyncio.get_running_loop().time()
        self._done.append(_Done(row, outcome, message, posted))
        self._wake.set()

    async def _send(
        self, row: OutboxRow, message: Rendered | None, posted: Posted | None
    ) -> Outcome:
        if message is None:
            return Superfluous()
        channel = self._channels[row.channel]
        if posted is not None and posted.chat_id == row.chat_id:
            if posted.digest == message.digest():
                return Superfluous()
            return await channel.edit(row.chat_id, posted.external_id, message)
        return await channel.send(row.chat_id, message)

    async def _record(self) -> None:
        """Write down how the finished sends ended, all in one transaction."""
        done, self._done = self._done, []
        if not done:
            return
        async with self._store.unit() as uow:
            for item in done:
                await self._settle(uow, item)
        for item in done:
            self._flying.pop(_chat(item.row), None)

    async def _settle(self, uow: UnitOfWork, item: _Done) -> None:
        row, outcome = item.row, item.outcome
        match outcome:
            case Sent(ids):
                await self._remember(uow, item, ids)
                await self._finish(uow, row, "sent", ids[0] if ids else None)
            case Edited():
                if item.posted and item.message:
                    uow.put(replace(item.posted, digest=item.message.digest()))
                await self._finish(uow, row, "sent", None)
            case Superfluous():
                await self._finish(uow, row, "dropped", None)
            case Unreachable(error):
                await self._unreachable(uow, row, error)
            case Failed(error):
                await self._again(uow, row, error)
            case Refused(error):
                await self._dead(uow, row, error)
            case Gone() | Wait() | Moved():
                await self._back_in_the_queue(uow, item, outcome)

    async def _back_in_the_queue(
        self, uow: UnitOfWork, item: _Done, outcome: Gone | Wait | Moved
    ) -> None:
        row = item.row
        match outcome:
            case Gone():
                if item.posted is not None:
                    await uow.remove(item.posted)
                await uow.outbox.requeue(row, error="the message was gone")
            case Wait(seconds):
                until = asyncio.get_running_loop().time() + seconds
                self._pacer.penalise(_chat(row), until)
                log.warning("delivery.slowed", chat=row.chat_id, seconds=seconds)
                await uow.outbox.requeue(row, error="429", count=False)
            case Moved(chat_id):
                await directory.chat_moved(
                    self._desk(uow), channel=row.channel, old=row.chat_id, new=chat_id
                )
                await uow.outbox.requeue(row, error="the chat moved", count=False)

    async def _finish(
        self, uow: UnitOfWork, row: OutboxRow, state: str, external_id: str | None
    ) -> None:
        self._pauses.pop(row.id, None)
        now = self._desk(uow).now
        await uow.outbox.finish(row.id, state=state, now=now, external_id=external_id, error=None)

    async def _remember(self, uow: UnitOfWork, item: _Done, ids: tuple[str, ...]) -> None:
        row, message = item.row, item.message
        assert message is not None
        for place, external_id in enumerate(ids):
            uow.add(
                Posted(
                    id=uow.new_id(Posted),
                    channel=row.channel,
                    chat_id=row.chat_id,
                    external_id=external_id,
                    kind=row.kind,
                    appeal_id=AppealId(row.appeal_id) if row.appeal_id is not None else None,
                    owner_id=PersonId(message.owner) if message.owner is not None else None,
                    anchor=row.anchor if place == 0 else None,
                    data=message.data,
                    digest=message.digest(),
                    at=self._desk(uow).now,
                )
            )

    async def _again(self, uow: UnitOfWork, row: OutboxRow, error: str) -> None:
        if row.attempts + 1 >= TRIES:
            await self._dead(uow, row, error)
            return
        pause = min(FIRST_PAUSE * 2**row.attempts, LONGEST_PAUSE) * random.uniform(0.7, 1.3)
        self._pauses[row.id] = asyncio.get_running_loop().time() + pause
        log.warning("delivery.retry", notice=row.id, kind=row.kind, error=error, pause=pause)
        await uow.outbox.requeue(row, error=error)

    async def _unreachable(self, uow: UnitOfWork, row: OutboxRow, error: str) -> None:
        if row.person_id is not None:
            await directory.stopped(self._desk(uow), channel=row.channel, external_id=row.chat_id)
        await self._dead(uow, row, error)

    async def _dead(self, uow: UnitOfWork, row: OutboxRow, error: str) -> None:
        """It will never arrive: the duty chat is told, the row stays to be looked at."""
        log.error("delivery.dead", notice=row.id, kind=row.kind, chat=row.chat_id, error=error)
        desk = self._desk(uow)
        await uow.outbox.finish(row.id, state="dead", now=desk.now, external_id=None, error=error)
        chat = await uow.people.chat_for(Purpose.TRIAGE)
        if row.kind == Kind.DEAD_LETTER or chat is None or chat.external_id == row.chat_id:
            return
        desk.uow.outbox.add(
            notify.dead_letter(desk, chat, row.id, row.kind, row.appeal_id, error), now=desk.now
        )


def _chat(row: OutboxRow) -> str:
    return f"{row.channel}:{row.chat_id}"


def _is_group(row: OutboxRow) -> bool:
    return row.chat_id.startswith("-")
