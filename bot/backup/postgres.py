"""PostgreSQL's own tools, pg_dump and pg_restore, found in a folder or on the PATH."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL

from bot.backup.errors import BackupError
from bot.backup.progress import Progress
from bot.i18n import _

LOOK = 0.5
"""Seconds between looks at how far a tool has come."""


@dataclass(frozen=True, slots=True)
class Tool:
    """A program, and PostgreSQL's major version that it belongs to."""

    path: str
    version: int


def find(name: str, folder: Path | None) -> Tool:
    """The tool, in `folder` or on the PATH. Raises BackupError."""
    path = shutil.which(name, path=None if folder is None else str(folder))
    if path is None:
        raise BackupError(
            _(
                "{name} is not found: install PostgreSQL's client programs, or name their folder"
                " in OTKLIK_PG_BIN.",
                name=name,
            )
        )
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    version = re.search(r"(\d+)", said.stdout)
    if said.returncode != 0 or version is None:
        raise BackupError(_("{path} does not work: {error}", path=path, error=_last(said.stderr)))
    return Tool(path, int(version[1]))


def need_at_least(tool: Tool, version: int, *, of: str) -> None:
    """The tool understands `of`. Raises BackupError."""
    if tool.version < version:
        raise BackupError(
            _(
                "{path} is of PostgreSQL {tool}, {of} is of {version}: it must not be older.",
                path=tool.path,
                tool=tool.version,
                of=of,
                version=version,
            )
        )


def dump(tool: Tool, url: URL, target: Path) -> None:
    """Write the database down as it is at this moment. Raises BackupError."""
    progress = Progress(_("Copying the database"))
    words = ["--format=custom", "--no-owner", "--no-privileges", f"--file={target}"]

    def tell() -> None:
        if target.exists():
            progress.at(target.stat().st_size)

    _run(tool, words, url, tell)


def restore(tool: Tool, url: URL, copy: Path) -> None:
    """Fill an empty database, whole or not at all. Raises BackupError."""
    progress = Progress(_("Filling the database, a copy of"))
    words = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    # Without a name it would write the statements out instead of doing them.
    words += [f"--dbname={url.database}", str(copy)]
    _run(tool, words, url, lambda: progress.at(copy.stat().st_size))


def check(tool: Tool, copy: Path) -> None:
    """The tool can read what was written. Raises BackupError."""
    said = subprocess.run(
        [tool.path, "--list", str(copy)], capture_output=True, text=True, check=False
    )
    if said.returncode != 0 or "TABLE DATA" not in said.stdout:
        raise BackupError(_("{path} is damaged: {error}", path=copy, error=_last(said.stderr)))


def _run(tool: Tool, words: list[str], url: URL, tell: Callable[[], None]) -> None:
    process = subprocess.Popen(
        [tool.path, "--no-password", *words],
        env=os.environ | environment(url),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        while True:
            try:
                _out, errors = process.communicate(timeout=LOOK)
                break
            except subprocess.TimeoutExpired:
                tell()
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    if process.returncode != 0:
        name = Path(tool.path).name
        raise BackupError(_("{name} failed: {error}", name=name, error=_last(errors)))


def environment(url: URL) -> dict[str, str]:
    """The address as the tools read it; a password must not stand in a list of processes."""

    def one(value: object) -> str | None:
        found = value[0] if isinstance(value, tuple | list) and value else value
        return None if found is None else str(found)

    given = {
        "PGHOST": url.host or one(url.query.get("host")),
        "PGPORT": one(url.port) or one(url.query.get("port")),
        "PGUSER": url.username or one(url.query.get("user")),
        "PGPASSWORD": one(url.password) or one(url.query.get("password")),
        "PGDATABASE": url.database,
        "PGSSLMODE": one(url.query.get("ssl")) or one(url.query.get("sslmode")),
        "LC_ALL": "C",
    }
    return {name: value for name, value in given.items() if value is not None}


def _last(errors: str) -> str:
    """The line that says why; the others say where."""
    lines = [line.strip() for line in errors.splitlines() if line.strip()]
    told = [line for line in lines if "error:" in line]
    return (told or lines or ["?"])[0]
