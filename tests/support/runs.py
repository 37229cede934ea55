"""`python -m bot run` as an operator starts it, against a sandbox of the test's process."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from bot.sandbox.clock import TownClock
from bot.sandbox.rate import RateLimits
from bot.sandbox.server import Sandbox
from tests.support.hub import TUESDAY


def environment(sandbox: Sandbox, folder: Path, **more: str) -> dict[str, str]:
    """The settings of a run: ours, without what the machine happens to have set."""
    clean = {k: v for k, v in os.environ.items() if not k.startswith("OTKLIK_")}
    return clean | {
        "OTKLIK_BOT_TOKEN": sandbox.token,
        "OTKLIK_BOT_API_URL": sandbox.url,
        "OTKLIK_DATABASE_URL": f"sqlite:///{folder}/hub.db",
        "OTKLIK_MODELS_DIR": f"{folder}/models",
        "OTKLIK_CLOCK_URL": f"{sandbox.url}/clock",
        "OTKLIK_RATE_FACTOR": "100",
        **more,
    }


@asynccontextmanager
async def town(moment: datetime = TUESDAY) -> AsyncIterator[Sandbox]:
    """A sandbox without limits at a moment."""
    sandbox = Sandbox(limits=RateLimits.off(), clock=TownClock(moment))
    await sandbox.start()
    try:
        yield sandbox
    finally:
        await sandbox.stop()


async def start(
    environment: dict[str, str], words: tuple[str, ...] = ("run",)
) -> asyncio.subprocess.Process:
    """Start a run, or another command; its errors and its log can be read from `stderr`."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        env=environment,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def stop(process: asyncio.subprocess.Process) -> str:
    """End a run as systemd would; returns what it had logged and nobody has read."""
    process.send_signal(signal.SIGTERM)
    async with asyncio.timeout(20):
        _, errors = await process.communicate()
    return errors.decode()


async def consent(sandbox: Sandbox, user: dict[str, Any]) -> None:
    """A citizen starts the bot and consents."""
    world = sandbox.world
    world.start(user)
    asked = await world.wait(lambda: world.find(user["id"], "Нужно ваше согласие"), 30)
    world.press(user, user["id"], asked["message_id"], "Даю согласие")
    await world.wait(lambda: world.find(user["id"], "Согласие получено"))


async def receipts(sandbox: Sandbox, user: dict[str, Any], wanted: int) -> None:
    """Let the town's time pass until so many receipts are there."""

    def found() -> int:
        return sum("Принято, №" in m["text"] for m in sandbox.world.messages(user["id"]))

    async with asyncio.timeout(30):
        while found() < wanted:
            sandbox.clock.advance(timedelta(seconds=1))
            await asyncio.sleep(0.1)
