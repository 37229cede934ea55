"""SQLite's online backup: one consistent moment, while a hub goes on writing."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from bot.backup.errors import BackupError
from bot.backup.folder import flush
from bot.backup.progress import Progress
from bot.i18n import _

PAGES = 2048
"""Copied between two looks at how far it has come."""


def copy(source: Path, target: Path) -> None:
    """Copy a database; the copy is one file without a log beside it. Raises BackupError."""
    progress = Progress(_("Copying the database"))
    with closing(_open(source)) as from_, closing(sqlite3.connect(target)) as to:
        target.chmod(0o600)
        # An open look at the database: writers go on, and what they write does not make the copy
        # begin again.
        from_.isolation_level = None
        from_.execute("BEGIN")
        page, _length = (from_.execute(f"PRAGMA {p}").fetchone()[0] for p in _SIZES)

        def tell(_status: int, left: int, whole: int) -> None:
            progress.at((whole - left) * page, whole * page)

        from_.execute("SELECT count(*) FROM sqlite_schema").fetchone()
        from_.backup(to, pages=PAGES, progress=tell)
        to.execute("PRAGMA journal_mode=DELETE")
    check(target)


_SIZES = ("page_size", "page_count")


def length(source: Path) -> int:
    """How many bytes a copy will take."""
    with closing(_open(source)) as connection:
        page, number = (connection.execute(f"PRAGMA {p}").fetchone()[0] for p in _SIZES)
    return int(page) * int(number)


def check(path: Path) -> None:
    """Everything in the file is as it should be. Raises BackupError."""
    with closing(_open(path)) as connection:
        found = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if found != "ok":
        raise BackupError(_("{path} is damaged: {error}", path=path, error=found))


def put(copy_: Path, target: Path) -> None:
    """A copy becomes the database at `target`, at once and whole. Raises BackupError."""
    for log in (Path(f"{target}-wal"), Path(f"{target}-shm")):
        if log.exists() and log.stat().st_size:
            raise BackupError(_("{path} is left of another database: put it away first.", path=log))
        log.unlink(missing_ok=True)
    part = target.with_name(f".{target.name}.part")
    try:
        part.unlink(missing_ok=True)
        copy(copy_, part)
        flush(part)
        os.replace(part, target)
        flush(target.absolute().parent)
    finally:
        part.unlink(missing_ok=True)


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True, timeout=30)
