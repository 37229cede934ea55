"""Applies the inbox: chats in parallel order, each chat's updates one after another.

What an update changed, the notices it wrote and its «processed» mark commit together; under load
many updates share one commit. If a batch fails it is replayed one by one, and the one that fails
alone is tried again later, then put aside with an alert: nobody waits behind it.
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
from bot.log import log
from bot.receive.scene import Scene, recognise
from bot.views.toasts import Visit
from handlers.errors import answer as refuse
from services import notify, presses
from services.desk import Desk
from services.errors import DomainError
from services.model import AppealId, Person, Purpose
from services.notices import Kind
from storage.inbox import InboxQueue, InboxRow
from storage.store import Store
from storage.unit import UnitOfWork

CHATS = 25
"""Chats in one batch."""
PER_CHAT = 8
"""Updates of one chat in one batch."""
DELAYS = (1.0, 5.0, 25.0)
"""Seconds before another try of an update that failed."""


@dataclass(slots=True)
class Toast:
    """The answer to a press, sent once after the commit."""

    query_id: str
    answer: str | Visit | None


@dataclass(slots=True)
class Applied:
    """What one transaction did."""

    serials: list[int] = field(default_factory=list)
    toasts: list[Toast] = field(default_factory=list)


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
    ) -> None:
        self._store = store
        self._inbox = inbox
        self._dispatcher = dispatcher
        self._bot = bot
        self._desk = desk
        self._toast = toast
        self._run = run
        self._understand = understand
        self._wake = asyncio.Event()
        self._toasting: set[asyncio.Task[None]] = set()
        self.busy = False

    def wake(self) -> None:
        """Something was stored."""
        self._wake.set()

    async def run(self) -> None:
        """Apply what is stored until cancelled."""
        await self._inbox.adopt(run=self._run)
        while True:
            self._wake.clear()
            self.busy = True
            worked = await self._round()
            self.busy = False
            if not worked:
                await self._rest()

    async def _rest(self) -> None:
        ready = await self._inbox.next_ready()
        pause = 1.0 if ready is None else min(max(ready - time.time(), 0.02), 1.0)
        try:
            async with asyncio.timeout(pause):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _round(self) -> bool:
        chats = await self._inbox.next_chats(now=time.time(), limit=CHATS)
        if not chats:
            return False
        async with self._store.reading() as uow:
            rows = [r for chat in chats for r in await self._peek(uow, chat)]
        suspects = [r for r in rows if r.attempts]
        if suspects:
            # What failed before goes alone, so that it spoils nobody's batch.
            await self._alone(suspects[0].chat_key)
            return True
        await self._inbox.mark([r.serial for r in rows], run=self._run)
        # Slow thinking happens before the write lock is taken; use cases find the result cached.
        await asyncio.to_thread(self._think, rows)
        try:
            applied = await self._transaction(chats, PER_CHAT)
        except Exception as error:
            log.warning("inbox.batch_failed", error=type(error).__name__, updates=len(rows))
            for chat in chats:
                await self._alone(chat)
            return True
        self._after(applied)
        return True

    def _think(self, rows: list[InboxRow]) -> None:
        for row in rows:
            message = row.payload.get("message") or {}
            self._understand(message.get("text") or message.get("caption") or "")

    async def _peek(self, uow: UnitOfWork, chat: str) -> list[InboxRow]:
        return await self._inbox.ready(uow, chat, now=time.time(), limit=PER_CHAT)

    async def _alone(self, chat: str) -> None:
        """Apply the chat's head by itself; count a failure against it."""
        async with self._store.reading() as uow:
            head = _units(await self._peek(uow, chat))[:1]
        if not head:
            return
        serials = [row.serial for row in head[0]]
        try:
            applied = await self._transaction([chat], 1)
        except Exception as error:
            log.exception("inbox.update_failed", serial=serials[0])
            parked = await self._inbox.failed(
                serials, error=type(error).__name__, now=time.time(), delays=DELAYS
            )
            if parked:
                await self._alert(head[0][0])
            return
        self._after(applied)

    async def _alert(self, row: InboxRow) -> None:
        """Staff are told what was put aside, and who wrote it that it is kept."""
        serial, update = row.serial, row.payload
        log.error("inbox.parked", serial=serial)
        async with self._store.unit() as uow:
            desk = self._desk(uow)
            chat = await uow.people.chat_for(Purpose.TRIAGE)
            await notify.in_chat(desk, chat, Kind.PARKED, key=f"parked:{serial}", serial=serial)
            if inbound.is_words(update) and inbound.is_private(update):
                await _own_up(desk, inbound.chat_id(update))

    async def _transaction(self, chats: list[str], per_chat: int) -> Applied:
        """Apply the heads of these chats in one transaction; `per_chat` 1 means one unit."""
        applied = Applied()
        async with self._store.unit() as uow:
            desk = self._desk(uow)
            for chat in chats:
                rows = await self._inbox.claim(uow, chat, now=time.time(), limit=PER_CHAT)
                for unit in _units(rows)[:per_chat]:
                    applied.toasts += await self._apply(desk, unit)
                    applied.serials += [row.serial for row in unit]
            await self._inbox.done(uow, applied.serials, now=time.time())
        return applied

    async def _apply(self, desk: Desk, unit: list[InboxRow]) -> list[Toast]:
        updates = [row.payload for row in unit]
        query = updates[0].get("callback_query")
        log_ids = {"update": updates[0].get("update_id"), "serial": unit[0].serial}
        scene = await recognise(desk, updates)
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
            return []
        answer = await self._handle(scene, updates[0], log_ids)
        return [Toast(str(query["id"]), answer)] if query is not None else []

    async def _handle(
        self, scene: Scene, update: dict[str, Any], log_ids: dict[str, Any]
    ) -> str | Visit | None:
        try:
            await _verify(scene)
        except DomainError as error:
            log.info("press.refused", code=error.code, **log_ids)
            return await refuse(scene, error)
        result = await self._dispatcher.feed_raw_update(self._bot, update, scene=scene)
        log.info("update.applied", handled=result is not UNHANDLED, **log_ids)
        return result if isinstance(result, str | Visit) else None

    def _after(self, applied: Applied) -> None:
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


def _units(rows: list[InboxRow]) -> list[list[InboxRow]]:
    """Rows of one chat as units: an album's items together, everything else alone."""
    units: list[list[InboxRow]] = []
    albums: dict[str, list[InboxRow]] = {}
    for row in rows:
        if row.group_key is None:
            units.append([row])
        elif row.group_key in albums:
            albums[row.group_key].append(row)
        else:
            albums[row.group_key] = [row]
            units.append(albums[row.group_key])
    return units
