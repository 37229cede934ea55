"""A town kept open from the command line: until a signal, whatever it is doing then."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import tempfile
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

import typer

from bot.i18n import _
from bot.town.house import house
from bot.town.training.results import Results

T = TypeVar("T")


async def keep_open(
    port: int, opened: Callable[[str], None], *, results: Results | None = None
) -> None:
    """Serve the town; `opened` is told its address before its people are at their places."""
    with tempfile.TemporaryDirectory(prefix="otklik-town-") as folder:
        await until_signal(_stay(Path(folder), port, opened, results))


async def _stay(
    folder: Path, port: int, opened: Callable[[str], None], results: Results | None
) -> None:
    async with house(folder, port, opened=opened, results=results):
        typer.echo(_("Everybody is in place."))
        await asyncio.Event().wait()


async def until_signal(work: Coroutine[Any, Any, T]) -> T | None:
    """What `work` returns, or None when Ctrl-C or a polite kill came first."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    task, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        stopped.cancel()
        return task.result()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    return None
