"""Working time held against an oracle that counts minute by minute and shares no code with it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from time import perf_counter
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.calendar import (
    CalendarYear,
    DayHours,
    DayKind,
    WorkCalendar,
    add_working_minutes,
    day_hours,
    day_kind,
    end_of_day,
    federal,
    is_known,
    is_working_day,
    is_working_time,
    local_day,
    next_working_moment,
    nth_working_day,
    previous_working_day,
    working_minutes_between,
    working_moment_not_after,
)
from services.deadlines import deadlines, halved
from services.policies import Unit
from tests.support.policies import A08, CALENDAR, FRIDAY, LONG, MOSCOW, POLICIES, local

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
ZONES = ("Europe/Moscow", "Asia/Vladivostok", "UTC", "Asia/Kolkata")
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]
YEAR = [date(2026, 1, 1) + n * DAY for n in range(365)]

moments = st.datetimes(
    datetime(2025, 1, 3),  # noqa: DTZ001
    datetime(2027, 12, 1),  # noqa: DTZ001
    timezones=st.sampled_from([ZoneInfo(name) for name in ZONES]),
).map(lambda moment: moment.astimezone(UTC).replace(second=0, microsecond=0))


@st.composite
def hours(draw: st.DrawFn) -> DayHours:
    edges = sorted(draw(st.sets(st.sampled_from(QUARTERS), min_size=4, max_size=4)))
    if draw(st.booleans()):
        return DayHours(edges[0], edges[3], edges[1], edges[2])
    return DayHours(edges[0], edges[3])


@st.composite
def calendars(draw: st.DrawFn) -> WorkCalendar:
    week = [draw(hours()), *(draw(st.none() | hours()) for _ in range(6))]
    some = st.frozensets(st.sampled_from(YEAR), max_size=40)
    off = draw(some)
    working = draw(some) - off
    year = CalendarYear(2026, off, working, draw(some), draw(some))
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    return WorkCalendar(zone, tuple(draw(st.permutations(week))), {2026: year})


def plainly_worked(calendar: WorkCalendar, moment: datetime) -> bool:
    """The oracle: does this minute belong to working time, by the words of domain.md §2?"""
    here = moment.astimezone(calendar.zone)
    day, clock = here.date(), here.hour * 60 + here.minute
    plan = calendar.week[day.weekday()]
    year = calendar.years.get(day.year)
    if year and day in year.working_days:
        plan = plan or next(plan for plan in calendar.week if plan)
    elif year and (day in year.days_off or day in year.regional_days_off):
        plan = None
    if plan is None:
        return False
    end = plan.end.hour * 60 + plan.end.minute - (60 if year and day in year.short_days else 0)
    if not plan.start.hour * 60 + plan.start.minute <= clock < end:
        return False
    if plan.break_start is None or plan.break_end is None:
        return True
    away = plan.break_start.hour * 60 + plan.break_start.minute
    back = plan.break_end.hour * 60 + plan.break_end.minute
    return not away <= clock < back


@settings(deadline=None)
@given(calendars(), moments, st.integers(1, 900))
def test_adding_agrees_with_counting_minutes(
    calendar: WorkCalendar, start: datetime, minutes: int
) -> None:
    at, counted = start, 0
    for _ in range(60 * 24 * 60):
        if plainly_worked(calendar, at):
            counted += 1
        at += MINUTE
        if counted == minutes:
            break
    else:
        return  # the drawn calendar works too little to count this by hand
    assert add_working_minutes(calendar, start, minutes) == at


@settings(deadline=None)
@given(calendars(), moments, st.integers(0, 60 * 24 * 12))
def test_between_agrees_with_counting_minutes(
    calendar: WorkCalendar, start: datetime, length: int
) -> None:
    counted = sum(plainly_worked(calendar, start + n * MINUTE) for n in range(length))
    assert working_minutes_between(calendar, start, start + length * MINUTE) == counted


@given(calendars(), moments, st.integers(0, 5000))
def test_add_then_between_is_identity(calendar: WorkCalendar, start: datetime, n: int) -> None:
    assert working_minutes_between(calendar, start, add_working_minutes(calendar, start, n)) == n


@given(calendars(), moments, moments, st.integers(0, 3000), st.integers(0, 3000))
def test_adding_is_monotonic(
    calendar: WorkCalendar, a: datetime, b: datetime, n: int, m: int
) -> None:
    (a, b), (n, m) = sorted((a, b)), sorted((n, m))
    assert add_working_minutes(calendar, a, n) <= add_working_minutes(calendar, b, n)
    assert add_working_minutes(calendar, a, n) <= add_working_minutes(calendar, a, m)
    assert working_minutes_between(calendar, b, a) == 0 or a == b


@given(calendars(), moments, st.integers(1, 3000))
def test_the_result_closes_a_working_minute(
    calendar: WorkCalendar, start: datetime, n: int
) -> None:
    assert plainly_worked(calendar, add_working_minutes(calendar, start, n) - MINUTE)
    assert is_working_time(calendar, start) == plainly_worked(calendar, start)


@given(calendars(), moments)
def test_neighbouring_working_moments(calendar: WorkCalendar, moment: datetime) -> None:
    later, earlier = (
        next_working_moment(calendar, moment),
        working_moment_not_after(calendar, moment),
    )
    assert earlier <= moment <= later
    assert plainly_worked(calendar, later)
    assert plainly_worked(calendar, earlier) or plainly_worked(calendar, earlier - MINUTE)
    assert working_minutes_between(calendar, earlier, later) == 0


@given(calendars(), st.sampled_from(YEAR), st.integers(0, 60))
def test_nth_working_day_agrees_with_a_plain_walk(
    calendar: WorkCalendar, day0: date, n: int
) -> None:
    day = day0
    while not is_working_day(calendar, day):
        day += DAY
    for _ in range(n):
        day += DAY
        while not is_working_day(calendar, day):
            day += DAY
    assert nth_working_day(calendar, day0, n) == day
    if n:
        before = previous_working_day(calendar, day)
        assert before == nth_working_day(calendar, day0, n - 1)


@given(moments)
def test_a_law_deadline_never_lies_on_a_day_off(received: datetime) -> None:
    registration, answer = deadlines(A08, CALENDAR, received=received)
    for clock in (registration, answer):
        day = local_day(CALENDAR, clock.due)
        assert is_working_day(CALENDAR, day, regional=False)
        assert clock.due == end_of_day(federal(CALENDAR), day)
        assert clock.due > received
    assert local_day(CALENDAR, answer.due) <= local_day(CALENDAR, received) + 30 * DAY


@given(st.sampled_from(POLICIES), moments)
def test_every_clock_ends_after_its_start_and_a_half_not_after_the_whole(
    policy: object, received: datetime
) -> None:
    clocks = deadlines(policy, CALENDAR, received=received)  # type: ignore[arg-type]
    assert all(clock.due > received for clock in clocks)
    assert halved(policy, CALENDAR, start=received).due <= clocks[-1].due  # type: ignore[arg-type]
    for clock in clocks:
        if clock.span.unit is not Unit.CH:
            assert plainly_worked(CALENDAR, clock.due - MINUTE) or policy is A08


@pytest.mark.parametrize(
    ("day", "hours", "kind"),
    [
        (date(2026, 11, 24), LONG, DayKind.WORKING),
        (date(2026, 11, 27), FRIDAY, DayKind.WORKING),
        (date(2026, 11, 28), None, DayKind.WEEKEND),
        (date(2026, 5, 9), None, DayKind.HOLIDAY),
        (date(2026, 4, 21), None, DayKind.REGIONAL),
        (date(2026, 5, 8), DayHours(time(9), time(16), time(13), time(13, 50)), DayKind.SHORT),
        (date(2025, 11, 1), DayHours(time(9), time(17), time(13), time(13, 50)), DayKind.SHORT),
        (date(2030, 5, 9), LONG, DayKind.WORKING),
    ],
)
def test_days(day: date, hours: DayHours | None, kind: DayKind) -> None:
    assert day_hours(CALENDAR, day) == hours
    assert day_kind(CALENDAR, day) is kind
    assert is_known(CALENDAR, day.year) == (day.year < 2027)


def test_a_day_off_ends_like_a_monday() -> None:
    assert end_of_day(CALENDAR, date(2026, 11, 28)) == local("2026-11-28 18:00")
    assert day_hours(CALENDAR, date(2026, 4, 21), regional=False) == LONG


def test_a_short_day_that_loses_its_second_half_ends_at_the_break() -> None:
    half = DayHours(time(9), time(14), time(13), time(13, 50))
    year = CalendarYear(2026, frozenset(), frozenset(), frozenset({date(2026, 11, 24)}))
    calendar = WorkCalendar(MOSCOW, (half,) * 7, {2026: year})
    assert day_hours(calendar, date(2026, 11, 24)) == DayHours(time(9), time(13))


def test_a_calendar_without_working_days_is_an_error_not_a_hang() -> None:
    empty = WorkCalendar(MOSCOW, (None,) * 7)
    with pytest.raises(ValueError, match="no working day"):
        next_working_moment(empty, local("2026-11-24 10:00"))


def test_far_horizons_are_fast() -> None:
    began = perf_counter()
    due = add_working_minutes(CALENDAR, local("2026-11-24 10:12"), 490 * 250 * 20)
    assert working_minutes_between(CALENDAR, local("2026-11-24 10:12"), due) == 490 * 250 * 20
    assert perf_counter() - began < 1
