"""Which reader a file of streets is for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from bot.streets.register import read_register
from bot.streets.rows import BadFileError, Found
from bot.streets.tables import read_table


def read(
    path: Path,
    settlements: Iterable[str],
    *,
    town: str,
    only: str | None = None,
    hierarchy: Path | None = None,
    seen: Callable[[int], None] = lambda size: None,
) -> Found:
    """Every street that the file has for these settlements. Raises BadFileError."""
    if not path.is_file():
        raise BadFileError(f"{path}: expected a file, got none")
    with path.open("rb") as file:
        head = file.read(256).lstrip(b"\xef\xbb\xbf \r\n\t")
    if not head:
        raise BadFileError(f"{path}: expected streets, got an empty file")
    names = list(settlements)
    if only is not None and only not in names:
        raise BadFileError(f"--settlement: expected one of {', '.join(names)}, got «{only}»")
    if head.startswith(b"<"):
        return read_register(path, names, town=town, hierarchy=hierarchy, seen=seen)
    return read_table(path, names, only=only, seen=seen)
