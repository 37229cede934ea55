"""Updates that pour in are stored first and worked on after: nobody waits for «we have it».

Storing and working share one processor and, on SQLite, one writer. While many come at once the
worker takes small slices, no faster than the messenger would let us answer anyway.
"""

from __future__ import annotations

TOGETHER = 10
"""So many updates in one transaction of storing: more than one at a time comes in."""
LASTS = 0.3
"""Seconds in which the next ones would be here."""
SLICE, PAUSE = 20, 0.5
"""What is worked on meanwhile: 40 updates a second, above the pace at which answers may go."""


class Inflow:
    """Whether updates pour in. Moments are seconds of a clock that only goes on."""

    def __init__(self) -> None:
        self._until = float("-inf")

    def note(self, now: float, together: int) -> None:
        """So many were stored in one transaction."""
        if together >= TOGETHER:
            self._until = now + LASTS

    def pours(self, now: float) -> bool:
        """More are likely to be on their way."""
        return now < self._until
