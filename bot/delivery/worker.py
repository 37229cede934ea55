"""Delivery: claim → network → record. At least once, in order per chat, at the messenger's pace.

A crash between send and record can show one message twice, never more than was in flight.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.easel import Easel, is_drawn
from bot.delivery.ledger import Done, Ledger, chat_key
from bot.delivery.limits import Pacer
from bot.delivery.outcomes import (
    BrokenMarkup,
    Channel,
    Edited,
    Failed,
    Outcome,
    Refused,
    Superfluous,
)
from bot.delivery.threads import Flight
from bot.log import log
from bot.views.frame import Frame
from bot.views.render import render
from bot.views.rendered import Rendered
from services.desk import Desk
from services.model import Chat, Posted
from services.notices import Kind
from storage.outbox import OutboxRow
from storage.store import Store
from storage.unit import UnitOfWork

IN_FLIGHT = 30
EDIT_INTERVAL = 5.0
"""A card is edited at most this often, in seconds."""


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
        self._run = run
        self._edit_interval = edit_interval
        self._wake = asyncio.Event()
        self._flying: dict[str, asyncio.Task[None]] = {}
        self._done: list[Done] = []
        self._ledger = Ledger(pacer=pacer, desk=desk)
        self._easel = Easel()
        self._set_aside: dict[str, float] = {}
        """Anchors of what lets others of its chat go first, and until when."""

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
            key = chat_key(row)
            if key in self._flying:
                continue
            at = max(
                self._pacer.ready_at(key, is_group=_is_group(row), now=now),
                self._ledger.pauses.get(row.id, 0.0),
            )
            if at > now:
                soonest = min(soonest, at - now)
            elif len(self._flying) + len(ready) < IN_FLIGHT and self._easel.admits(row, ready):
                ready.append(row)
        if ready:
            async with self._store.unit() as uow:
                await uow.outbox.claim([r.id for r in ready], run=self._run)
            for row in ready:
                self._easel.take(row)
                self._flying[chat_key(row)] = asyncio.create_task(self._fly(row))
        return max(soonest, 0.005)

    def _held(self, now: float) -> list[str]:
        """Cards edited a moment ago, pictures that failed: others of their chat go first."""
        self._set_aside = {k: until for k, until in self._set_aside.items() if until > now}
        return list(self._set_aside)

    async def _fly(self, row: OutboxRow) -> None:
        message, posted, chat = None, None, None
        made: dict[str, str] = {}
        try:
            async with self._store.reading() as uow:
                message = await render(self._frame(uow), row)
                posted = await uow.screens.anchored(row.anchor) if row.anchor else None
                chat = await uow.people.chat(row.channel, row.chat_id) if _is_group(row) else None
            if message is not None:
                message = await self._easel.draw(message)
                self._free(row)
                await self._turn(row, message)
            outcome, message = await self._send(row, message, posted, chat, made)
            if isinstance(outcome, BrokenMarkup) and message is not None:
                # Our own mistake in the markup must not keep the words from a person.
                log.error("delivery.broken_markup", notice=row.id, kind=row.kind)
                outcome, message = await self._send(row, message.bare(), posted, chat, made)
        except (SQLAlchemyError, OSError) as error:
            outcome = Failed(type(error).__name__)
        except Exception as error:
            # A notice that can't be rendered must not stop its chat for ever.
            log.exception("delivery.broken", notice=row.id, kind=row.kind)
            outcome = Refused(type(error).__name__)
        self._free(row)
        if row.kind == Kind.CARD and row.anchor and isinstance(outcome, Edited):
            calm = self._edit_interval * ((message and message.calm) or EDIT_INTERVAL)
            self._set_aside[row.anchor] = asyncio.get_running_loop().time() + calm / EDIT_INTERVAL
        self._done.append(Done(row, outcome, message, posted, made))
        self._wake.set()

    def _free(self, row: OutboxRow) -> None:
        if self._easel.free(row):
            self._wake.set()

    async def _turn(self, row: OutboxRow, message: Rendered) -> None:
        """Wait for the messenger's pace right before the call: what was claimed together may have
        been worded at different speeds. Each item of an album counts.
        """
        loop, key, group = asyncio.get_running_loop(), chat_key(row), _is_group(row)
        cost = max(1, len(message.media))
        now = loop.time()
        while (at := self._pacer.ready_at(key, is_group=group, now=now, cost=cost)) > now:
            await asyncio.sleep(at - now)
            now = loop.time()
        self._pacer.take(key, is_group=group, now=now, cost=cost)

    async def _send(
        self,
        row: OutboxRow,
        message: Rendered | None,
        posted: Posted | None,
        chat: Chat | None,
        made: dict[str, str],
    ) -> tuple[Outcome, Rendered | None]:
        """How it ended, and the message as it went; new topics of a forum go into `made`."""
        if message is None:
            return Superfluous(), None
        channel = self._channels[row.channel]
        flight = Flight(row, message, posted, chat, made)
        if row.kind == Kind.REMOVE:
            return await channel.remove(row.chat_id, row.ref["message"]), message
        if row.kind == Kind.LEAVE:
            return await channel.leave(row.chat_id, message), message
        if row.kind == Kind.RIGHTS:
            return await flight.inspect(channel), message
        here = posted is not None and posted.chat_id == row.chat_id
        if here and posted is not None and posted.digest == message.digest():
            return Superfluous(), message
        outcome = await flight.fly(channel)
        return outcome, flight.message

    async def _record(self) -> None:
        """Write down how the finished sends ended, all in one transaction."""
        done, self._done = self._done, []
        if not done:
            return
        async with self._store.unit() as uow:
            for item in done:
                await self._ledger.write(uow, item)
        for item in done:
            self._flying.pop(chat_key(item.row), None)
            again = self._ledger.pauses.get(item.row.id)
            if again is not None and is_drawn(item.row) and item.row.anchor:
                # Media is what gets slowed: a picture keeps no words from their reader.
                self._set_aside[item.row.anchor] = again


def _is_group(row: OutboxRow) -> bool:
    return row.chat_id.startswith("-")
