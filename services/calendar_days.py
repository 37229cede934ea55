"""Days of a municipality: its week and the yearly production calendar (domain.md §2).

A year that is not listed follows the plain week; whoever shows a deadline says so. Everything
here is also offered by services/calendar, where the moments are.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Any, Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

DAY = timedelta(days=1)
HORIZON = 400
"""Days off in a row after which a calendar counts as one without any working time."""


@dataclass(frozen=True, slots=True)
class DayHours:
    """Working hours of one kind of day, local time, with at most one break."""

    start: time
    end: time
    break_start: time | None = None
    break_end: time | None = None


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """One year of the production calendar. Days not named follow the plain week."""

    year: int
    days_off: frozenset[date]
    """Public holidays and days off moved onto weekdays."""
    working_days: frozenset[date]
    """Weekend days made working by a transfer."""
    short_days: frozenset[date]
    """One hour less (the eve of a public holiday)."""
    regional_days_off: frozenset[date] = frozenset()


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """All a deadline needs to know about time in one municipality."""

    zone: ZoneInfo
    week: tuple[DayHours | None, ...]
    """Seven entries, Monday first; None is a day off."""
    years: dict[int, CalendarYear] = field(default_factory=dict)
    regional_counts_for_59fz: bool = False
    memory: dict[Any, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    """What was worked out of it once (`remembered`): deadlines ask for the same days again."""


P = ParamSpec("P")
R = TypeVar("R")
_DAYS = 10_000
"""Answers a calendar remembers: days ahead, not a history."""


def remembered(
    function: Callable[Concatenate[WorkCalendar, P], R],
) -> Callable[Concatenate[WorkCalendar, P], R]:
    """Work a question about a calendar out once, and keep the answer with the calendar."""

    @functools.wraps(function)
    def ask(calendar: WorkCalendar, /, *args: P.args, **kwargs: P.kwargs) -> R:
        key = (function, args, *kwargs.items()) if kwargs else (function, args)
        memory: dict[object, R] = calendar.memory
        if key in memory:
            return memory[key]
        if len(memory) >= _DAYS:
            memory.clear()
        answer = memory[key] = function(calendar, *args, **kwargs)
        return answer

    return ask


class DayKind(StrEnum):
    """Why a day is worked or not; a public holiday on a Saturday is a holiday."""

    WORKING = "working"
    SHORT = "short"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    REGIONAL = "regional"


def federal(calendar: WorkCalendar) -> WorkCalendar:
    """The same calendar without regional days off, as 59fz clocks count by default."""
    years = {n: replace(y, regional_days_off=frozenset()) for n, y in calendar.years.items()}
    return replace(calendar, years=years)


def is_known(calendar: WorkCalendar, year: int) -> bool:
    """Whether the production calendar of that year is listed."""
    return year in calendar.years


def ordinary_hours(calendar: WorkCalendar) -> DayHours:
    """Hours of the first working day of the plain week (Monday), for days without their own."""
    for hours in calendar.week:
        if hours is not None:
            return hours
    raise ValueError("the calendar has no working day in the week")


@remembered
def day_hours(calendar: WorkCalendar, day: date, *, regional: bool = True) -> DayHours | None:
    """Working hours of a day, None for a day off (domain.md §2).

    A working Saturday keeps Monday's hours: decrees don't say which weekday's it stands for.
    """
    plain = calendar.week[day.weekday()]
    year = calendar.years.get(day.year)
    if year is None:
        return plain
    if day in year.working_days:
        hours: DayHours | None = plain or ordinary_hours(calendar)
    elif day in year.days_off or (regional and day in year.regional_days_off):
        return None
    else:
        hours = plain
    return _hour_less(hours) if hours and day in year.short_days else hours


def _hour_less(hours: DayHours) -> DayHours:
    total = hours.end.hour * 60 + hours.end.minute - 60
    end = max(time(max(total, 0) // 60, max(total, 0) % 60), hours.start)
    if hours.break_start and hours.break_end and end <= hours.break_end:
        # What would be left after the break is nothing: the day ends with its first half.
        return DayHours(hours.start, min(end, hours.break_start))
    return replace(hours, end=end)


def day_kind(calendar: WorkCalendar, day: date) -> DayKind:
    """What kind of day it is, for explanations."""
    year = calendar.years.get(day.year)
    if day_hours(calendar, day) is not None:
        short = year is not None and day in year.short_days
        return DayKind.SHORT if short else DayKind.WORKING
    if year is not None and day in year.days_off:
        return DayKind.HOLIDAY
    return DayKind.WEEKEND if calendar.week[day.weekday()] is None else DayKind.REGIONAL


def is_working_day(calendar: WorkCalendar, day: date, *, regional: bool = True) -> bool:
    """Whether anybody works on that day."""
    return day_hours(calendar, day, regional=regional) is not None


def _search(calendar: WorkCalendar, day: date, step: timedelta) -> date:
    for _ in range(HORIZON):
        if is_working_day(calendar, day):
            return day
        day += step
    raise ValueError(f"no working day within {HORIZON} days of {day}: check the calendar")


@remembered
def working_day_on_or_after(calendar: WorkCalendar, day: date) -> date:
    """The day itself when worked, else the next working day."""
    return _search(calendar, day, DAY)


@remembered
def working_day_on_or_before(calendar: WorkCalendar, day: date) -> date:
    """The day itself when worked, else the preceding working day."""
    return _search(calendar, day, -DAY)


def previous_working_day(calendar: WorkCalendar, day: date) -> date:
    """The last working day before `day`."""
    return working_day_on_or_before(calendar, day - DAY)


def nth_working_day(calendar: WorkCalendar, day0: date, n: int) -> date:
    """The n-th working day after day 0 (domain.md §2: counting starts the next day).

    Day 0 itself is the first working day on or after the given one, and n = 0 names it.
    """
    if n < 0:
        raise ValueError(f"expected n ≥ 0, got {n}")
    day = working_day_on_or_after(calendar, day0)
    for _ in range(n):
        day = working_day_on_or_after(calendar, day + DAY)
    return day
