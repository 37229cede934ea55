"""What the day holds: which case plays which part, and the marks that will be given."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from bot.demo.cast import Case, Cast, Casting
from bot.demo.sight import Person
from bot.demo.stage import Stage
from bot.demo.story import Tally
from bot.demo.transcript import ZONE
from services.municipality import Municipality

RACE = "roof"
RETURNED = "garbage_pickup"
ASKED = "bus_driver"
NOTED = "no_heating"
PARTLY = "playground"
REOPENED = "street_light"
LATE = "reception"
PHOTO = "dump"
BARE = "pothole"
CRITICAL = "traffic_light"
PARTS = (RACE, RETURNED, ASKED, NOTED, PARTLY, REOPENED, LATE, PHOTO, BARE, CRITICAL)
SILENT = 3
"""How many citizens never rate."""
MORNINGS = 2
"""Digests to every deputy and the head: the mornings of the 25th and the 26th."""
_MARKS = (5, 5, 5, 4, 4, 5, 3, 4, 5, 2, 4, 5, 3, 1, 5, 4)

_GIVEN = {REOPENED: (2, 5), PARTLY: (3,)}


@dataclass
class Day:
    """Everything the acts work with."""

    stage: Stage
    town: Municipality
    rng: random.Random
    casting: Casting
    cast: Cast
    cases: list[Case]
    tallies: list[Tally] = field(default_factory=list)
    """What the stories add to the counts."""
    child: Case | None = None
    """What «Частично» left, a case of its own."""

    def part(self, topic: str) -> Case:
        """The case that plays a part."""
        return next(c for c in self.cases if c.topic == topic and not c.script.unsure)

    @property
    def emergency(self) -> Case:
        """The one emergency."""
        return next(c for c in self.cases if c.script.emergency)

    def ordinary(self, *without: str) -> list[Case]:
        """All cases but the emergency and these parts, in the seed's order."""
        parts = [self.part(topic) for topic in without]
        found = [c for c in self.cases if c not in parts and not c.script.emergency]
        self.rng.shuffle(found)
        return found

    @property
    def readers(self) -> list[Person]:
        """Who reads the morning digest."""
        return [*self.cast.deputies.values(), self.cast.head]

    def needs_photo(self, case: Case) -> bool:
        """«Решено» takes a photo «after» for this topic; to be safe for unsure ones too."""
        return case.script.unsure or self.town.topics[case.topic].evidence


def at(day: int, hour: int, minute: int) -> datetime:
    """A moment of November 2026 in the town."""
    return datetime(2026, 11, day, hour, minute, tzinfo=ZONE)


def give_marks(cases: Sequence[Case], rng: random.Random) -> None:
    """One mark for each answer; a few stay silent, the reopened one judges twice."""
    plain = [c for c in cases if c.topic not in PARTS and not c.script.emergency]
    silent = rng.sample(plain, SILENT)
    marked = [c for c in cases if c not in silent]
    marks = [_MARKS[n % len(_MARKS)] for n in range(len(marked))]
    rng.shuffle(marks)
    for case, mark in zip(marked, marks, strict=True):
        case.marks = list(_GIVEN.get(case.topic, (mark,)))


def expected(day: Day) -> dict[str, Any]:
    """The counts of a day that went as scripted."""
    number = len(day.cases) + 1
    great = Tally(
        appeals=number,
        answered=number,
        rated=sum(len(c.marks) for c in day.cases) + 1,
        reopened=1,
        reminders=5,
        escalations=1,
        # The head of the centre is there on the first morning, the deputies come after it.
        digests=MORNINGS * (len(day.town.blocks) + 1) + 1,
    )
    tallies = [asdict(tally) for tally in (great, *day.tallies)]
    return {name: sum(tally[name] for tally in tallies) for name in tallies[0]}
