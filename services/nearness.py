"""Which reports are at one place: they share its name, or their points are close. Pure rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Protocol, TypeVar

from services.areas import DEGREE, metres
from services.model import Corner

NEAR = 300.0
"""Metres between reports of one day that are one problem (domain.md §3)."""
NEAR_IN_A_WEEK = 500.0
"""The same for reports of a week."""


class Located(Protocol):
    """Whatever has a place."""

    @property
    def id(self) -> int: ...
    @property
    def place_key(self) -> str | None: ...
    @property
    def latitude(self) -> float | None: ...
    @property
    def longitude(self) -> float | None: ...


L = TypeVar("L", bound=Located)


def point_of(report: Located) -> Corner | None:
    """The point that its author sent.

    The middle of a settlement, all that the map knows of a name, is no point: it is as far from the
    houses as they are from each other.
    """
    if report.latitude is None or report.longitude is None:
        return None
    return report.latitude, report.longitude


def one_place(one: Located, other: Located, within: float) -> bool:
    """They share a named place, or their points are at most `within` metres apart."""
    if one.place_key is not None and one.place_key == other.place_key:
        return True
    here, there = point_of(one), point_of(other)
    return here is not None and there is not None and metres(here, there) <= within


def surroundings(reports: Collection[L], within: float) -> dict[int, list[L]]:
    """By number of each report: all that are at one place with it, itself the first."""
    found: dict[int, dict[int, L]] = {report.id: {report.id: report} for report in reports}
    named: dict[str, list[L]] = {}
    for report in reports:
        if report.place_key is not None:
            named.setdefault(report.place_key, []).append(report)
    for same in named.values():
        for report in same:
            found[report.id].update((other.id, other) for other in same)
    for one, other in _close(reports, within):
        found[one.id][other.id] = other
        found[other.id][one.id] = one
    return {number: [*others.values()] for number, others in found.items()}


def _close(reports: Collection[L], within: float) -> Iterator[tuple[L, L]]:
    """Pairs of points that are close; only those of about one latitude are measured."""
    placed = [(point, report) for report in reports if (point := point_of(report)) is not None]
    placed.sort(key=lambda pair: pair[0][0])
    band = within / DEGREE * 1.001
    first = 0
    for n, (there, other) in enumerate(placed):
        while placed[first][0][0] < there[0] - band:
            first += 1
        for here, one in placed[first:n]:
            if metres(here, there) <= within:
                yield one, other


def fullest(
    reports: Collection[L], new: Located, within: float, weigh: Callable[[Sequence[L]], int]
) -> tuple[L, list[L]]:
    """The report that most are at one place with, `new` among them, and all of those.

    In whatever order the reports came, it is the same. `reports` hold `new`.
    """
    around = surroundings(reports, within)
    centre = max(around[new.id], key=lambda report: (weigh(around[report.id]), *_rank(report)))
    return centre, around[centre.id]


def gatherings(
    reports: Collection[L], within: float, weigh: Callable[[Sequence[L]], int], *, enough: int
) -> Iterator[tuple[L, list[L]]]:
    """Places with `enough` reports, the fullest first, each report at one of them: its middle and
    those around it. None weighs more than one for each.
    """
    around = surroundings(reports, within)
    left = {report.id: report for report in reports}
    while True:
        full = {
            number: here
            for number in left
            if len(here := [r for r in around[number] if r.id in left]) >= enough
        }
        best = _heaviest(full, left, weigh)
        if best is None or weigh(full[best]) < enough:
            return
        yield left[best], full[best]
        for report in full[best]:
            del left[report.id]


def _heaviest(
    full: dict[int, list[L]], left: dict[int, L], weigh: Callable[[Sequence[L]], int]
) -> int | None:
    """Whose surroundings weigh most; those that can't any more are not weighed."""
    most: tuple[int, bool, int] | None = None
    best = None
    for number in sorted(full, key=lambda n: (len(full[n]), *_rank(left[n])), reverse=True):
        if most is not None and len(full[number]) <= most[0]:
            break
        weight = (weigh(full[number]), *_rank(left[number]))
        if most is None or weight > most:
            most, best = weight, number
    return best


def _rank(report: Located) -> tuple[bool, int]:
    """Of two as good the one with a point, then the older: others can be near to it."""
    return point_of(report) is not None, -report.id
