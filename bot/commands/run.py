"""`python -m bot run`: the hub, until SIGTERM or SIGINT."""

from __future__ import annotations

import asyncio
import os
import signal

from bot.app import App
from bot.commands.plainly import fail, said_plainly
from bot.config import Settings, SettingsError, read
from bot.log import configure


def run() -> None:
    """Run the hub. Settings come from the environment (OTKLIK_…)."""
    try:
        settings = read(os.environ)
    except SettingsError as error:
        fail(str(error))
    configure(settings.log_format)
    with said_plainly():
        asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    stop, serving = asyncio.Event(), asyncio.current_task()
    app, loop = App(settings), asyncio.get_running_loop()

    def end() -> None:
        stop.set()
        if app.watcher.phase == "starting" and serving is not None:
            # It may wait for a network that is not there, or for another replica's migration.
            serving.cancel()

    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, end)
    try:
        await app.start()
        await app.run_until(stop)
    except asyncio.CancelledError:
        if not stop.is_set():
            raise
    finally:
        await app.stop()
