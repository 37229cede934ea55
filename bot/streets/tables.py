"""Streets from a table: an extract of the register, or of OpenStreetMap, as CSV."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from bot.streets.rows import BadFileError, Found, Row, kind_of, named
from services.understanding.lemmas import plain

_SETTLEMENT = ("settlement", "населенный пункт", "нп", "город", "city", "place", "addr:city")
_STREET = ("street", "улица", "addr:street", "name:ru", "name", "наименование")
_KIND = ("type", "тип", "typename", "shortname", "тип улицы", "вид")
_KINDS_OF_PLACES = {"г", "город", "с", "село", "п", "пос", "поселок", "х", "хутор", "ст-ца"}
_DELIMITERS = ",;\t|"
_SAMPLE = 64 * 1024


def read_table(
    path: Path, settlements: Iterable[str], *, only: str | None, seen: Callable[[int], None]
) -> Found:
    """Every street of the table. `only`: the settlement of a table that has no such column.

    `seen` is told how many bytes have been read. Raises BadFileError.
    """
    known = {plain(name): name for name in settlements}
    found = Found()
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            rows = csv.reader(_counted(file, seen), delimiter=_delimiter(file.read(_SAMPLE)))
            file.seek(0)
            header = next(rows, [])
            columns = _columns([plain(cell).strip() for cell in header], only)
            for number, row in enumerate(rows, 2):
                if any(cell.strip() for cell in row):
                    _take(found, number, row, columns, known, only)
        except UnicodeDecodeError as error:
            raise BadFileError(f"{path}: expected UTF-8 text, got {error.reason}") from None
        except csv.Error as error:
            raise BadFileError(f"{path}: expected a table, got: {error}") from None
    return found


def _counted(lines: Iterable[str], seen: Callable[[int], None]) -> Iterator[str]:
    for line in lines:
        seen(len(line.encode()))
        yield line


def _delimiter(sample: str) -> str:
    first = sample.partition("\n")[0]
    return max(_DELIMITERS, key=first.count)


def _columns(header: list[str], only: str | None) -> tuple[int | None, int, int | None]:
    """Where settlement, street and kind stand. Raises BadFileError."""

    def first(names: tuple[str, ...]) -> int | None:
        return next((header.index(name) for name in names if name in header), None)

    settlement, street, kind = first(_SETTLEMENT), first(_STREET), first(_KIND)
    if street is None:
        expected = ", ".join(_STREET[:3])
        raise BadFileError(f"row 1: expected a column {expected}, got {', '.join(header)}")
    if settlement is None and only is None:
        expected = ", ".join(_SETTLEMENT[:4])
        raise BadFileError(
            f"row 1: expected a column {expected} (or --settlement NAME), got {', '.join(header)}"
        )
    return settlement, street, kind


def _take(
    found: Found,
    number: int,
    row: list[str],
    columns: tuple[int | None, int, int | None],
    known: dict[str, str],
    only: str | None,
) -> None:
    at_settlement, at_street, at_kind = columns
    needed = max(at_settlement or 0, at_street)
    if len(row) <= needed:
        found.bad.append((number, f"expected {needed + 1} columns, got {len(row)}"))
        return
    word = row[at_kind].strip() if at_kind is not None and at_kind < len(row) else ""
    kind = kind_of(word) if word else ""
    name, kind_in_name = named(row[at_street], kind)
    if not name:
        found.bad.append((number, "expected a street, got nothing"))
        return
    if kind is None and not kind_in_name:
        found.others += 1
        return
    said = row[at_settlement].strip() if at_settlement is not None else only or ""
    if not said:
        found.bad.append((number, "expected a settlement, got nothing"))
        return
    settlement = known.get(_bare(said))
    if settlement is None:
        found.strange[said] = found.strange.get(said, 0) + 1
        return
    found.rows.append(Row(settlement, name, kind_in_name))


def _bare(settlement: str) -> str:
    """«г. Геленджик», «Геленджик г» → «геленджик»."""
    words = plain(settlement).replace(".", " ").split()
    if len(words) > 1 and words[0] in _KINDS_OF_PLACES:
        words = words[1:]
    elif len(words) > 1 and words[-1] in _KINDS_OF_PLACES:
        words = words[:-1]
    return " ".join(words)
