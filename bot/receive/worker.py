"""Applies the inbox: chats in parallel order, each chat's updates one after another.

What an update changed, the notices it wrote and its «processed» mark commit together; under load
many updates share one commit. If a batch fails it is replayed one by one, and the one that fails
alone is tried again later, then put aside with an alert: nobody waits behind it. An update that
kills the process is found the same way: what a run left behind is marked before it is applied
again, and goes alone once a marked batch has died.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.dispatcher.event.bases import UNHANDLED

from bot.channels.telegram import inbound
from bot.log import about, log
from bot.receive.ends import End, asked_about, told
from bot.receive.foresee import foresee
from bot.receive.inflow import LASTS, PAUSE, SLICE, Inflow
from bot.receive.scene import Scene, recognise
from bot.receive.units import units
from bot.views.toasts import Visit
from bot.watch.counts import Counts
from handlers.errors import answer as refuse
from services import notify, parked, presses
from services.desk import Desk
from services.errors import DomainError
from services.model import AppealId, Person
from services.notices import Kind
from storage.engine import is_passing
from storage.inbox import InboxQueue, InboxRow
from storage.store import Store
from storage.unit import UnitOfWork

BATCH = 100
"""Stored updates in one batch."""
PER_CHAT = 8
"""Updates of one chat in one batch."""
DELAYS = (1.0, 5.0, 25.0)
"""Seconds before another try of an update that failed."""
PASSING = 0.2
"""Seconds before another try of what the database could not do now."""


@dataclass(slots=True)
class Toast:
    """The answer to a press, sent once after the commit."""

    query_id: str
    answer: str | Visit | None


@dataclass(slots=True)
class Applied:
    """What a transaction has done, once it is committed."""

    toasts: list[Toast] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)


class Worker:
    """One per process."""

    def __init__(
        self,
        *,
        store: Store,
        inbox: InboxQueue,
        dispatcher: Dispatcher,
        bot: Bot,
        desk: Callable[[UnitOfWork], Desk],
        toast: Callable[[str, str | Visit | None], Awaitable[None]],
        run: str,
        understand: Callable[[str], object],
        counts: Counts,
    ) -> None:
        self._store = store
        self._inbox = inbox
        self._dispatcher = dispatcher
        self._bot = bot
        self._desk = desk
        self._toast = toast
        self._run = run
        self._understand = understand
        self._counts = counts
        self._wake = asyncio.Event()
        self._inflow = Inflow()
        self._since = 0.0
        """When this run began, in real seconds."""
        self._toasting: set[asyncio.Task[None]] = set()
        self.busy = False

    def wake(self, stored: int) -> None:
        """So many updates were stored at once."""
        self._inflow.note(time.monotonic(), stored)
        self._wake.set()

    async def run(self) -> None:
        """Apply what is stored until cancelled."""
        self._since = time.time()
        while True:
            self._wake.clear()
            self.busy = True
            worked = await self._round(await self._give_way())
            self.busy = False
            if not worked:
                await self._rest()

    async def _give_way(self) -> int:
        """Let a flood be stored first, for a while; how many updates may be applied now."""
        until = time.monotonic() + PAUSE
        while (now := time.monotonic()) < until:
            if not self._inflow.pours(now):
                return BATCH
            await asyncio.sleep(LASTS / 6)
        return SLICE

    async def _rest(self) -> None:
        ready = await self._inbox.next_ready()
        pause = 1.0 if ready is None else min(max(ready - time.time(), 0.02), 1.0)
        try:
            async with asyncio.timeout(pause):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _round(self, limit: int) -> bool:
        rows = await self._inbox.peek(now=time.time(), limit=limit, per_chat=PER_CHAT)
        if not rows:
            return False
        suspect = next((r for r in rows if r.attempts or r.run not in (None, self._run)), None)
        if suspect is not None:
            # What failed before goes alone, so that it spoils nobody's batch.
            await self._alone([r for r in rows if r.chat_key == suspect.chat_key])
            return True
        if any(row.received_at < self._since for row in rows):
            # The run before this one left them, and may have died of one.
            await self._inbox.mark([row.serial for row in rows], run=self._run)
        # Slow thinking happens before the write lock is taken; use cases find the result cached.
        await asyncio.to_thread(self._think, rows)
        try:
            applied = await self._transaction(rows)
        except Exception as error:
            if await self._passes(error):
                return True
            log.warning("inbox.batch_failed", error=type(error).__name__, updates=len(rows))
            for chat in dict.fromkeys(row.chat_key for row in rows):
                await self._alone([r for r in rows if r.chat_key == chat])
            return True
        self._after(applied)
        return True

    async def _passes(self, error: Exception) -> bool:
        """The database could not do it now (another replica's lock, a restart): nobody's fault."""
        if not is_passing(error):
            return False
        log.warning("inbox.waiting", error=type(error).__name__)
        await asyncio.sleep(PASSING)
        return True

    def _think(self, rows: list[InboxRow]) -> None:
        for row in rows:
            self._understand(inbound.words(row.payload))

    async def _alone(self, chat: list[InboxRow]) -> None:
        """Apply a chat's head by itself; count a failure against it."""
        head = units(chat)[0]
        with about(serial=head[0].serial, update=head[0].payload.get("update_id")):
            await self._tried(head)

    async def _tried(self, head: list[InboxRow]) -> None:
        if await self._inbox.mark_alone(head, run=self._run):
            await self._alert(head[0])
            return
        try:
            applied = await self._transaction(head)
        except Exception as error:
            if await self._passes(error):
                return
            serials = [row.serial for row in head]
            self._counts.updates.add(inbound.kind(head[0].payload), "failed")
            log.exception("inbox.update_failed")
            parked = await self._inbox.failed(
                serials, error=type(error).__name__, now=time.time(), delays=DELAYS
            )
            if parked:
                await self._alert(head[0])
            return
        self._after(applied)

    async def _alert(self, row: InboxRow) -> None:
        """Staff are told what was put aside, and who wrote it that it is kept."""
        serial, update = row.serial, row.payload
        log.error("inbox.parked")
        self._counts.updates.add(inbound.kind(update), "parked")
        async with self._store.unit() as uow:
            desk = self._desk(uow)
            await parked.announce(desk, serial=serial)
            if inbound.is_words(update) and inbound.is_private(update):
                await _own_up(desk, inbound.chat_id(update))

    async def _transaction(self, rows: list[InboxRow]) -> Applied:
        """Apply rows in one transaction; what came of it, when it is committed."""
        applied = Applied()
        async with self._store.unit() as uow:
            desk = self._desk(uow)
            rows = await self._inbox.take(uow, rows, now=time.time())
            await foresee(desk, [row.payload for row in rows])
            for unit in units(rows):
                # Most units need no statement: others of this process must not wait for them all.
                await asyncio.sleep(0)
                with about(serial=unit[0].serial, update=unit[0].payload.get("update_id")):
                    applied.ends.append(await self._apply(desk, unit, applied.toasts))
        return applied

    async def _apply(self, desk: Desk, unit: list[InboxRow], toasts: list[Toast]) -> End:
        """Apply a unit, and say how it ended; the answer to a press goes into `toasts`."""
        updates = [row.payload for row in unit]
        query = updates[0].get("callback_query")
        desk.uow.changed.clear()
        scene = await recognise(desk, updates, str(self._bot.id))
        if scene is None:
            hidden = inbound.names_nobody(updates[0])
            if hidden is not None:
                notify.reply_in_group(
                    desk,
                    channel=inbound.CHANNEL,
                    chat_id=inbound.chat_id(updates[0]),
                    kind=Kind.PLAIN,
                    text="anonymous",
                    values={},
                    reply_to=hidden,
                )
            return End(unit[0], "ignored")
        with about(appeal=asked_about(scene)):
            outcome, answer = await self._handle(scene, updates[0])
        if query is not None:
            toasts.append(Toast(str(query["id"]), answer))
        appeals = sorted(set(desk.uow.changed))
        return End(unit[0], outcome, scene.known.person.id, appeals, scene.refusals)

    async def _handle(self, scene: Scene, update: dict[str, Any]) -> tuple[str, str | Visit | None]:
        try:
            await _verify(scene)
        except DomainError as error:
            return "refused", await refuse(scene, error)
        result = await self._dispatcher.feed_raw_update(self._bot, update, scene=scene)
        outcome = "unhandled" if result is UNHANDLED else "applied"
        toast = result if isinstance(result, str | Visit) else None
        return "refused" if scene.refusals else outcome, toast

    def _after(self, applied: Applied) -> None:
        now = time.time()
        for end in applied.ends:
            row, kind = end.row, inbound.kind(end.row.payload)
            self._counts.updates.add(kind, end.outcome)
            self._counts.applied.see(max(now - row.received_at, 0.0))
            with about(serial=row.serial, update=row.payload.get("update_id")):
                log.info("update.applied", **told(end, kind))
        for toast in applied.toasts:
            task = asyncio.create_task(self._toast(toast.query_id, toast.answer))
            self._toasting.add(task)
            task.add_done_callback(self._toasting.discard)


async def _own_up(desk: Desk, chat: str) -> None:
    """«Что-то сломалось у нас, не у вас», once an hour: the stored update is still there."""
    account = await desk.uow.people.account(inbound.CHANNEL, chat)
    notify.plain(
        desk,
        await desk.uow.get(Person, account.person_id) if account else None,
        channel=inbound.CHANNEL,
        chat_id=chat,
        text="our_failure",
        key=f"our_failure:{inbound.CHANNEL}:{chat}:{desk.now:%Y%m%d%H}",
    )


async def _verify(scene: Scene) -> None:
    button = scene.button
    if button is None:
        return
    await presses.verify(
        scene.desk,
        presser=scene.known.person.id,
        posted=scene.posted,
        bound=scene.bound,
        chat=scene.chat,
        appeal_id=AppealId(button.id) if button.about_a_case else None,
    )
