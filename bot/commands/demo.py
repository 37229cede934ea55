"""`python -m bot demo`: a scripted day of the town against the local Bot API."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import signal
import sys
import tempfile
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import structlog
import typer

from bot.app import StartError
from bot.commands.run import fail
from bot.demo.cast import Cast
from bot.demo.day import START, perform, prepare
from bot.demo.house import house
from bot.demo.stage import Stage
from bot.demo.transcript import Transcript
from bot.i18n import CataloguesMissing
from bot.log import configure
from bot.town import house as town

T = TypeVar("T")
SCENARIOS = ("day",)


def demo(
    headless: Annotated[
        bool, typer.Option("--headless", help="Play the scenario, print the counts, exit.")
    ] = False,
    scenario: Annotated[
        str, typer.Option(help=f"What to play: {', '.join(SCENARIOS)}.")
    ] = SCENARIOS[0],
    seed: Annotated[
        int, typer.Option(help="Shuffles names, marks and who writes when; counts stay.")
    ] = 1,
    port: Annotated[
        int,
        typer.Option(min=1, max=65535, help="Port of the page; the next free one when taken."),
    ] = 8080,
) -> None:
    """Open the town in a browser, without a token or the internet.

    The address is printed; everything is forgotten after Ctrl-C. With --headless a scripted day is
    played instead: its transcript goes to stdout, the last line is one JSON object, and the exit
    code is 0 only when every step happened as scripted.
    """
    if scenario not in SCENARIOS:
        fail(f"there is no scenario «{scenario}»; there are: {', '.join(SCENARIOS)}")
    configure("console")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        sys.exit(asyncio.run(_play(seed) if headless else _open(port)))
    except (StartError, CataloguesMissing, OSError) as error:
        fail(f"can't start: {error}")


async def _play(seed: int) -> int:
    """Play the day without a page; the exit code says whether it went as scripted."""
    stop = signals()
    transcript = Transcript()
    async with house(START, None) as (sandbox, app, admins):
        stage = Stage(sandbox, app, transcript)
        counts = await _unless(stop, perform(prepare(stage, Cast(admins), seed)))
        for error in stage.errors:
            typer.echo(error, err=True)
    if counts is None:
        typer.echo("stopped before the day was over", err=True)
        return 1
    transcript.say(json.dumps(counts))
    return 1 if counts["errors"] else 0


async def _open(port: int) -> int:
    """Open the town in a browser and keep it up until a signal."""
    stop = signals()

    def opened(url: str) -> None:
        typer.echo(f"Город: {url}/ (Ctrl-C — закрыть). Люди занимают места…")

    with tempfile.TemporaryDirectory(prefix="otklik-town-") as folder:
        async with town.house(Path(folder), port, opened=opened):
            typer.echo("Все на местах.")
            await stop.wait()
    return 0


def signals() -> asyncio.Event:
    """Set by Ctrl-C or a polite kill."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    return stop


async def _unless(stop: asyncio.Event, work: Coroutine[Any, Any, T]) -> T | None:
    """What `work` returns, or None when `stop` came first."""
    task, stopped = asyncio.create_task(work), asyncio.create_task(stop.wait())
    await asyncio.wait((task, stopped), return_when=asyncio.FIRST_COMPLETED)
    if task.done():
        stopped.cancel()
        return task.result()
    task.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await task
    return None
