"""What the picture under a digest shows: a week's flow, punctuality, the age of open cases.

Everybody's picture is cut from one reading of the morning, and kept with its notice: it shows that
morning, not the moment at which a messenger took it at last.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from services.calendar import DAY, midnight
from services.desk import Desk
from services.digest_facts import Sums, work_of
from services.lifecycle import OPEN
from services.model import State
from services.oversight import ANSWERING
from services.rating import FEW

DAYS = 7
OLDEST = (1, 3, 8)
"""The oldest age in days of each band: 0–1, 2–3, 4–8; the last band is older."""
GOAL = 80
"""Per cent answered in time, below which a block is red (domain.md §5)."""
_UNANSWERED = tuple(sorted(OPEN - {State.ANSWERED}))
_FLOW = ("received", "answered")
_DUE = ("in_time", *(f"late_{kind}" for kind in ANSWERING))


@dataclass(frozen=True, slots=True)
class Flow:
    """One day of the week behind."""

    received: int = 0
    answered: int = 0


@dataclass(frozen=True, slots=True)
class Punctual:
    """How many of a block's answers that were due came in time, this month up to yesterday."""

    block: str
    in_time: int
    due: int

    @property
    def few(self) -> bool:
        """Too few to be judged by them."""
        return self.due < FEW

    @property
    def share(self) -> int:
        """Per cent."""
        return round(self.in_time / self.due * 100)


@dataclass(frozen=True, slots=True)
class Aged:
    """Open cases of one band of age."""

    cases: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """What one reader sees."""

    day: date
    codes: tuple[str, ...]
    """The blocks that he looks after."""
    whole: bool
    """They are all of the centre's."""
    flow: tuple[Flow, ...]
    """The days before `day`, the oldest first."""
    month: date
    blocks: tuple[Punctual, ...]
    """Those with something due: the least punctual first, then those with little data."""
    ages: tuple[Aged, ...]
    """As OLDEST says, the youngest first."""

    @property
    def total(self) -> Flow:
        """The whole week."""
        return Flow(sum(d.received for d in self.flow), sum(d.answered for d in self.flow))

    @property
    def together(self) -> Punctual:
        """All blocks as one."""
        return Punctual("", sum(b.in_time for b in self.blocks), sum(b.due for b in self.blocks))

    @property
    def open(self) -> Aged:
        """All open cases."""
        return Aged(sum(a.cases for a in self.ages), sum(a.overdue for a in self.ages))

    @property
    def blank(self) -> bool:
        """Nothing to show."""
        return self.total == Flow() and not self.together.due and not self.open.cases


@dataclass(frozen=True, slots=True)
class Morning:
    """What the database knows of every block."""

    day: date
    every: tuple[str, ...]
    flow: Mapping[tuple[date, str, str], int]
    """(day, block, measure)."""
    month: Sums
    ages: Mapping[tuple[str, int], tuple[int, int]]
    """(block, band) → open, overdue."""


async def morning(desk: Desk, *, day: date) -> Morning:
    """Read once what all pictures of a day are cut from."""
    stats, calendar, every = desk.uow.statistics, desk.town.calendar, tuple(desk.town.blocks)
    yesterday = day - DAY
    since = [midnight(calendar, day - age * DAY) for age in OLDEST]
    return Morning(
        day=day,
        every=every,
        flow=await stats.by_day(day - DAYS * DAY, yesterday, _FLOW),
        month=await stats.sums(yesterday.replace(day=1), yesterday, every),
        ages=await stats.open_by_age(every, _UNANSWERED, since, now=desk.now, kinds=ANSWERING),
    )


def of_blocks(seen: Morning, blocks: Sequence[str]) -> Picture:
    """Cut one reader's picture."""

    def happened(day: date, measure: str) -> int:
        return sum(seen.flow.get((day, b, measure), 0) for b in blocks)

    def aged(band: int) -> Aged:
        found = [seen.ages.get((b, band), (0, 0)) for b in blocks]
        return Aged(sum(cases for cases, _ in found), sum(overdue for _, overdue in found))

    days = [seen.day - n * DAY for n in range(DAYS, 0, -1)]
    due = [_punctual(seen.month, b) for b in blocks]
    return Picture(
        day=seen.day,
        codes=tuple(blocks),
        whole=len(blocks) == len(seen.every),
        flow=tuple(Flow(*(happened(day, measure) for measure in _FLOW)) for day in days),
        month=(seen.day - DAY).replace(day=1),
        blocks=tuple(sorted((b for b in due if b.due), key=_worst_first)),
        ages=tuple(aged(band) for band in range(len(OLDEST) + 1)),
    )


def _punctual(month: Sums, block: str) -> Punctual:
    # Of all measures of all blocks these few alone: this is counted while others wait to write.
    work = work_of({(block, measure): month.get((block, measure), 0) for measure in _DUE})
    return Punctual(block, work.in_time, work.due)


def _worst_first(block: Punctual) -> tuple[bool, float, int]:
    return block.few, 0.0 if block.few else block.in_time / block.due, -block.due


def as_ref(seen: Picture) -> dict[str, Any]:
    """The same as numbers for a notice."""
    return {
        "day": seen.day.isoformat(),
        "codes": list(seen.codes),
        "whole": seen.whole,
        "flow": [[d.received, d.answered] for d in seen.flow],
        "month": seen.month.isoformat(),
        "blocks": [[b.block, b.in_time, b.due] for b in seen.blocks],
        "ages": [[a.cases, a.overdue] for a in seen.ages],
    }


def from_ref(ref: Mapping[str, Any]) -> Picture:
    """What `as_ref` wrote."""
    return Picture(
        day=date.fromisoformat(ref["day"]),
        codes=tuple(ref["codes"]),
        whole=ref["whole"],
        flow=tuple(Flow(*day) for day in ref["flow"]),
        month=date.fromisoformat(ref["month"]),
        blocks=tuple(Punctual(*block) for block in ref["blocks"]),
        ages=tuple(Aged(*band) for band in ref["ages"]),
    )
