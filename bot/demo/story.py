"""Stories: what somebody does beside the great phases, told as one piece.

A story is a generator. It lets people act and yields: the conductor then waits until everything
that was asked of the bot has shown, and the story goes on. A moment that is yielded is an
appointment: the story goes on at that time of the town. All stories of one moment take their
steps together, so that the messenger's pace is waited out once.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

T = TypeVar("T")
Acting = Generator[datetime | None, None, T]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a story adds to the counts of the day when it goes as scripted."""

    appeals: int = 0
    answered: int = 0
    rated: int = 0
    reopened: int = 0
    reminders: int = 0
    escalations: int = 0
    digests: int = 0


@dataclass(eq=False, slots=True)
class Story:
    """One conversation of the day, with its place in the transcript."""

    waits: datetime | None
    """Its next appointment; the first is its beginning. None: it goes on at once."""
    title: str
    """Ends with the sections of conversations.md that it shows, in brackets."""
    acting: Acting[None]
    tally: Tally = field(default_factory=Tally)
    over: bool = False
    page: list[str] = field(default_factory=list)
    """Its lines that were not told yet: they stand together under one heading."""
    since: datetime | None = None
    """When the page began."""

    def is_ready(self, now: datetime) -> bool:
        """It may go on at this moment."""
        return not self.over and (self.waits is None or self.waits <= now)

    def go_on(self, now: datetime) -> None:
        """The next step; what isn't there ends the story and is the caller's to tell."""
        if not self.page:
            self.since = now
        self.over, self.waits = True, None
        try:
            self.waits = next(self.acting)
        except StopIteration:
            return
        self.over = False


def next_moment(stories: Iterable[Story]) -> datetime | None:
    """The soonest appointment."""
    return min((s.waits for s in stories if not s.over and s.waits is not None), default=None)
