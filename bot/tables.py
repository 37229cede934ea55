"""CSV files that people make: any usual separator, UTF-8 or Windows-1251, rows with mistakes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

FIELD_LIMIT = 1_000_000
FIRST_ROW = 2
"""What a spreadsheet calls the row under the header."""


class TableError(ValueError):
    """The file as a whole can't be read; the text says why."""


class ColumnsMissing(TableError):
    """Some columns are not there."""

    def __init__(self, missing: list[str], found: list[str]) -> None:
        super().__init__(", ".join(missing))
        self.missing, self.found = missing, found


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number as a spreadsheet shows it. `bad`: the columns that are empty."""

    number: int
    values: dict[str, str]
    bad: tuple[str, ...] = ()


def read_rows(path: Path, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a file. Raises OSError, TableError, ColumnsMissing at once."""
    lines = _text_of(path).splitlines(keepends=True)
    reader = csv.reader(lines, delimiter=_separator(lines[0] if lines else ""))
    csv.field_size_limit(FIELD_LIMIT)
    header = [name.strip().casefold() for name in next(reader, [])]
    missing = [name for name in columns if name not in header]
    if missing:
        raise ColumnsMissing(missing, header)
    return _rows(reader, {name: header.index(name) for name in columns})


def _rows(reader: Iterator[list[str]], where: dict[str, int]) -> Iterator[Row]:
    number = FIRST_ROW - 1
    while True:
        number += 1
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield Row(number, {}, tuple(where))
            continue
        if not any(cell.strip() for cell in cells):
            continue
        values = {n: cells[i].strip() if i < len(cells) else "" for n, i in where.items()}
        yield Row(number, values, tuple(n for n, value in values.items() if not value))


def _text_of(path: Path) -> str:
    data = path.read_bytes()
    if b"\0" in data:
        raise TableError("NUL")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # What a Russian spreadsheet saves as «CSV».
        return data.decode("cp1251", errors="replace")


def _separator(header: str) -> str:
    return max(",;\t", key=header.count)
