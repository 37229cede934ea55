"""The local Bot API as a server: its life, its address, its routes."""

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from aiohttp import web

from bot.sandbox.bodies import MAX_BODY
from bot.sandbox.bot_api import BotApi
from bot.sandbox.clock import TownClock
from bot.sandbox.journal import Journal
from bot.sandbox.pages import Pages
from bot.sandbox.rate import RateGate, RateLimits
from bot.sandbox.town import Town
from bot.sandbox.webhook import WebhookSender
from bot.sandbox.world import World


class Sandbox:
    """A Bot API for one bot on a port of this machine, with a town behind it."""

    def __init__(
        self,
        *,
        token: str = "42:TEST-otklik-sandbox",
        username: str = "otklik_demo_bot",
        limits: RateLimits | None = None,
        clock: TownClock | None = None,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self.token = token
        self.url = ""
        self.clock = clock or TownClock(datetime.now(UTC), running=True)
        bot = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Отклик",
            "username": username,
        }
        self._town = Town(bot, self.clock)
        self.journal = Journal(self._town.changed.fire)
        self.world = World(self._town, self.journal)
        self.pages = Pages(self.journal, self.clock)
        self._api = BotApi(
            token,
            self._town,
            self.journal,
            RateGate(RateLimits() if limits is None else limits, monotonic),
        )
        self._runner: web.AppRunner | None = None
        self._sender: asyncio.Task[None] | None = None

    async def start(
        self, host: str = "127.0.0.1", port: int = 0, *, pages: Iterable[web.RouteDef] = ()
    ) -> None:
        """Listen; `url` is the address afterwards. `pages` are served beside our own."""
        app = web.Application(client_max_size=MAX_BODY)
        app.add_routes(pages)
        app.add_routes(self.pages.routes())
        app.add_routes(self._api.routes())
        # The access log would print the token. A poll whose client has gone must end with it:
        # the next poll of a restarted bot is not a conflict.
        self._runner = web.AppRunner(
            app, access_log=None, shutdown_timeout=1, handler_cancellation=True
        )
        await self._runner.setup()
        site = web.TCPSite(self._runner, host, port)
        await site.start()
        address = self._runner.addresses[0]
        self.url = f"http://{host}:{address[1]}"
        self._sender = asyncio.create_task(WebhookSender(self._town.updates, self.clock.now).run())

    async def stop(self) -> None:
        """Stop listening; waiting requests end first."""
        self._town.updates.close()
        self.clock.moved.fire()
        if self._sender is not None:
            self._sender.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._sender
        if self._runner is not None:
            await self._runner.cleanup()
