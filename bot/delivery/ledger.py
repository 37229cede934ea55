"""The delivery's book: how every send ended, and what follows from it."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable
from dataclasses import dataclass, replace

from bot.delivery.limits import Pacer
from bot.delivery.outcomes import (
    BrokenMarkup,
    Edited,
    Failed,
    Gone,
    Moved,
    Outcome,
    Refused,
    Removed,
    Sent,
    Superfluous,
    Unreachable,
    Wait,
)
from bot.log import log
from bot.views.rendered import Rendered
from services import dead_letters, directory
from services.desk import Desk
from services.model import AppealId, PersonId, Posted, Purpose
from services.notices import Kind
from storage.outbox import OutboxRow
from storage.unit import UnitOfWork

TRIES = 8
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
"""Seconds between tries of what failed: doubled each time, with jitter."""


_OF_DEAD = (Kind.DEAD_LETTER, Kind.DEAD_LETTERS)


@dataclass(frozen=True, slots=True)
class Done:
    """A send that has ended and waits to be recorded."""

    row: OutboxRow
    outcome: Outcome
    message: Rendered | None
    posted: Posted | None


def chat_key(row: OutboxRow) -> str:
    """The chat as the pacer knows it."""
    return f"{row.channel}:{row.chat_id}"


class Ledger:
    """Writes outcomes into the caller's transaction."""

    def __init__(self, *, pacer: Pacer, desk: Callable[[UnitOfWork], Desk]) -> None:
        self._pacer = pacer
        self._desk = desk
        self.pauses: dict[int, float] = {}
        """Rows that failed, and the loop's moment from which they may be tried again."""

    async def write(self, uow: UnitOfWork, item: Done) -> None:
        """Record one send."""
        row, outcome = item.row, item.outcome
        match outcome:
            case Sent(ids):
                await self._remember(uow, item, ids)
                await self._finish(uow, row, "sent", ids[0] if ids else None)
            case Edited():
                if item.posted and item.message:
                    uow.put(replace(item.posted, digest=item.message.digest()))
                await self._finish(uow, row, "sent", None)
            case Removed():
                await self._forget(uow, row)
                await self._finish(uow, row, "sent", None)
            case Superfluous():
                await self._finish(uow, row, "dropped", None)
            case Unreachable(error):
                await self._unreachable(uow, row, error)
            case Failed(error):
                await self._again(uow, row, error)
            case Refused(error) | BrokenMarkup(error):
                await self._dead(uow, row, error)
            case Gone() | Wait() | Moved():
                await self._back_in_the_queue(uow, item, outcome)

    async def _back_in_the_queue(
        self, uow: UnitOfWork, item: Done, outcome: Gone | Wait | Moved
    ) -> None:
        row = item.row
        match outcome:
            case Gone():
                if item.posted is not None:
                    await uow.remove(item.posted)
                await uow.outbox.requeue(row, error="the message was gone")
            case Wait(seconds):
                until = asyncio.get_running_loop().time() + seconds
                self._pacer.penalise(chat_key(row), until)
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
        self.pauses.pop(row.id, None)
        now = self._desk(uow).now
        await uow.outbox.finish(row.id, state=state, now=now, external_id=external_id, error=None)

    async def _remember(self, uow: UnitOfWork, item: Done, ids: tuple[str, ...]) -> None:
        row, message = item.row, item.message
        assert message is not None
        if item.posted is not None:
            # The anchor moved to another chat: the message left behind is no more edited.
            uow.put(replace(item.posted, anchor=None))
            await uow.flush()
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

    async def _forget(self, uow: UnitOfWork, row: OutboxRow) -> None:
        posted = await uow.screens.at(row.channel, row.chat_id, row.ref["message"])
        if posted is not None:
            await uow.remove(posted)

    async def _again(self, uow: UnitOfWork, row: OutboxRow, error: str) -> None:
        if row.attempts + 1 >= TRIES:
            await self._dead(uow, row, error)
            return
        pause = min(FIRST_PAUSE * 2**row.attempts, LONGEST_PAUSE) * random.uniform(0.7, 1.3)
        self.pauses[row.id] = asyncio.get_running_loop().time() + pause
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
        if row.kind in _OF_DEAD or chat is None or chat.external_id == row.chat_id:
            return
        await dead_letters.announce(
            desk, row_id=row.id, channel=row.channel, appeal_id=row.appeal_id, error=error
        )
