"""`python -m bot check [--send]`: is everything ready, in a list; beside a running hub too."""

from __future__ import annotations

import asyncio
import os
import sys
from typing import Annotated

import typer
from aiogram import Bot

from bot import preflight
from bot.channels.telegram.client import talking
from bot.channels.telegram.outbound import TelegramChannel
from bot.clock import Clock, SystemClock, TownFollower
from bot.commands.plainly import fail, said_plainly
from bot.config import Settings, SettingsError, read
from bot.i18n import DEFAULT_LOCALE, check_catalogues, supported, use_locale
from bot.models import Models
from bot.views.findings import say
from services.findings import Finding, Level
from storage.store import Store

PATIENCE = 15.0
"""Seconds to wait for one answer of the messenger."""
_BLIND = {"token", "network"}
"""With one of these the messenger can't be asked anything more."""


def check(
    send: Annotated[
        bool, typer.Option("--send", help="Put a trial line into every bound chat.")
    ] = False,
    lang: Annotated[str, typer.Option(help="ru or en")] = DEFAULT_LOCALE,
) -> None:
    """Say what is not ready; exit 1 when something is broken, 0 when it only could be better."""
    try:
        settings = read(os.environ)
    except SettingsError as error:
        fail(str(error))
    with said_plainly(), use_locale(supported(lang)):
        check_catalogues()
        found = asyncio.run(_look(settings, send))
        for finding in sorted(found, key=lambda f: -f.level):
            typer.echo(say(finding))
    sys.exit(1 if any(f.level is Level.BROKEN for f in found) else 0)


async def _look(settings: Settings, send: bool) -> list[Finding]:
    bot = talking(settings.bot_token, base_url=settings.bot_api_url, proxy=settings.proxy_url)
    bot.session.timeout = PATIENCE
    store = Store(settings.database_url)
    clock: Clock = TownFollower(settings.clock_url) if settings.clock_url else SystemClock()
    try:
        found = await preflight.messenger(bot, settings)
        found.append(await asyncio.to_thread(preflight.model, Models(settings.models_dir)))
        lacking = await preflight.database(store)
        if lacking:
            return found + lacking
        if isinstance(clock, TownFollower):
            await clock.start()
        blind = any(f.code in _BLIND for f in found)
        return found + await _inside(settings, store, bot, clock, send=send, blind=blind)
    finally:
        if isinstance(clock, TownFollower):
            await clock.stop()
        await bot.session.close()
        await store.engines.close()


async def _inside(
    settings: Settings, store: Store, bot: Bot, clock: Clock, *, send: bool, blind: bool
) -> list[Finding]:
    channel = TelegramChannel(bot, name="")
    async with store.reading() as uow:
        chats = [] if blind else await uow.overview.chats()
    seen, found = await preflight.rights(channel, chats)
    found += await preflight.centre(store, settings, clock.now(), seen=seen)
    if send:
        found += await preflight.send(channel, chats)
    return found
