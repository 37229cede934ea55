"""The delivery's book: how every send ended, and what follows from it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from typing import Any

from bot.delivery.limits import Pacer
from bot.delivery.outcomes import (
    BrokenMarkup,
    Edited,
    Failed,
    Gone,
    Inspected,
    Left,
    Moved,
    Muted,
    Outcome,
    Partly,
    Refused,
    Removed,
    Sent,
    Superfluous,
    TopicGone,
    Unreachable,
    Wait,
)
from bot.delivery.retries import Retries
from bot.log import about, log
from bot.views.rendered import Rendered
from services import binding, copies, dead_letters, directory, lost_chats
from services.desk import Desk
from services.model import AppealId, PersonId, Posted, Purpose
from services.notices import Kind, is_group
from storage.outbox import Ended, OutboxRow
from storage.unit import UnitOfWork

TRIES = 8
"""So often what fails while others get through is tried, then it is a dead letter."""


_OF_DEAD = (Kind.DEAD_LETTER, Kind.DEAD_LETTERS)


@dataclass(frozen=True, slots=True, eq=False)
class Done:
    """A send that has ended and waits to be recorded."""

    row: OutboxRow
    outcome: Outcome
    message: Rendered | None
    posted: Posted | None
    made: dict[str, str] = field(default_factory=dict)
    """Topics of a forum made on the way: word → thread."""


def chat_key(row: OutboxRow) -> str:
    """The chat as the pacer knows it."""
    return f"{row.channel}:{row.chat_id}"


def about_row(row: OutboxRow) -> AbstractContextManager[None]:
    """Lines of the log name the notice and its case."""
    return about(notice=row.id, kind=row.kind, appeal=row.appeal_id)


def _kept(row: OutboxRow, message: Rendered) -> dict[str, Any]:
    """What is kept with a message. Where no button names a case, its words tell a second copy."""
    if not message.text or (message.buttons and row.appeal_id is not None):
        return message.data
    return {**message.data, copies.WORDS: copies.fingerprint(message.bare().text)}


class Ledger:
    """Writes outcomes into the caller's transaction."""

    def __init__(self, *, pacer: Pacer, desk: Callable[[UnitOfWork], Desk]) -> None:
        self._pacer = pacer
        self._desk = desk
        self.pauses: dict[int, float] = {}
        """Rows that failed, and the loop's moment from which they may be tried again."""
        self._retries = Retries()
        self._ended: list[Ended] = []
        """Of the transaction that is being written."""

    async def write(self, uow: UnitOfWork, items: Iterable[Done]) -> None:
        """Record sends."""
        self._ended = []
        for item in items:
            with about_row(item.row):
                await self._write(uow, item)
        await uow.outbox.finish(self._ended)

    async def _write(self, uow: UnitOfWork, item: Done) -> None:
        row, outcome = item.row, item.outcome
        match outcome:
            case Sent(ids):
                await self._remember(uow, item, ids)
                self._finish(uow, row, "sent", ids[0] if ids else None)
            case Edited():
                await self._edited(uow, item)
            case Partly():
                await self._go_on(uow, item, outcome)
            case Removed() | Left():
                await self._forget(uow, row)
                self._finish(uow, row, "sent", None)
            case Superfluous():
                self._finish(uow, row, "dropped", None)
            case Failed(error):
                await self._again(uow, row, error)
            case Refused(error) | BrokenMarkup(error) | TopicGone(error):
                await self._dead(uow, row, error)
            case Gone() | Wait() | Moved():
                await self._back_in_the_queue(uow, item, outcome)
            case Inspected() | Muted() | Unreachable():
                await self._about_the_chat(uow, item, outcome)
        await self._keep_topics(uow, item)

    async def stands_too(self, uow: UnitOfWork, item: Done) -> None:
        """A second copy of what another replica sends again: a press on either acts once."""
        if isinstance(item.outcome, Sent) and item.message is not None:
            copy = replace(item, row=replace(item.row, anchor=None), posted=None)
            await self._remember(uow, copy, item.outcome.ids)

    async def give_up(self, uow: UnitOfWork, row: OutboxRow, error: str) -> None:
        """How it ended can't be written down: a dead letter."""
        with about_row(row):
            await self._dead(uow, row, error)

    async def _about_the_chat(
        self, uow: UnitOfWork, item: Done, outcome: Inspected | Muted | Unreachable
    ) -> None:
        row = item.row
        match outcome:
            case Inspected():
                await self._inspected(uow, item, outcome)
            case Muted(error):
                await self._muted(uow, row, error)
            case Unreachable() if row.kind == Kind.RIGHTS:
                self._finish(uow, row, "sent", None)
                await self._out(uow, row)
            case Unreachable(error):
                await self._unreachable(uow, row, error)

    async def _inspected(self, uow: UnitOfWork, item: Done, seen: Inspected) -> None:
        row = item.row
        self._finish(uow, row, "sent", None)
        await binding.checked(
            self._desk(uow),
            channel=row.channel,
            chat_id=row.chat_id,
            missing=list(seen.missing),
            forum=seen.forum,
            first=bool(row.ref.get("first")),
        )

    async def _keep_topics(self, uow: UnitOfWork, item: Done) -> None:
        chat = item.made and await uow.people.chat(item.row.channel, item.row.chat_id)
        if chat:
            await binding.made_topics(self._desk(uow), chat, item.made)

    async def _muted(self, uow: UnitOfWork, row: OutboxRow, error: str) -> None:
        """Nothing is lost: what is for this chat waits until the bot may write there."""
        chat = await uow.people.chat(row.channel, row.chat_id)
        if chat is None:
            await self._dead(uow, row, error)
            return
        await uow.outbox.requeue(row, error=error, count=False)
        await binding.muted(self._desk(uow), chat)

    async def _edited(self, uow: UnitOfWork, item: Done) -> None:
        if item.posted and item.message:
            uow.put(replace(item.posted, digest=item.message.digest()))
        self._finish(uow, item.row, "sent", None)

    async def _go_on(self, uow: UnitOfWork, item: Done, outcome: Partly) -> None:
        """What stands in the chat is remembered and not sent again; the rest ends as it did."""
        row = item.row
        await self._remember(uow, item, outcome.ids)
        done = row.ref.get("done", 0) + outcome.files
        await uow.outbox.set_ref(row.id, {**row.ref, "done": done})
        await self._write(uow, replace(item, outcome=outcome.rest))

    async def _back_in_the_queue(
        self, uow: UnitOfWork, item: Done, outcome: Gone | Wait | Moved
    ) -> None:
        row = item.row
        match outcome:
            case Gone():
                if item.posted is not None:
                    uow.remove(item.posted)
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

    def _finish(self, uow: UnitOfWork, row: OutboxRow, state: str, external_id: str | None) -> None:
        self.pauses.pop(row.id, None)
        self._retries.ended(row.id)
        if state == "sent":
            self._retries.got_through(row.channel, asyncio.get_running_loop().time())
        clock = time.time() if state == "sent" else None
        now = self._desk(uow).now
        self._ended.append(Ended(row.id, state, now, external_id, sent_clock=clock))

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
                    data=_kept(row, message),
                    digest=message.digest(),
                    at=self._desk(uow).now,
                    thread=message.thread,
                )
            )

    async def _forget(self, uow: UnitOfWork, row: OutboxRow) -> None:
        posted = await uow.screens.at(row.channel, row.chat_id, row.ref.get("message", ""))
        if posted is not None:
            uow.remove(posted)

    async def _again(self, uow: UnitOfWork, row: OutboxRow, error: str) -> None:
        now = asyncio.get_running_loop().time()
        again = self._retries.failed(row.id, row.channel, now)
        if again.counts and row.attempts + 1 >= TRIES:
            await self._dead(uow, row, error)
            return
        self.pauses[row.id] = now + again.pause
        log.warning("delivery.retry", error=error, pause=again.pause)
        await uow.outbox.requeue(row, error=error, count=again.counts)

    async def _out(self, uow: UnitOfWork, row: OutboxRow) -> bool:
        """The bot is out of a group; False when it is bound to nothing."""
        chat = await uow.people.chat(row.channel, row.chat_id)
        if chat is not None:
            await lost_chats.lost(self._desk(uow), chat)
        return chat is not None

    async def _unreachable(self, uow: UnitOfWork, row: OutboxRow, error: str) -> None:
        if is_group(row.chat_id):
            await uow.outbox.requeue(row, error=error, count=False)
            if not await self._out(uow, row):
                # Nobody's chat: there is nobody whom it would help to know.
                self._finish(uow, row, "dropped", None)
            return
        if row.person_id is not None:
            await directory.stopped(self._desk(uow), channel=row.channel, external_id=row.chat_id)
        await self._dead(uow, row, error)

    async def _dead(self, uow: UnitOfWork, row: OutboxRow, error: str) -> None:
        """It will never arrive: the duty chat is told, the row stays to be looked at."""
        self._retries.ended(row.id)
        log.error("delivery.dead", chat=row.chat_id, error=error)
        desk = self._desk(uow)
        await uow.outbox.finish([Ended(row.id, "dead", desk.now, error=error)])
        chat = await uow.people.chat_for(Purpose.TRIAGE)
        if row.kind in _OF_DEAD or chat is None or chat.external_id == row.chat_id:
            return
        await dead_letters.announce(
            desk, row_id=row.id, channel=row.channel, appeal_id=row.appeal_id, error=error
        )
