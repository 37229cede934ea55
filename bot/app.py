"""The composition root: settings → database → channels → dispatcher → delivery → jobs.

Read it top to bottom: everything is made here, once, and handed to whoever needs it.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import TypeVar
from urllib.parse import urlsplit

from aiogram import Bot
from aiogram.exceptions import TelegramAPIError, TelegramNotFound, TelegramUnauthorizedError
from aiohttp import web

from bot import directory
from bot.channels.telegram.client import mute, talking
from bot.channels.telegram.commands import suggest
from bot.channels.telegram.files import TelegramFiles
from bot.channels.telegram.inbound import CHANNEL, UPDATES
from bot.channels.telegram.outbound import TelegramChannel
from bot.clock import Clock, SystemClock, TownFollower
from bot.config import Settings
from bot.delivery.limits import Limits, Pacer
from bot.delivery.worker import EDIT_INTERVAL, Delivery
from bot.errors import StartError
from bot.fetching.worker import Fetcher
from bot.i18n import check_catalogues
from bot.leading import while_leading
from bot.log import log
from bot.models import Models
from bot.parts import Parts
from bot.reading import Reader
from bot.receive.polling import Polling
from bot.receive.worker import Worker
from bot.scheduler import Jobs
from bot.teaching.worker import Teacher
from bot.views.frame import Frame
from bot.wakes import Wakes
from bot.watch.channel import Timed
from bot.watch.counts import Counts
from bot.watch.database import time_statements
from bot.watch.watcher import Watcher
from bot.web.operations import pages
from bot.web.serving import serve
from bot.web.webhook import application
from handlers import dispatcher
from services.desk import Desk
from services.municipality import Municipality
from storage.arrivals import Arrivals
from storage.housekeeping import Kept, tidy
from storage.inbox import InboxQueue
from storage.leases import Lease
from storage.migrate import migrate
from storage.signals import listen
from storage.store import Store
from storage.unit import UnitOfWork

T = TypeVar("T")


class App:
    """One running hub."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.store = Store(settings.database_url)
        self.arrivals = Arrivals(self.store)
        self.inbox = InboxQueue(self.store)
        self.bot: Bot = talking(
            settings.bot_token, base_url=settings.bot_api_url, proxy=settings.proxy_url
        )
        self.clock: Clock = (
            TownFollower(settings.clock_url) if settings.clock_url else SystemClock()
        )
        self._run_id = secrets.token_hex(8)
        self._admins = frozenset((CHANNEL, admin) for admin in settings.admins)
        self.counts = Counts()
        mode = "polling" if settings.listen is None else "webhook"
        self.watcher = Watcher(self.store, self.clock, self.counts, mode=mode)
        self.parts = Parts(self.counts.failures.add)
        self._webhook: web.AppRunner | None = None
        self._pages: web.AppRunner | None = None

    # --- what use cases and renderers are given ---

    def desk(self, uow: UnitOfWork) -> Desk:
        """The working place of one transaction."""
        return Desk(
            uow,
            self.clock.now(),
            self.town,
            self._understand,
            self._understand.place_of,
            self._admins,
        )

    def frame(self, uow: UnitOfWork) -> Frame:
        """What renderers are given."""
        return Frame(uow, self.town, self._name, self.clock.now())

    # --- start and stop ---

    async def start(self) -> None:
        """Bring everything up. Raises StartError, NewerDatabase, AlreadyRunning, …"""
        check_catalogues()
        self.store.claim_file()
        if self.settings.ops_listen is not None:
            time_statements(self.store.engines, self.counts)
            self._pages = await serve(pages(self.watcher), self.settings.ops_listen)
        await migrate(self.store.engines)
        if isinstance(self.clock, TownFollower):
            await self.clock.start()
        self.town: Municipality = await directory.load(
            self.store, self.settings.municipality, now=self.clock.now()
        )
        models = Models(self.settings.models_dir)
        # Understood once, before the transaction (the worker warms it), then read from here.
        self._understand = await asyncio.to_thread(Reader, self.town, models)
        self._name = await self._who_am_i()
        self._compose()
        await self._call(lambda: suggest(self.bot))
        await self._receive()
        self.jobs.start()
        self.watcher.phase = "running"
        log.info("started", bot=self._name, town=self.town.name_en)

    def _compose(self) -> None:
        channel = TelegramChannel(self.bot, self._name)
        factor, groups = self.settings.rate_factor, self.settings.group_rate_factor
        # A little under the messenger's 30/s: two clocks never run alike.
        limits = Limits(29 * factor, factor, round(20 * factor * groups))
        self.delivery = Delivery(
            store=self.store,
            channels={CHANNEL: Timed(channel, CHANNEL, self.counts)},
            pacer=Pacer(limits),
            frame=self.frame,
            desk=self.desk,
            clock=self.clock.now,
            run=self._run_id,
            lease=(sending := Lease(self.store, "delivery", self._run_id)),
            edit_interval=EDIT_INTERVAL / factor,
            counts=self.counts,
        )
        self.worker = Worker(
            store=self.store,
            inbox=self.inbox,
            dispatcher=dispatcher(),
            bot=mute(self.settings.bot_token),
            desk=self.desk,
            toast=channel.toast,
            run=self._run_id,
            understand=self._understand,
            counts=self.counts,
        )
        self.fetcher = Fetcher(
            store=self.store,
            sources={CHANNEL: TelegramFiles(self.bot)},
            folder=self.settings.files_dir,
            desk=self.desk,
            haste=factor,
        )
        self.teacher = Teacher(self.store, Models(self.settings.models_dir), self.desk, factor)
        # Other replicas find out by themselves, within seconds.
        self.teacher.on_used = self._understand.refresh
        self.jobs = Jobs(
            store=self.store, desk=self.desk, on_commit=self.delivery.wake, counts=self.counts
        )
        wakes = Wakes(delivery=self.delivery, files=self.fetcher, models=self.teacher)
        self.store.on_commit = wakes.committed
        self.arrivals.on_stored = self.worker.wake
        self.store.on_spent = self.counts.transaction
        self.watcher.flying = lambda: self.delivery.flying
        if isinstance(self.clock, TownFollower):
            self.clock.on_change = self.delivery.wake
        self._lead(sending, self.delivery.run)
        self.parts.spawn(self.worker.run, "inbox")
        self._lead(Lease(self.store, "files", self._run_id), self.fetcher.run)
        self._lead(Lease(self.store, "models", self._run_id), self.teacher.run)
        if not self.store.engines.is_sqlite:
            address = self.store.engines.writer.url
            self.parts.spawn(lambda: listen(address, wakes.heard), "signals")
        self.parts.spawn(self._understand.follow, "reading")
        self.parts.spawn(self._housekeeping, "housekeeping")

    def _lead(self, lease: Lease, work: Callable[[], Awaitable[None]]) -> None:
        """Have it done by one replica at a time."""
        self.watcher.leases[lease.name] = lease
        self.parts.spawn(lambda: while_leading(lease, work, lease.name), lease.name)

    async def _receive(self) -> None:
        settings = self.settings
        if settings.listen is None:
            await self._call(lambda: self.bot.delete_webhook())
            self.polling = Polling(self.bot, self.arrivals, watcher=self.watcher)
            self._lead(Lease(self.store, "polling", self._run_id), self.polling.run)
            return
        assert settings.webhook_secret is not None
        assert settings.webhook_url is not None
        app = application(
            self.arrivals,
            path=urlsplit(settings.webhook_url).path or "/",
            bot_id=str(self.bot.id),
            secret=settings.webhook_secret,
            watcher=self.watcher,
        )
        self._webhook = await serve(app, settings.listen)
        await self._call(
            lambda: self.bot.set_webhook(
                url=str(settings.webhook_url),
                secret_token=settings.webhook_secret,
                allowed_updates=UPDATES,
            )
        )

    async def _who_am_i(self) -> str:
        me = await self._call(lambda: self.bot.get_me())
        return str(me.username)

    async def _call(self, call: Callable[[], Awaitable[T]]) -> T:
        """Call the API at the start: wait out a network that is not there yet."""
        pause = 0.5
        while True:
            try:
                return await call()
            except (TelegramUnauthorizedError, TelegramNotFound) as error:
                raise StartError(self._unknown_token()) from error
            except TelegramAPIError as error:
                log.warning("start.waiting", error=str(error), pause=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30)

    def _unknown_token(self) -> str:
        return f"{self.settings.bot_api_url} does not know this token (OTKLIK_BOT_TOKEN)"

    async def _housekeeping(self) -> None:
        """Empty processed payloads after 72 hours, forget their keys and jobs after 30 days."""
        while True:
            now = time.time()
            month_ago = self.clock.now() - timedelta(days=30)
            await tidy(self.store, Kept(now - 72 * 3600, now - 30 * 86400, month_ago))
            await asyncio.sleep(3600)

    async def run_until(self, stop: asyncio.Event) -> None:
        """Work until `stop` is set. Raises StartError when the token is refused."""
        try:
            await self.parts.run_until(stop)
        except TelegramUnauthorizedError as error:
            raise StartError(self._unknown_token()) from error

    async def stop(self) -> None:
        """Stop receiving, finish what is in flight, close the database."""
        self.watcher.phase = "stopping"
        self.parts.stopping()
        if hasattr(self, "jobs"):
            await self.jobs.stop()
        if self._webhook is not None:
            await self._webhook.cleanup()
        await self.parts.end()
        if isinstance(self.clock, TownFollower):
            await self.clock.stop()
        await self.bot.session.close()
        if self._pages is not None:
            await self._pages.cleanup()
        await self.store.close()
        log.info("stopped")

    # --- for those who drive it from the same process ---

    @property
    def follows(self) -> int:
        """The version of a town's time that we have heard of; -1: the system's time."""
        return self.clock.version if isinstance(self.clock, TownFollower) else -1

    async def has_heard(self) -> bool:
        """Everything that came in has been taken up."""
        return not self.worker.busy and not await self.inbox.count("new")

    async def next_burst(self) -> datetime | None:
        """When the next burst of somebody's messages is over; None while nobody is speaking."""
        async with self.store.reading() as uow:
            over = await uow.people.soonest_draft()
        asked = over is not None and over > self.clock.now() + self.town.speech.longest
        return None if asked else over

    async def is_settled(self) -> bool:
        """Nothing is left to do at this business moment."""
        now = self.clock.now()
        if self.jobs.settled_at != now:
            await self.jobs.beat()
        if not await self.has_heard() or self.delivery.busy:
            return False
        async with self.store.reading() as uow:
            if await uow.files.waiting() or self.fetcher.busy or await uow.teaching.waiting():
                return False
            return await uow.outbox.pending(now) == 0
