"""Lines of an explanation that list days (conversations.md §1.14): «28–29.11 — выходные»."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any
from zoneinfo import ZoneInfo

from bot.i18n import _
from bot.views import moments
from bot.views.spans import duration
from services.calendar import DayKind

LONGEST_LIST = 12
"""More days than this are not listed one by one."""


def by_day(values: dict[str, Any], _zone: ZoneInfo) -> list[str]:
    """How many working minutes each day gave."""
    days = values["days"]
    if len(days) > LONGEST_LIST:
        return []
    shares = ", ".join(
        _("{day}: {time}", day=moments.weekday_digits(day), time=duration(minutes))
        for day, minutes in days
    )
    if values["breaks"]:
        return [_("{shares}; the lunch break doesn't count.", shares=shares)]
    return [f"{shares}."]


def working_days(values: dict[str, Any], _zone: ZoneInfo) -> list[str]:
    """The days counted, by number."""
    days: Sequence[date] = values["days"]
    if not days:
        return []
    first, last, n = moments.weekday_digits(days[0]), moments.weekday_digits(days[-1]), len(days)
    if n == 1:
        return [_("Day 1 is {first}.", first=first)]
    if n == 2 or n > LONGEST_LIST:
        return [_("Day 1 is {first}, day {n} is {last}.", first=first, n=n, last=last)]
    # A month is named once, with its last day in the list.
    middle = ", ".join(
        moments.digits(day) if day.month != after.month else str(day.day)
        for day, after in pairwise(days[1:])
    )
    return [
        _(
            "Day 1 is {first}, then {middle}, day {n} is {last}.",
            first=first,
            middle=middle,
            n=n,
            last=last,
        )
    ]


def days_off(values: dict[str, Any], _zone: ZoneInfo) -> list[str]:
    """The days a clock stepped over, a sentence for each kind."""
    by_kind = {
        kind: [day for day, its in values["days"] if its is kind]
        for kind in (DayKind.WEEKEND, DayKind.HOLIDAY, DayKind.REGIONAL)
    }
    sentences = [
        _off(kind, ", ".join(_ranges(days)), alone=len(days) == 1)
        for kind, days in by_kind.items()
        if days
    ]
    return [" ".join(sentences)]


def _off(kind: DayKind, days: str, *, alone: bool) -> str:
    # Not ngettext: in Russian 21 days would take the words of one.
    if kind is DayKind.WEEKEND:
        one, many = _("{days} is a day off."), _("{days} are days off.")
    elif kind is DayKind.HOLIDAY:
        one, many = _("{days} is a public holiday."), _("{days} are public holidays.")
    else:
        one, many = _("{days} is a regional day off."), _("{days} are regional days off.")
    return (one if alone else many).format(days=days)


def _ranges(days: Sequence[date]) -> Iterator[str]:
    """«28–29.11», «31.10–1.11», «4.11»."""
    numbered = groupby(enumerate(days), key=lambda pair: pair[1] - timedelta(days=pair[0]))
    for _start, group in numbered:
        run = [day for _index, day in group]
        if len(run) == 1:
            yield moments.digits(run[0])
        elif run[0].month == run[-1].month:
            yield f"{run[0].day}–{moments.digits(run[-1])}"
        else:
            yield f"{moments.digits(run[0])}–{moments.digits(run[-1])}"
