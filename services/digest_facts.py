"""Everything a digest says about some blocks on a morning, from the database, not yet in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from services import oversight
from services.calendar import (
    DAY,
    is_working_day,
    midnight,
    previous_working_day,
    working_day_on_or_after,
)
from services.desk import Desk
from services.intake import topic_measure
from services.model import Decision, PersonId
from services.oversight import ALL, ANSWERING, Line
from services.policies import ClockKind

WEEKS = 4
"""What is usual is the mean of so many weeks."""
TOPICS = 3
_GROWN = 1.5
_SEEN = 3
"""A topic has grown with at least so many cases, and so many times the usual number."""

Sums = dict[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Trend:
    """A topic, its cases, and how many there usually are; None without that history."""

    topic: str
    n: int
    usual: float | None


@dataclass(frozen=True, slots=True)
class Work:
    """What a block, or all of them, did in a period (storage/statistics keeps the facts)."""

    received: int = 0
    answered: int = 0
    in_time: int = 0
    late: int = 0
    """Deadlines of answers that passed unmet."""
    marks: int = 0
    marks_sum: int = 0
    reopened: int = 0
    sent_back: int = 0

    @property
    def mean(self) -> float | None:
        """The citizens' mean mark."""
        return self.marks_sum / self.marks if self.marks else None

    @property
    def due(self) -> int:
        """Cases whose answer was due in the period, kept or not."""
        return self.in_time + self.late


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """What one reader is told."""

    day: date
    blocks: tuple[str, ...]
    whole: bool
    """All blocks of the centre."""
    since: date
    """The previous working day: «вчера» of a Monday is Friday."""
    waiting: tuple[Decision, ...]
    received: dict[str, int]
    usual: float | None
    """Mean received per working day of the last four weeks; None without that history."""
    grown: Trend | None
    work: Work
    """Since the previous working day."""
    critical: tuple[Line, ...]
    overdue: tuple[Line, ...]
    untaken: tuple[Line, ...]
    """Nobody took them in time."""
    today: tuple[Line, ...]
    tomorrow: tuple[Line, ...]
    topics: tuple[Trend, ...]
    """The most frequent of seven days."""
    month: date
    by_block: dict[str, Work]
    """This month, up to yesterday."""
    promised: tuple[Line, ...]
    """Promised to their citizens for today."""
    load: dict[PersonId | None, int]
    """Open cases by holder; None holds what nobody has taken."""

    @property
    def empty(self) -> bool:
        """Nothing is asked, nothing burns: a few lines will do."""
        wrong = self.work.reopened + self.work.sent_back
        return not (
            self.waiting
            or self.critical
            or self.overdue
            or self.untaken
            or self.promised
            or self.grown
            or wrong
        )


async def facts(
    desk: Desk, *, day: date, blocks: tuple[str, ...], person_id: PersonId
) -> DigestFacts:
    """Read what the digest of `day` says to one person about `blocks`."""
    calendar, stats = desk.town.calendar, desk.uow.statistics
    since, yesterday = previous_working_day(calendar, day), day - DAY
    recent = await stats.sums(since, yesterday, blocks)
    before = await stats.sums(since - WEEKS * 7 * DAY, since - DAY, blocks)
    week = await stats.sums(day - 7 * DAY, yesterday, blocks)
    weeks = await stats.sums(day - (WEEKS + 1) * 7 * DAY, day - 8 * DAY, blocks)
    month = await stats.sums(yesterday.replace(day=1), yesterday, blocks)
    days = _working_days(desk, since - WEEKS * 7 * DAY, since)
    usual = _total(before, "received") / days if days else 0
    dates = await _dates(desk, day, blocks)
    return DigestFacts(
        day=day,
        blocks=blocks,
        whole=len(blocks) == len(desk.town.blocks),
        since=since,
        waiting=tuple(await oversight.waiting_for(desk, person_id)),
        received={b: n for (b, measure), n in recent.items() if measure == "received"},
        usual=usual or None,
        grown=_grown(_trends(desk, recent, before, days)),
        work=work_of(recent),
        critical=tuple(await oversight.found(desk, "crit", list(blocks))),
        topics=tuple(_trends(desk, week, weeks, WEEKS)[:TOPICS]),
        month=yesterday.replace(day=1),
        by_block={b: work_of(month, b) for b in blocks},
        load=await stats.load(blocks),
        **dates,
    )


async def _dates(desk: Desk, day: date, blocks: tuple[str, ...]) -> dict[str, tuple[Line, ...]]:
    """Overdue, not taken in time, due today, promised for today, due on the next working day."""
    stats, calendar = desk.uow.statistics, desk.town.calendar
    begins, ends = midnight(calendar, day), midnight(calendar, day + DAY)
    next_ends = midnight(calendar, working_day_on_or_after(calendar, day + DAY) + DAY)
    reaction, promise = (ClockKind.REACTION,), (ClockKind.PROMISE,)
    found = {
        "overdue": await stats.due_between(blocks, None, desk.now, kinds=ANSWERING, limit=ALL),
        "untaken": await stats.due_between(blocks, None, desk.now, kinds=reaction, limit=ALL),
        "today": await stats.due_between(blocks, desk.now, ends, kinds=ANSWERING, limit=ALL),
        "promised": await stats.due_between(blocks, begins, ends, kinds=promise, limit=ALL),
        "tomorrow": await stats.due_between(blocks, ends, next_ends, kinds=ANSWERING, limit=ALL),
    }
    return {name: tuple(Line(x.appeal, x.due_at) for x in due) for name, due in found.items()}


def work_of(sums: Sums, block: str | None = None) -> Work:
    """The facts of one block, or of all together."""

    def of(*measures: str) -> int:
        return sum(_total(sums, measure, block) for measure in measures)

    return Work(
        received=of("received"),
        answered=of("answered"),
        in_time=of("in_time"),
        late=of(*(f"late_{kind}" for kind in ANSWERING)),
        marks=of("marks"),
        marks_sum=of("marks_sum"),
        reopened=of("reopened"),
        sent_back=of("sent_back"),
    )


def _total(sums: Sums, measure: str, block: str | None = None) -> int:
    return sum(n for (b, name), n in sums.items() if name == measure and block in (None, b))


def by_measure(sums: Sums) -> dict[str, int]:
    """The facts of all blocks together."""
    found: dict[str, int] = {}
    for (_block, measure), n in sums.items():
        found[measure] = found.get(measure, 0) + n
    return found


def _trends(desk: Desk, now: Sums, before: Sums, periods: int) -> list[Trend]:
    """Topics by number of cases, each beside its mean of so many periods before."""
    seen, known = by_measure(now), by_measure(before)
    trends = []
    for topic in desk.town.topics:
        measure = topic_measure(topic)
        usual = known.get(measure, 0) / periods if periods else 0
        if n := seen.get(measure, 0):
            trends.append(Trend(topic, n, usual or None))
    return sorted(trends, key=lambda trend: -trend.n)


def _grown(trends: Iterable[Trend]) -> Trend | None:
    """The topic that grew most above what is usual."""
    grown = [t for t in trends if t.usual is not None and t.n >= _SEEN and t.n >= _GROWN * t.usual]
    return max(grown, key=lambda t: t.n - (t.usual or 0), default=None)


def _working_days(desk: Desk, first: date, end: date) -> int:
    days = (first + timedelta(days=n) for n in range((end - first).days))
    return sum(is_working_day(desk.town.calendar, d) for d in days)
