"""What a clock does besides running out: reminders before the deadline, the ladder from it on.

Rules of domain.md §2, «Reminders». Pure; each step happens once per clock, by its code.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from services.calendar import (
    DAY,
    WorkCalendar,
    add_working_minutes,
    end_of_day,
    is_working_day,
    local_day,
    next_working_moment,
    nth_working_day,
    previous_working_day,
    start_of_day,
    working_day_on_or_before,
    working_minutes_between,
    working_moment_not_after,
)
from services.policies import ClockKind, Span, Unit

DAYS_BEFORE = {Unit.WD: (3, 1, 0), Unit.CD: (10, 5, 3, 1)}
SHARES_LEFT = (("half", 50), ("quarter", 25))


@dataclass(frozen=True, slots=True)
class Reminder:
    """A word before the deadline: `half`, `quarter`, `wd3`, `wd1`, `day`, `cd10` … `cd1`."""

    code: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """Who learns of a missed deadline: holder, department, deputy, mcu, coordinator, head."""

    code: str
    at: datetime


def reminders(
    _kind: ClockKind,
    span: Span,
    *,
    started: datetime,
    due: datetime,
    calendar: WorkCalendar,
    around_the_clock: bool,
) -> tuple[Reminder, ...]:
    """Reminders of one clock, earliest first, all after its start and before it is due.

    Hours: at 50 % and 25 % left. Days: at opening time, so that the day can still be used. A step
    as long as the clock or longer is skipped, and of two that meet the nearer one speaks. Kinds
    of clocks are reminded of alike so far.
    """
    if span.unit in (Unit.CH, Unit.WH):
        steps = _by_share(span, started, due, calendar, around_the_clock)
    else:
        steps = _by_days(span, due, calendar, around_the_clock)
    found: dict[datetime, str] = {}
    for step in steps:
        if started < step.at < due:
            found[step.at] = step.code
    return tuple(Reminder(found[at], at) for at in sorted(found))


def _by_share(
    span: Span, started: datetime, due: datetime, calendar: WorkCalendar, around_the_clock: bool
) -> list[Reminder]:
    steps = []
    worked = span.unit is Unit.WH
    total = working_minutes_between(calendar, started, due) if worked else 0
    for code, left in SHARES_LEFT:
        if worked:
            at = add_working_minutes(calendar, started, total * (100 - left) // 100)
        else:
            at = due - (due - started) * left / 100
            if not around_the_clock:
                at = working_moment_not_after(calendar, at)
        steps.append(Reminder(code, at.astimezone(UTC)))
    return steps


def _by_days(
    span: Span, due: datetime, calendar: WorkCalendar, around_the_clock: bool
) -> list[Reminder]:
    last, steps = local_day(calendar, due), []
    for before in DAYS_BEFORE[span.unit]:
        if before >= span.amount:
            continue
        day = last
        if span.unit is Unit.WD:
            for _ in range(before):
                day = previous_working_day(calendar, day)
        else:
            day -= before * DAY
        if not around_the_clock and not is_working_day(calendar, day):
            day = working_day_on_or_before(calendar, day)
        code = f"{span.unit.lower()}{before}" if before else "day"
        steps.append(Reminder(code, start_of_day(calendar, day)))
    return steps


def ladder(due: datetime, calendar: WorkCalendar, *, around_the_clock: bool) -> tuple[Step, ...]:
    """Who is told from the deadline on, in order (domain.md §2).

    The holder and the head of the department at once; the deputy after 1 WH and the head of МЦУ
    after 4 WH, time to put it right; the coordinator and the head of the municipality with the
    last working minute of the 1st and 3rd working day after. Around the clock: 0, 0, 15 and
    30 minutes, 1 h, 4 h. Only the spans of the last two are given by domain.md; the rest is ours.
    """
    if around_the_clock:
        waits = (0, 0, 15, 30, 60, 240)
        times = [due + timedelta(minutes=wait) for wait in waits]
    else:
        at_once = due if working_moment_not_after(calendar, due) == due else None
        at_once = at_once or next_working_moment(calendar, due)
        day = local_day(calendar, due)
        if not is_working_day(calendar, day):
            day = previous_working_day(calendar, day)
        times = [
            at_once,
            at_once,
            add_working_minutes(calendar, due, 60),
            add_working_minutes(calendar, due, 240),
            end_of_day(calendar, nth_working_day(calendar, day, 1)),
            end_of_day(calendar, nth_working_day(calendar, day, 3)),
        ]
    codes = ("holder", "department", "deputy", "mcu", "coordinator", "head")
    steps, latest = [], times[0]
    for code, at in zip(codes, times, strict=True):
        # On a calendar of very short days 4 WH may pass the coordinator's turn: order holds.
        latest = max(latest, at)
        steps.append(Step(code, latest.astimezone(UTC)))
    return tuple(steps)
