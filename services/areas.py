"""Where a point of the map lies: inside the outline, and which settlement is the nearest.

Plane geometry: a municipality is small against the Earth.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, hypot, radians

from services.municipality import Municipality, Settlement

Corner = tuple[float, float]
"""Latitude and longitude, in degrees."""
DEGREE = 111.2
"""Kilometres of a degree of latitude."""
FARTHEST = 15.0
"""Kilometres from the middle of a settlement up to which a point is of its territory."""


@dataclass(frozen=True, slots=True)
class Near:
    """The settlement whose middle is the nearest, and how far that is."""

    settlement: Settlement
    km: float


def within(outline: Sequence[Corner], point: Corner) -> bool:
    """Whether the point is inside: a ray from it to the east crosses the outline an odd number of
    times. An outline that is not known (empty) holds everything.
    """
    if not outline:
        return True
    inside = False
    for one, other in zip(outline, (*outline[1:], outline[0]), strict=True):
        if (one[0] > point[0]) != (other[0] > point[0]):
            share = (point[0] - one[0]) / (other[0] - one[0])
            inside ^= point[1] < one[1] + share * (other[1] - one[1])
    return inside


def kilometres(one: Corner, other: Corner) -> float:
    """The distance of two points that are not far from each other."""
    east = (one[1] - other[1]) * cos(radians((one[0] + other[0]) / 2))
    return DEGREE * hypot(one[0] - other[0], east)


def near(town: Municipality, point: Corner) -> Near | None:
    """The nearest settlement of those whose middle is known; None for a point outside."""
    if not within(town.area, point):
        return None
    every = town.settlements.values()
    known = (Near(s, kilometres(s.point, point)) for s in every if s.point is not None)
    nearest = min(known, key=lambda found: found.km, default=None)
    return nearest if nearest is not None and nearest.km <= FARTHEST else None
