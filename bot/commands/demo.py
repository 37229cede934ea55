"""`python -m bot demo`: the town in a browser, or its scripted day as a transcript."""

from __future__ import annotations

import asyncio
import json
import logging
import sys
from typing import Annotated

import structlog
import typer

from bot.commands.opened import keep_open, until_signal
from bot.commands.plainly import fail
from bot.demo.cast import Cast
from bot.demo.day import START, perform, prepare
from bot.demo.house import house
from bot.demo.stage import Stage
from bot.demo.transcript import Transcript
from bot.errors import StartError
from bot.i18n import CataloguesMissing, _
from bot.log import configure

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
        if headless:
            code = asyncio.run(until_signal(_play(seed)))
            if code is None:
                typer.echo("stopped before the day was over", err=True)
            sys.exit(1 if code is None else code)
        asyncio.run(keep_open(port, _opened))
    except (StartError, CataloguesMissing, OSError) as error:
        fail(f"can't start: {error}")


async def _play(seed: int) -> int:
    """Play the day without a page; the exit code says whether it went as scripted."""
    transcript = Transcript()
    async with house(START) as (sandbox, app, admins):
        stage = Stage(sandbox, app, transcript)
        try:
            counts = await perform(prepare(stage, Cast(admins), seed))
        finally:
            for error in stage.errors:
                typer.echo(error, err=True)
    transcript.say(json.dumps(counts))
    return 1 if counts["errors"] else 0


def _opened(url: str) -> None:
    address = f"{url}/"
    typer.echo(_("Town: {address} (Ctrl-C closes it). People take their places…", address=address))
