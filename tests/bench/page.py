"""docs/performance.md: the table is written by the machine, what it means by a person."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from tests.bench.figures import HEAD, Figure, cells
from tests.bench.machine import described

PAGE = Path(__file__).resolve().parents[2] / "docs/performance.md"
BEGIN, END = "<!-- figures: make bench ARGS=--write -->", "<!-- end of figures -->"
COLUMNS = ("row", *HEAD, "seen")


def write(found: Mapping[str, Sequence[Figure]], today: date, page: Path = PAGE) -> None:
    """Put new figures between the marks; rows that were not measured now stay as they were."""
    text = page.read_text(encoding="utf-8")
    before, _, rest = text.partition(BEGIN)
    old, _, after = rest.partition(END)
    kept = [line for line in old.splitlines() if _row_of(line) not in {None, "row", *found}]
    new = {name: [_line(name, one, today) for one in figures] for name, figures in found.items()}
    for line in kept:
        new.setdefault(str(_row_of(line)), []).append(line)
    from tests.bench.registry import all_rows

    lines = [line for row in all_rows() for line in new.get(row.name, [])]
    table = [_joined(COLUMNS), _joined(["---"] * len(COLUMNS)), *lines]
    middle = "\n".join([BEGIN, "", *table, "", f"Last run on: {described()}.", "", END])
    page.write_text(before + middle + after, encoding="utf-8")


def _line(name: str, figure: Figure, today: date) -> str:
    return _joined([name, *cells(figure), today.isoformat()])


def _joined(words: Sequence[str]) -> str:
    return f"| {' | '.join(words)} |"


def _row_of(line: str) -> str | None:
    if not line.startswith("| "):
        return None
    return line[2:].partition(" | ")[0]
