"""Where a point of the map lies: how far from another, inside the outline, nearest to what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import asin, cos, pi, radians, sin, sqrt

from services.model import Box, Corner
from services.municipality import Municipality, Settlement

EARTH = 6_371_009.0
"""Metres of the mean radius."""
DEGREE = EARTH * pi / 180
"""Metres of a degree of latitude."""
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


def metres(one: Corner, other: Corner) -> float:
    """The distance of two points along the ground (haversine), right for near and far ones."""
    south, north = radians(one[0]), radians(other[0])
    up, across = (north - south) / 2, radians(other[1] - one[1]) / 2
    chord = sin(up) ** 2 + cos(south) * cos(north) * sin(across) ** 2
    return 2 * EARTH * asin(min(1.0, sqrt(chord)))


def box(points: Sequence[Corner], within: float) -> Box:
    """Holds everything that is no further than `within` metres from one of the points.

    Not across a pole or the meridian of 180 degrees.
    """
    up = within / DEGREE * 1.001
    south, north = min(p[0] for p in points) - up, max(p[0] for p in points) + up
    # A degree of longitude is the shortest where it is the furthest from the equator.
    across = up / cos(radians(max(abs(south), abs(north))))
    return Box(south, north, min(p[1] for p in points) - across, max(p[1] for p in points) + across)


def near(town: Municipality, point: Corner) -> Near | None:
    """The nearest settlement of those whose middle is known; None for a point outside."""
    if not within(town.area, point):
        return None
    every = town.settlements.values()
    known = (Near(s, metres(s.point, point) / 1000) for s in every if s.point is not None)
    nearest = min(known, key=lambda found: found.km, default=None)
    return nearest if nearest is not None and nearest.km <= FARTHEST else None
