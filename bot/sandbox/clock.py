"""Business time of the town: deadlines and dates of messages follow it, pacing never does."""

import time
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.sandbox.pulse import Pulse


class TownClock:
    """Stands still unless `running`; a test or a scenario moves it, only forwards.

    `speed`: how many of the town's seconds pass in one of ours while it runs.
    """

    def __init__(
        self,
        start: datetime,
        *,
        running: bool = False,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        _need_zone(start)
        self.running = running
        self.speed = 1.0
        self.version = 0
        self.moved = Pulse()
        self._monotonic = monotonic
        self._base = start
        self._since = monotonic()

    def now(self) -> datetime:
        """The moment in the town, with its zone."""
        if not self.running:
            return self._base
        return self._base + timedelta(seconds=(self._monotonic() - self._since) * self.speed)

    def set(self, moment: datetime) -> None:
        """Move to a moment; ValueError when it is in the past."""
        _need_zone(moment)
        if moment < self.now():
            raise ValueError(f"the town's time never goes backwards: {moment} < {self.now()}")
        # The town keeps its zone, whoever moves its time.
        self._base, self._since = moment.astimezone(self._base.tzinfo), self._monotonic()
        self.version += 1
        self.moved.fire()

    def advance(self, delta: timedelta) -> None:
        """Move forwards by a duration."""
        self.set(self.now() + delta)

    def run(self, speed: float) -> None:
        """Go on from this moment at another speed; 0 stands still. ValueError below that."""
        if speed < 0:
            raise ValueError(f"the town's time never goes backwards: {speed}")
        self._base, self._since = self.now(), self._monotonic()
        self.running = speed > 0
        self.speed = speed or 1.0
        self.version += 1
        self.moved.fire()

    def describe(self) -> dict[str, object]:
        """What `GET /clock` answers."""
        return {
            "now": self.now().isoformat(),
            "running": self.running,
            "speed": self.speed,
            "version": self.version,
        }


def _need_zone(moment: datetime) -> None:
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone")
