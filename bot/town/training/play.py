"""One lesson of one learner on its way: who plays with him, which case, how it stands."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.demo.cast import Cast
from bot.sandbox.rooms import Chat, User
from bot.town.beside import Beside
from bot.town.training import facts
from bot.town.training.actors import Actors
from services.calendar import local_day
from services.training import Facts, Lesson, Verdict, judge

BREATH = 1.5
"""Real seconds before an actor acts: a learner sees one thing after another."""
_GLANCE = 1.0


class Stage(StrEnum):
    """Where a lesson is."""

    OPENING = "opening"
    """The actors are setting the scene."""
    GOING = "going"
    OVER = "over"
    FAILED = "failed"
    """The scene did not come together: to be tried again."""


@dataclass(slots=True)
class Play:
    """What the script of a lesson works with, and what the coach shows."""

    lesson: Lesson
    learner: User
    actors: Actors
    beside: Beside
    cast: Cast
    block: str
    streets: Callable[[], str]
    """A street that no report of this town has named yet."""
    ended: Callable[[Play], None]
    stage: Stage = Stage.OPENING
    numbers: list[int] = field(default_factory=list)
    right: frozenset[str] = frozenset()
    facts: Facts | None = None
    verdict: Verdict | None = None
    trouble: str = ""

    @property
    def chat(self) -> Chat:
        """Where the learner works."""
        return self.cast.chats[self.block]

    @property
    def number(self) -> int | None:
        """The case of the lesson: of several, the first."""
        return self.numbers[0] if self.numbers else None

    @property
    def today(self) -> date:
        """The town's day."""
        return local_day(self.beside.town.calendar, self.now)

    @property
    def now(self) -> datetime:
        """The town's moment."""
        return self.actors.clock.now()

    def go(self) -> None:
        """The scene is set: it is the learner's turn."""
        self.stage = Stage.GOING
        self.changed()

    def changed(self) -> None:
        """Let every window see it."""
        self.actors.world.town.changed.fire()

    async def look(self) -> Facts:
        """Read how the case stands and judge it; when it ends, it ends once."""
        found = await facts.read(
            self.beside, self.learner, self.numbers, right=self.right, now=self.now
        )
        verdict = judge(self.lesson, found)
        if self.stage is not Stage.GOING:
            return found
        before, self.facts = self.facts, found
        news = verdict != self.verdict or before is None or before.elsewhere != found.elsewhere
        self.verdict = verdict
        if verdict.over:
            self.stage = Stage.OVER
            self.ended(self)
        if news:
            self.changed()
        return found

    async def until(self, done: Callable[[Facts], bool]) -> Facts:
        """Wait for the learner to do something."""
        while not done(found := await self.look()):
            await self.actors.world.town.changed.wait(_GLANCE)
            await asyncio.sleep(_GLANCE / 4)
        return found

    async def breathe(self) -> None:
        """A moment between two acts."""
        await asyncio.sleep(BREATH)
