"""Delivery: claim → network → record. At least once, in order per chat, at the messenger's pace.

A crash between send and record can show one message twice, never more than was in flight.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError

from bot.delivery.door import Door
from bot.delivery.easel import Easel, is_drawn
from bot.delivery.ledger import Done, Ledger, about_row, chat_key
from bot.delivery.limits import MINUTE, Pacer
from bot.delivery.line import Line
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
from bot.delivery.wording import Worded, word
from bot.log import log
from bot.views.frame import Frame
from bot.views.rendered import Rendered
from bot.watch.counts import Counts
from bot.watch.sends import count
from services.desk import Desk
from services.notices import Kind, is_group
from storage.engine import is_passing
from storage.leases import Lease
from storage.outbox import OutboxRow
from storage.store import Store
from storage.unit import UnitOfWork

EDIT_INTERVAL = 5.0
"""A card is edited at most this often, in seconds."""


class Delivery:
    """One per process; of replicas the one that holds the lease delivers."""

    def __init__(
        self,
        *,
        store: Store,
        channels: dict[str, Channel],
        pacer: Pacer,
        frame: Callable[[UnitOfWork], Frame],
        desk: Callable[[UnitOfWork], Desk],
        clock: Callable[[], datetime],
        run: str,
        lease: Lease,
        edit_interval: float = EDIT_INTERVAL,
        counts: Counts | None = None,
    ) -> None:
        self._store = store
        self._channels = channels
        self._pacer = pacer
        self._frame = frame
        self._run = run
        self._lease = lease
        self._edit_interval = edit_interval
        self._counts = counts or Counts()
        self._wake = asyncio.Event()
        self._flying: dict[str, asyncio.Task[None]] = {}
        self._done: list[Done] = []
        self._ledger = Ledger(pacer=pacer, desk=desk)
        self._easel = Easel()
        self._line = Line(store, pacer, clock)
        self._set_aside: dict[str, float] = {}
        """Anchors of what lets others of its chat go first, and until when."""
        self._door = Door(pacer)

    @property
    def flying(self) -> int:
        """How many messages are on their way."""
        return len(self._flying)

    @property
    def busy(self) -> bool:
        """Something is on its way or waits to be recorded."""
        return bool(self._flying or self._done)

    def wake(self) -> None:
        """Something was committed, or time moved."""
        self._wake.set()

    async def run(self) -> None:
        """Deliver until cancelled; what is in flight then is finished and recorded."""
        await self._take_over()
        try:
            while True:
                self._wake.clear()
                pause = await self._round()
                try:
                    async with asyncio.timeout(pause):
                        await self._wake.wait()
                except TimeoutError:
                    continue
        finally:
            await asyncio.shield(self._land())

    async def _take_over(self) -> None:
        """Queue again what a run before this one was sending, and keep to the pace it had."""
        loop, now = asyncio.get_running_loop().time(), time.time()
        async with self._store.unit() as uow:
            adopted = await uow.outbox.adopt(run=self._run)
            recent = await uow.outbox.sent_since(now - MINUTE)
        # Nobody knows when the adopted ones went, if they did: they count as sent just now.
        recent += [(channel, chat, now) for channel, chat in adopted]
        self._pacer.refill(
            (f"{channel}:{chat}", is_group(chat), loop - max(now - at, 0.0))
            for channel, chat, at in recent
        )

    async def _land(self) -> None:
        if self._flying:
            await asyncio.wait(self._flying.values(), timeout=10)
        await self._settle([])

    async def _round(self) -> float:
        """Record what has ended, send what may go now; returns how long to sleep at the most."""
        if self._done:
            # Their chats are free only when they are recorded.
            await self._settle([])
        now = asyncio.get_running_loop().time()
        choice = await self._line.next(
            now,
            skip=self._held(now),
            busy=self._flying.keys(),
            unsent=self._door.before,
            pauses=self._ledger.pauses,
            may_draw=self._easel.is_free,
        )
        if choice.go:
            await self._start(await self._settle(choice.go))
        return choice.pause

    async def _start(self, rows: list[OutboxRow]) -> None:
        """Put claimed rows into words and let them fly."""
        for row in rows:
            self._easel.take(row)
        try:
            async with self._store.reading() as uow:
                worded = await word(self._frame(uow), rows)
        except (SQLAlchemyError, OSError) as error:
            failure = Failed(type(error).__name__)
            worded = [Worded(row, None, None, None, failure) for row in rows]
        for one in worded:
            self._door.expect(one.row)
            self._flying[chat_key(one.row)] = asyncio.create_task(self._fly(one))

    def _held(self, now: float) -> list[str]:
        """Cards edited a moment ago, pictures that failed: others of their chat go first."""
        self._set_aside = {k: until for k, until in self._set_aside.items() if until > now}
        return list(self._set_aside)

    async def _fly(self, one: Worded) -> None:
        row, message = one.row, one.message
        made: dict[str, str] = {}
        since = asyncio.get_running_loop().time()
        try:
            with about_row(row):
                outcome, message = await self._through(one, made)
        except (SQLAlchemyError, OSError) as error:
            outcome = Failed(type(error).__name__)
        except Exception as error:
            log.exception("delivery.broken", notice=row.id, kind=row.kind, appeal=row.appeal_id)
            outcome = Refused(type(error).__name__)
        count(self._counts, one, outcome, asyncio.get_running_loop().time() - since)
        self._free(row)
        self._door.forget(row)
        if row.kind == Kind.CARD and row.anchor and isinstance(outcome, Edited):
            calm = self._edit_interval * ((message and message.calm) or EDIT_INTERVAL)
            self._set_aside[row.anchor] = asyncio.get_running_loop().time() + calm / EDIT_INTERVAL
        self._done.append(Done(row, outcome, message, one.posted, made))
        self._wake.set()

    async def _through(self, one: Worded, made: dict[str, str]) -> tuple[Outcome, Rendered | None]:
        """How it ended, and the message as it went; new topics of a forum go into `made`."""
        if one.failure is not None:
            return one.failure, None
        if one.message is None:
            return Superfluous(), None
        message = await self._easel.draw(one.message)
        self._free(one.row)
        async with self._door.passed(one.row, message):
            outcome, message = await self._send(one, message, made)
        if isinstance(outcome, BrokenMarkup):
            # Our own mistake in the markup must not keep the words from a person.
            log.error("delivery.broken_markup")
            outcome, message = await self._send(one, message.bare(), made)
        return outcome, message

    def _free(self, row: OutboxRow) -> None:
        if self._easel.free(row):
            self._wake.set()

    async def _send(
        self, one: Worded, message: Rendered, made: dict[str, str]
    ) -> tuple[Outcome, Rendered]:
        row, posted = one.row, one.posted
        channel = self._channels[row.channel]
        flight = Flight(row, message, posted, one.chat, made)
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

    async def _settle(self, ready: list[OutboxRow]) -> list[OutboxRow]:
        """Write down how sends have ended and claim the next ones, in one transaction.

        Returns what was claimed. When the database refuses, what has ended is kept and tried again.
        """
        done = list(self._done)
        claimed: list[OutboxRow] = []
        try:
            # Of a claim that is lost with the machine the next run knows as much as of one that
            # is not: the message goes again.
            async with self._store.unit(lasting=bool(done)) as uow:
                await self._ledger.write(uow, await self._ours(uow, done))
                if ready:
                    await self._lease.check(uow)
                    ids = await uow.outbox.claim([row.id for row in ready], run=self._run)
                    claimed = [row for row in ready if row.id in ids]
        except Exception as error:
            if is_passing(error) or len(done) < 2:
                raise
            log.exception("delivery.record_failed", sends=len(done))
            await self._one_by_one(done)
            return []
        self._landed(done)
        if done and ready:
            # Their chats are free since this look.
            self._wake.set()
        return claimed

    async def _ours(self, uow: UnitOfWork, done: list[Done]) -> list[Done]:
        """What another replica took over meanwhile is its to record; that it went is remembered."""
        ids = await uow.outbox.still_sent_by(self._run, [item.row.id for item in done])
        for item in done:
            if item.row.id not in ids:
                await self._ledger.stands_too(uow, item)
        return [item for item in done if item.row.id in ids]

    async def _one_by_one(self, done: list[Done]) -> None:
        """One outcome that can't be recorded must not keep the others from it."""
        for item in done:
            try:
                async with self._store.unit() as uow:
                    await self._ledger.write(uow, [item])
            except Exception as error:
                if is_passing(error):
                    raise
                log.exception("delivery.unrecorded", notice=item.row.id, kind=item.row.kind)
                async with self._store.unit() as uow:
                    await self._ledger.give_up(uow, item.row, type(error).__name__)
            self._landed([item])

    def _landed(self, done: list[Done]) -> None:
        self._done = [item for item in self._done if item not in done]
        for item in done:
            self._flying.pop(chat_key(item.row), None)
            again = self._ledger.pauses.get(item.row.id)
            if again is not None and is_drawn(item.row) and item.row.anchor:
                # Media is what gets slowed: a picture keeps no words from their reader.
                self._set_aside[item.row.anchor] = again
