"""Points of the map."""

from __future__ import annotations

from dataclasses import dataclass

Corner = tuple[float, float]
"""Latitude and longitude, in degrees."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle of the map in degrees: what an index can look through."""

    south: float
    north: float
    west: float
    east: float

    def holds(self, point: Corner) -> bool:
        """The point is inside or on the edge."""
        return self.south <= point[0] <= self.north and self.west <= point[1] <= self.east
