"""`python -m bot train`: the town of `demo` with a training room for staff."""

from __future__ import annotations

import asyncio
import logging
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated

import structlog
import typer

from bot.commands.opened import keep_open
from bot.commands.plainly import fail
from bot.errors import StartError
from bot.i18n import DEFAULT_LOCALE, CataloguesMissing, _, use_locale
from bot.log import configure
from bot.municipality import parse_municipality, read_document
from bot.town.training.results import Results, ResultsDamaged
from services.languages import LOCALES


def train(
    port: Annotated[
        int,
        typer.Option(min=1, max=65535, help="Port of the page; the next free one when taken."),
    ] = 8080,
    results: Annotated[
        Path, typer.Option(help="Where results are kept, by first name.", dir_okay=False)
    ] = Path("var/training.json"),
    lang: Annotated[str, typer.Option(help=f"Language: {', '.join(LOCALES)}.")] = DEFAULT_LOCALE,
) -> None:
    """Open a training room for staff: six practice cases in a made-up town.

    The town is forgotten after Ctrl-C and counts in no score; results stay in a file.
    """
    if lang not in LOCALES:
        fail(f"there is no language «{lang}»; there are: {', '.join(LOCALES)}")
    configure("console")
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    try:
        name = parse_municipality(read_document(None), "default").name
        kept = Results(results, name, today=date.today)
        with use_locale(lang):
            asyncio.run(keep_open(port, partial(_opened, lang), results=kept))
    except ResultsDamaged as error:
        fail(f"{error}. Mend the file, or move it away to begin anew")
    except (StartError, CataloguesMissing, OSError) as error:
        fail(f"can't start: {error}")


def _opened(lang: str, url: str) -> None:
    address = f"{url}/train?lang={lang}"
    typer.echo(_("Training: {address} (Ctrl-C closes it)", address=address))
