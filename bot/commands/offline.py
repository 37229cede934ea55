"""What the commands share that need no settings: files of texts, and the classifier asked for."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from bot.commands.plainly import fail
from bot.config import SettingsError, models_dir
from bot.i18n import CataloguesMissing, _, supported, use_locale
from bot.models import Models
from bot.tables import ColumnsMissing, Row, TableError

if TYPE_CHECKING:
    from collections.abc import Collection

    from services.understanding.guess import Classifier


@contextmanager
def spoken(lang: str) -> Iterator[None]:
    """Speak that language; a file that can't be read or written is one clear line and exit 2."""
    with use_locale(supported(lang)):
        try:
            yield
        except (OSError, CataloguesMissing) as error:
            fail(str(error))


@contextmanager
def reading(source: Path) -> Iterator[None]:
    """A file that is no table, or lacks a column, is one clear line and exit 2."""
    try:
        yield
    except ColumnsMissing as error:
        fail(_("{file}: no column {missing}", file=source, missing=", ".join(error.missing)))
    except TableError:
        fail(_("{file}: this is not a CSV file", file=source))


def pass_over(row: Row, columns: Collection[str]) -> None:
    """Name a row that has nothing in needed columns."""
    lacking = ", ".join(columns)
    told = _("Row {number}: nothing in {columns}", number=row.number, columns=lacking)
    typer.echo(told, err=True)


def models() -> Models:
    """The folder of models; exit 2 when its setting is wrong."""
    try:
        return Models(models_dir(os.environ))
    except SettingsError as error:
        fail(str(error))


def asked(model: str) -> Classifier:
    """The classifier that was asked for, by default the one in use; exit 2 when it is refused."""
    # NumPy and the dictionaries are paid for by those who classify.
    from bot.classifier import ModelRefused, classifier_of

    try:
        return classifier_of(model or models().in_use())
    except ModelRefused as error:
        fail(str(error))
