"""Working time of a municipality: arithmetic over its hours and the production calendar.

Rules of domain.md §2, «Working time». Moments come in and go out aware, in UTC inside; days are
the municipality's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta

from services.calendar_days import (
    DAY,
    CalendarYear,
    DayHours,
    DayKind,
    WorkCalendar,
    day_hours,
    day_kind,
    federal,
    is_known,
    is_working_day,
    nth_working_day,
    ordinary_hours,
    previous_working_day,
    remembered,
    working_day_on_or_after,
    working_day_on_or_before,
)

__all__ = [
    "DAY",
    "CalendarYear",
    "DayHours",
    "DayKind",
    "Period",
    "WorkCalendar",
    "add_working_minutes",
    "day_hours",
    "day_kind",
    "day_periods",
    "end_of_day",
    "federal",
    "is_known",
    "is_working_day",
    "is_working_time",
    "local_day",
    "midnight",
    "next_working_moment",
    "nth_working_day",
    "ordinary_hours",
    "previous_working_day",
    "start_of_day",
    "working_day_on_or_after",
    "working_day_on_or_before",
    "working_minutes_between",
    "working_moment_not_after",
    "working_periods",
]

MINUTE = timedelta(minutes=1)
Period = tuple[datetime, datetime]


def local_day(calendar: WorkCalendar, moment: datetime) -> date:
    """The municipality's date at a moment."""
    if moment.tzinfo is None:
        raise ValueError(f"expected a moment with a time zone, got «{moment}»")
    return moment.astimezone(calendar.zone).date()


def _at(calendar: WorkCalendar, day: date, at: time) -> datetime:
    return datetime.combine(day, at, calendar.zone).astimezone(UTC)


def midnight(calendar: WorkCalendar, day: date) -> datetime:
    """The moment at which a local day begins."""
    return _at(calendar, day, time())


@remembered
def start_of_day(calendar: WorkCalendar, day: date) -> datetime:
    """The first working moment of a day; a day off is given the ordinary (Monday's) opening."""
    hours = day_hours(calendar, day) or ordinary_hours(calendar)
    return _at(calendar, day, hours.start)


@remembered
def end_of_day(calendar: WorkCalendar, day: date) -> datetime:
    """The end of a day's last working minute; a day off is given Monday's plain end.

    Callers that may not end on a day off move the day first; the fallback serves the rest.
    """
    hours = day_hours(calendar, day) or ordinary_hours(calendar)
    return _at(calendar, day, hours.end)


@remembered
def day_periods(calendar: WorkCalendar, day: date) -> tuple[Period, ...]:
    """The working periods of a day: none, one, or two around the break."""
    hours = day_hours(calendar, day)
    if hours is None:
        return ()
    start, end = _at(calendar, day, hours.start), _at(calendar, day, hours.end)
    if hours.break_start is None or hours.break_end is None:
        return ((start, end),)
    pause, back = _at(calendar, day, hours.break_start), _at(calendar, day, hours.break_end)
    return ((start, pause), (back, end))


def working_periods(calendar: WorkCalendar, moment: datetime) -> Iterator[Period]:
    """Working periods from a moment on, endlessly; the first is cut to it."""
    day, moment = local_day(calendar, moment), moment.astimezone(UTC)
    while True:
        day = working_day_on_or_after(calendar, day)
        for start, end in day_periods(calendar, day):
            if end > moment:
                yield max(start, moment), end
        day += DAY


def is_working_time(calendar: WorkCalendar, moment: datetime) -> bool:
    """Whether a working minute starts at or runs through the moment (closing time is outside)."""
    day = local_day(calendar, moment)
    return any(start <= moment < end for start, end in day_periods(calendar, day))


def next_working_moment(calendar: WorkCalendar, moment: datetime) -> datetime:
    """The moment itself in working time, else the next opening."""
    return next(working_periods(calendar, moment))[0]


def add_working_minutes(calendar: WorkCalendar, start: datetime, minutes: int) -> datetime:
    """The moment by which so many working minutes have passed; the break doesn't count.

    The result closes a working minute, so it may be closing time itself, never the next opening.
    """
    if minutes < 0:
        raise ValueError(f"expected minutes ≥ 0, got {minutes}")
    left = timedelta(minutes=minutes)
    for begin, end in working_periods(calendar, start):
        if end - begin >= left:
            return begin + left
        left -= end - begin
    raise AssertionError("working_periods is endless")


def working_minutes_between(calendar: WorkCalendar, a: datetime, b: datetime) -> int:
    """Whole working minutes from a to b; 0 when b is not after a."""
    total, b = timedelta(), b.astimezone(UTC)
    if a >= b:
        return 0
    for begin, end in working_periods(calendar, a):
        if begin >= b:
            break
        total += min(end, b) - begin
    return total // MINUTE


def working_moment_not_after(calendar: WorkCalendar, moment: datetime) -> datetime:
    """The latest working moment up to the given one, closing time included.

    A reminder that would fall at night, in a break or on a day off comes earlier (domain.md §2).
    """
    day, moment = local_day(calendar, moment), moment.astimezone(UTC)
    while True:
        day = working_day_on_or_before(calendar, day)
        for start, end in reversed(day_periods(calendar, day)):
            if start <= moment:
                return min(moment, end)
        day -= DAY
