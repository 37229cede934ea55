"""`python -m bot demo`: a scripted day of the town against the local Bot API."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import signal
import sys
from collections.abc import Coroutine
from typing import Annotated, Any, TypeVar

import structlog
import typer

from bot.app import StartError
from bot.commands.run import fail
from bot.demo.day import START, perform, prepare
from bot.demo.house import house
from bot.demo.stage import Stage
from bot.demo.transcript import Transcript
from bot.i18n import CataloguesMissing
from bot.log import configure

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
        typer.Option(
            min=1, max=65535, help="Port of the journal page; the next free one when taken."
        ),
    ] = 8080,
) -> None:
    """Play a scripted day of the town, without a token or the internet.

    The transcript goes to stdout. With --headless the last line is one JSON object and the exit
    code is 0 only when every step happened as scripted; otherwise the sandbox stays up and the
    address of its journal is printed, until Ctrl-C.
    """
    if scenario not in SCENARIOS:
        fail(f"there is no scenario «{scenario}»; there are: {', '.join(SCENARIOS)}")
    configure("console")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        sys.exit(asyncio.run(_main(seed, None if headless else port)))
    except (StartError, CataloguesMissing, OSError) as error:
        fail(f"can't start: {error}")


async def _main(seed: int, port: int | None) -> int:
    """Play the day; with a port stay up afterwards. A signal ends either."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    transcript = Transcript()
    async with house(START, port) as (sandbox, app, admins):
        stage = Stage(sandbox, app, transcript)
        counts = await _unless(stop, perform(prepare(stage, admins, seed)))
        for error in stage.errors:
            typer.echo(error, err=True)
        if counts is None:
            typer.echo("stopped before the day was over", err=True)
            return 1
        if port is not None:
            transcript.say(json.dumps(counts))
            transcript.say(f"Журнал: {sandbox.url}/journal (Ctrl-C — остановить)")
            await app.run_until(stop)
    if port is None:
        transcript.say(json.dumps(counts))
    return 1 if counts["errors"] else 0


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
