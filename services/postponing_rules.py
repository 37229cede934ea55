"""Which day may be promised, by whom, and how often (domain.md §1 «Who decides», §2 «extension»).

Pure. Days are the municipality's; a promise is always a working day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from services.calendar import (
    DAY,
    WorkCalendar,
    is_working_day,
    working_day_on_or_after,
    working_day_on_or_before,
)
from services.errors import OutOfDate
from services.model import Answer, AnswerState
from services.policies import Policy, extension_of

MOST = 2
"""Postponements of one case."""
HORIZON = 90
"""Calendar days: nobody promises a citizen anything further away [ours]."""
STRICT_DAYS = 30
"""Calendar days that a deputy may give where the policy names no number [ours]."""
WEEKS = 4
"""Rows of a calendar page."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The days on offer."""

    first: date
    free: date | None
    """The last day that the department may promise by itself; None: every day is asked for."""
    last: date


def choice(
    policy: Policy,
    calendar: WorkCalendar,
    *,
    today: date,
    due: date,
    promised: date | None = None,
) -> Choice | None:
    """The days that may be promised today; None when the policy knows no extension.

    A day that is `promised` already moves to a later one: the same is no change.

    «postponed up to N CD» counts from today and is the department's own; above it and «deputy» are
    asked for; «up to N CD once» (59fz) counts from the deadline and is asked for.
    """
    found = extension_of(policy)
    if found is None:
        return None
    first = working_day_on_or_after(calendar, max(today, promised or today) + DAY)
    days = found.days or STRICT_DAYS
    if found.by_department:
        free = working_day_on_or_before(calendar, today + days * DAY)
        last = working_day_on_or_before(calendar, today + max(HORIZON, days) * DAY)
    else:
        free = None
        start = due if found.once else today
        last = working_day_on_or_before(calendar, start + days * DAY)
    if free is not None and free < first:
        free = None
    return Choice(first, free, last) if first <= last else None


def checked_day(calendar: WorkCalendar, offered: Choice, day: str) -> date:
    """A working day among those offered, from «2026-12-10» or «20261210».

    Raises OutOfDate («outdated», «no_such_day»).
    """
    try:
        found = date.fromisoformat(day)
    except ValueError:
        raise OutOfDate("outdated") from None
    if not offered.first <= found <= offered.last or not is_working_day(calendar, found):
        raise OutOfDate("no_such_day")
    return found


def most(policy: Policy) -> int:
    """How often a case of this policy may be postponed."""
    found = extension_of(policy)
    return 1 if found is not None and found.once else MOST


def times(answers: Iterable[Answer]) -> int:
    """How often the case has been postponed already."""
    return len([a for a in answers if a.until is not None and a.state is AnswerState.PASSED])


def promise_of(answers: Iterable[Answer]) -> Answer | None:
    """The newest interim answer that the citizen has got."""
    given = [a for a in answers if a.until is not None and a.state is AnswerState.PASSED]
    return given[-1] if given else None


def suggested(calendar: WorkCalendar, today: date, first: date, last: date) -> list[date]:
    """Up to four working days: the second one, a week on, two weeks on, the last there is.

    Where those are before `first`, as many days after it as they are after tomorrow.

    Thu 26.11, last Fri 25.12 → Mon 30.11, Thu 3.12, Thu 10.12, Fri 25.12.
    """
    tomorrow = working_day_on_or_after(calendar, today + DAY)
    later = first - tomorrow
    days = [
        working_day_on_or_after(calendar, tomorrow + DAY),
        working_day_on_or_after(calendar, today + timedelta(days=7)),
        working_day_on_or_after(calendar, today + timedelta(days=14)),
    ]
    days = [working_day_on_or_after(calendar, day + later) for day in days]
    return sorted({day for day in (*days, last) if first <= day <= last})


def weeks(calendar: WorkCalendar, first: date, last: date) -> list[list[date]]:
    """The working days from first to last, a list for each week that has one."""
    found: dict[tuple[int, int], list[date]] = {}
    for day in _days(first, last):
        if is_working_day(calendar, day):
            found.setdefault(day.isocalendar()[:2], []).append(day)
    return list(found.values())


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY
