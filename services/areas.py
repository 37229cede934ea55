"""Is a point inside an outline? Plane geometry: a municipality is small against the Earth."""

from __future__ import annotations

from collections.abc import Sequence

Corner = tuple[float, float]
"""Latitude and longitude, in degrees."""


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
