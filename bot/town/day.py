"""«Провести день»: the scripted day is played in the open town, for everybody to watch."""

from __future__ import annotations

import asyncio
import contextlib
import traceback
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.demo.stage import Stage
from bot.sandbox.clock import TownClock


@dataclass(frozen=True, slots=True)
class DaySeen:
    """What the strip shows of the day."""

    playing: bool
    over: bool
    possible: bool
    """The town's time has not gone past its beginning."""
    percent: int
    heading: str
    errors: int
    """Steps that did not happen as scripted, for instance since somebody stepped in."""


class DayPlay:
    """Plays it once; the town's time stands still between its steps."""

    def __init__(
        self, clock: TownClock, begin: datetime, end: datetime, changed: Callable[[], None]
    ) -> None:
        self._clock, self._begin, self._end, self._changed = clock, begin, end, changed
        self._stage: Stage | None = None
        self._play: Callable[[], Awaitable[None]] | None = None
        self._task: asyncio.Task[None] | None = None

    def ready(self, stage: Stage, play: Callable[[], Awaitable[None]]) -> None:
        """The people are at their places: the day can be played on this stage."""
        self._stage, self._play = stage, play

    def seen(self) -> DaySeen:
        """As it is now."""
        playing = self._task is not None and not self._task.done()
        over = self._task is not None and self._task.done()
        passed = (self._clock.now() - self._begin) / (self._end - self._begin)
        return DaySeen(
            playing=playing,
            over=over,
            possible=self._play is not None and self._task is None and passed < 0,
            percent=100 if over else max(0, min(99, round(passed * 100))),
            heading=self._stage.transcript.now if self._stage and playing else "",
            errors=len(self._stage.errors) if self._stage else 0,
        )

    def start(self) -> None:
        """Begin. Raises ValueError when it was played or the town's time has gone past it."""
        if not self.seen().possible:
            raise ValueError("the day can't be played any more")
        self._clock.run(0)
        self._task = asyncio.create_task(self._run(), name="day")

    async def _run(self) -> None:
        assert self._stage is not None
        assert self._play is not None
        try:
            await self._play()
        except Exception as error:
            place = traceback.extract_tb(error.__traceback__)[-1]
            self._stage.fail(f"сценарий прерван: {error!r} ({place.filename}:{place.lineno})")
        finally:
            self._clock.run(1)
            self._changed()

    async def stop(self) -> None:
        """End it where it is."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task
