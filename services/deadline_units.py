"""How time runs in each unit of domain.md §2: a due moment with the reasons that led to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from services.calendar import (
    DAY,
    DayKind,
    WorkCalendar,
    add_working_minutes,
    day_hours,
    day_kind,
    end_of_day,
    is_working_day,
    is_working_time,
    local_day,
    next_working_moment,
    nth_working_day,
    ordinary_hours,
    start_of_day,
    working_day_on_or_after,
    working_day_on_or_before,
    working_minutes_between,
)
from services.policies import Policy


@dataclass(frozen=True, slots=True)
class Reason:
    """One step of an explanation. Codes and their values are listed in `bot/views/deadlines`."""

    code: str
    values: tuple[tuple[str, object], ...] = ()


def reason(code: str, **values: object) -> Reason:
    """A reason with named values."""
    return Reason(code, tuple(values.items()))


Run = tuple[datetime, tuple[Reason, ...]]


def working_hours(calendar: WorkCalendar, minutes: int, start: datetime) -> Run:
    """Working hours: outside working time they start at the next opening."""
    due = add_working_minutes(calendar, start, minutes)
    opening = next_working_moment(calendar, start)
    late = () if is_working_time(calendar, start) else (reason("starts_later", at=opening),)
    shares = []
    for day in _days(calendar, opening, due + DAY):
        begin, end = max(opening, start_of_day(calendar, day)), min(due, end_of_day(calendar, day))
        if share := working_minutes_between(calendar, begin, end):
            shares.append((day, share))
    hours = [day_hours(calendar, day) for day, _share in shares]
    breaks = any(plan is not None and plan.break_start is not None for plan in hours)
    counted = reason("by_day", days=tuple(shares), breaks=breaks)
    return due, (*late, counted, *_days_off(calendar, start, due))


def _days(calendar: WorkCalendar, start: datetime, end: datetime) -> Iterator[date]:
    """Local days from the first moment's up to, not including, the last one's."""
    day, last = local_day(calendar, start), local_day(calendar, end)
    while day < last:
        yield day
        day += DAY


def working_days(calendar: WorkCalendar, amount: int, day0: date) -> Run:
    """Working days: counted from the day after day 0, the last one worked to its end."""
    day = working_day_on_or_after(calendar, day0)
    days = [day := nth_working_day(calendar, day, 1) for _ in range(amount)]
    due = end_of_day(calendar, day)
    off = _days_off(calendar, start_of_day(calendar, day0), due)
    return due, (reason("working_days", days=tuple(days)), *off, *_closing(calendar, day))


def calendar_days(
    policy: Policy, calendar: WorkCalendar, amount: int, day0: date, received: datetime
) -> Run:
    """Calendar days: a last day that is worked ends them, a day off moves.

    Back where the policy says «preceding WD», else to the next working day. A deadline moved back
    to before the receipt (three days over the New Year) could not be kept, so it moves forward.
    """
    last = day0 + amount * DAY
    if is_working_day(calendar, last):
        due = end_of_day(calendar, last)
        return due, (reason("last_day", due=due), *_closing(calendar, last))
    back = end_of_day(calendar, working_day_on_or_before(calendar, last))
    forward = end_of_day(calendar, working_day_on_or_after(calendar, last))
    due, code = forward, "moved_forward"
    if policy.preceding_working_day and back > received:
        due, code = back, "moved_back"
    weekend = calendar.week[last.weekday()] is None
    move = reason(code, day=last, kind=day_kind(calendar, last), weekend=weekend, due=due)
    return due, (move, *_closing(calendar, local_day(calendar, due)))


def _days_off(calendar: WorkCalendar, start: datetime, due: datetime) -> tuple[Reason, ...]:
    """Days off a clock stepped over, each with its kind."""
    days = _days(calendar, start, due)
    found = [(day, day_kind(calendar, day)) for day in days if not is_working_day(calendar, day)]
    return (reason("days_off", days=tuple(found)),) if found else ()


def _closing(calendar: WorkCalendar, day: date) -> tuple[Reason, ...]:
    """A day that ends earlier than Monday does deserves a word."""
    at = end_of_day(calendar, day).astimezone(calendar.zone).time()
    short = day_kind(calendar, day) is DayKind.SHORT
    if not short and at == ordinary_hours(calendar).end:
        return ()
    return (reason("closing", day=day, at=at, short=short),)
