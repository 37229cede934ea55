"""The rows of the table: a module in `rows/` decorates one function, and that is all."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from tests.bench import rows
from tests.bench.figures import Figure

T = TypeVar("T")


@dataclass(frozen=True)
class Bench:
    """How much is measured, and where files may be put."""

    folder: Path
    scale: float = 1.0
    """1 for a figure that is worth writing down; less to see that a row works."""
    rounds: int = 3
    """How often floor and product take turns; the figure is the median of the ratios."""

    def of(self, full: int, *, least: int = 20) -> int:
        """So many of something, at this scale."""
        return max(least, round(full * self.scale))

    def room(self, name: str) -> Path:
        """A folder of its own, new."""
        found = self.folder / f"{name}-{len(list(self.folder.iterdir()))}"
        found.mkdir()
        return found


Measure = Callable[[Bench], Awaitable[Sequence[Figure]]]


@dataclass(frozen=True)
class Row:
    """One measurement. It may give several figures."""

    name: str
    order: int
    measure: Measure


ROWS: dict[str, Row] = {}


def row(name: str, *, order: int) -> Callable[[Measure], Measure]:
    """Register a measurement; `order` is its place in the table."""

    def register(measure: Measure) -> Measure:
        ROWS[name] = Row(name, order, measure)
        return measure

    return register


def all_rows() -> list[Row]:
    """Every row, in the order of the table."""
    for module in pkgutil.iter_modules(rows.__path__):
        importlib.import_module(f"{rows.__name__}.{module.name}")
    return sorted(ROWS.values(), key=lambda one: one.order)


async def in_turns(
    bench: Bench, floor: Callable[[], Awaitable[T]], product: Callable[[], Awaitable[T]]
) -> list[tuple[T, T]]:
    """Measure both, one after the other, `rounds` times: the machine's moods hit both alike."""
    return [(await floor(), await product()) for _ in range(bench.rounds)]
