"""`backup PATH` and `restore PATH`: the whole state in a folder, and back."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from bot.backup.folder import Slip
from bot.backup.making import make
from bot.backup.models import number
from bot.backup.restoring import restore as bring_back
from bot.commands.plainly import fail, said_plainly
from bot.config import Kept, SettingsError, kept
from bot.i18n import DEFAULT_LOCALE, _, check_catalogues, ngettext, supported, use_locale

_Lang = Annotated[str, typer.Option(help="ru or en")]


def backup(
    path: Annotated[Path, typer.Argument(help="The folder to make; it must not be there yet.")],
    files: Annotated[
        bool, typer.Option(help="Copy what people have sent, too, or the database alone.")
    ] = True,
    lang: _Lang = DEFAULT_LOCALE,
) -> None:
    """Copy the database, files and models into the folder PATH, beside a running hub."""
    where = _kept()
    with _work(lang):
        sent = where.files_dir if files else None
        slip = make(where.database_url, sent, where.models_dir, path, where.pg_bin)
        typer.echo(_("The copy is whole: {path}", path=path))
        _tell(slip)
        typer.echo(_("It holds personal data: keep it encrypted, and no longer than needed."))


def restore(
    path: Annotated[Path, typer.Argument(help="A folder that `backup` has made.")],
    lang: _Lang = DEFAULT_LOCALE,
) -> None:
    """Bring a copy back into an empty database, while no hub runs."""
    where = _kept()
    with _work(lang):
        slip = bring_back(where.database_url, where.files_dir, where.models_dir, path, where.pg_bin)
        typer.echo(_("Restored from {path}", path=path))
        _tell(slip)
        typer.echo(_("Repeat the erasures made since the copy, then start and run `check`."))


def _tell(slip: Slip) -> None:
    typer.echo(
        _("Made at {moment}, tables {revision}", moment=slip.made_at, revision=slip.revision)
    )
    cases = ngettext("{n} case", "{n} cases", slip.appeals)
    if slip.files is None:
        typer.echo(_("{cases}, without files", cases=cases))
    else:
        files = ngettext("{n} file", "{n} files", slip.files)
        typer.echo(f"{cases}, {files}")
    if slip.models:
        n = number(slip.models)
        typer.echo(ngettext("{n} model of the classifier", "{n} models of the classifier", n))


def _kept() -> Kept:
    try:
        return kept(os.environ)
    except SettingsError as error:
        fail(str(error))


@contextmanager
def _work(lang: str) -> Iterator[None]:
    # A polite kill is an interrupt: what is half made is taken away on the way out.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with said_plainly(), use_locale(supported(lang)):
        check_catalogues()
        yield
