"""Figures and the table they are shown in."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Target:
    """What a ratio should be."""

    value: float
    at_least: bool

    def met(self, ratio: float) -> bool:
        """The ratio is as wanted, as it is printed."""
        shown = round(ratio, 2)
        return shown >= self.value if self.at_least else shown <= self.value

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.value:g}"


def at_least(value: float) -> Target:
    """More is better."""
    return Target(value, at_least=True)


def at_most(value: float) -> Target:
    """Less is better."""
    return Target(value, at_least=False)


@dataclass(frozen=True)
class Figure:
    """One line of the table. A figure without a target is only reported."""

    what: str
    floor: str
    product: str
    ratio: float
    target: Target | None = None
    broken: str = ""
    """What else was promised and not kept; then the target isn't met whatever the ratio."""

    @property
    def met(self) -> bool | None:
        """None when nothing was promised."""
        if self.broken:
            return False
        return None if self.target is None else self.target.met(self.ratio)


def of_rounds(
    what: str,
    rounds: Sequence[tuple[float, float]],
    show: Callable[[float], str],
    target: Target | None = None,
    *,
    broken: str = "",
) -> Figure:
    """A figure of several (floor, product): the medians, and the median of the ratios."""
    floors, products = zip(*rounds, strict=True)
    ratio = median(product / floor for floor, product in rounds)
    return Figure(what, show(median(floors)), show(median(products)), ratio, target, broken)


HEAD = ("what", "floor", "product", "ratio", "target", "met")


def cells(figure: Figure) -> tuple[str, ...]:
    """A figure as text, in the order of HEAD."""
    met = {True: "yes", False: "no", None: "—"}[figure.met]
    return (
        figure.what,
        figure.floor,
        figure.product,
        f"{figure.ratio:.2f}",
        str(figure.target or "—"),
        met + (f": {figure.broken}" if figure.broken else ""),
    )


def plain(figures: Sequence[Figure]) -> str:
    """The table for a terminal."""
    lines = [HEAD, *map(cells, figures)]
    widths = [max(len(line[i]) for line in lines) for i in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )
