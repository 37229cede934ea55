"""When what failed is tried again, and whose fault it was: the notice's, or an outage's.

An outage of the messenger makes no dead letters, however long it lasts: a try counts against a
notice only when others have got through since its last one.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

FIRST_PAUSE, LONGEST_PAUSE = 0.5, 60.0
"""Seconds between tries of what failed: doubled each time, with jitter."""
_DOUBLINGS = 10


@dataclass(frozen=True, slots=True)
class Again:
    """Another try is due."""

    pause: float
    """In so many seconds."""
    counts: bool
    """The failure counts against the notice."""


class Retries:
    """What failed in this run, by the id of the notice. Moments are the loop's seconds."""

    def __init__(self) -> None:
        self._failures: dict[int, tuple[int, float]] = {}
        """How often in a row, and when last."""
        self._through: dict[str, float] = {}
        """When something has last arrived, by channel."""

    def got_through(self, channel: str, now: float) -> None:
        """Something has arrived: the channel works."""
        self._through[channel] = now

    def failed(self, notice: int, channel: str, now: float) -> Again:
        """A try has failed by the network or the server; the first one counts in any case."""
        times, last = self._failures.get(notice, (0, float("-inf")))
        self._failures[notice] = (times + 1, now)
        pause = min(FIRST_PAUSE * 2 ** min(times, _DOUBLINGS), LONGEST_PAUSE)
        counts = not times or self._through.get(channel, float("-inf")) > last
        return Again(pause * random.uniform(0.7, 1.3), counts)

    def ended(self, notice: int) -> None:
        """It arrived, or nobody waits for it any more."""
        self._failures.pop(notice, None)
