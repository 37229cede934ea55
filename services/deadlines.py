"""When an answer is due, and why: policies applied to a calendar (domain.md §2).

Pure: moments are arguments, results are frozen values. A deadline carries its explanation as
structured reasons; bot/views/deadlines makes words of them. Units of time are in
services/deadline_units, reminders and the ladder in services/deadline_steps.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from services.calendar import (
    DAY,
    MINUTE,
    WorkCalendar,
    add_working_minutes,
    end_of_day,
    federal,
    is_known,
    local_day,
    working_minutes_between,
)
from services.deadline_steps import Reminder, Step, ladder, reminders
from services.deadline_units import Reason, calendar_days, reason, working_days, working_hours
from services.policies import ClockKind, Policy, Regime, Span, Unit, Urgency

__all__ = [
    "Deadline",
    "Reason",
    "Reminder",
    "Step",
    "choose",
    "deadlines",
    "halved",
    "ladder",
    "reminders",
    "resumed",
]


@dataclass(frozen=True, slots=True)
class Deadline:
    """One running clock: when it is due (UTC) and how that came about."""

    kind: ClockKind
    due: datetime
    reasons: tuple[Reason, ...]
    span: Span


def choose(policies: Iterable[Policy], *, regime: Regime, urgency: Urgency) -> Policy:
    """The policy for an appeal: the most specific one, each in its newest version.

    A named urgency weighs more than a named regime: an emergency goes by A01 whatever the legal
    kind («any» in domain.md §2). Raises LookupError when no policy fits.
    """
    newest: dict[str, Policy] = {}
    for policy in policies:
        if policy.id not in newest or newest[policy.id].version < policy.version:
            newest[policy.id] = policy
    fitting = [
        policy
        for policy in newest.values()
        if (not policy.regimes or regime in policy.regimes)
        and (not policy.urgencies or urgency in policy.urgencies)
    ]
    if not fitting:
        raise LookupError(f"no deadline policy for regime «{regime}», urgency «{urgency}»")
    return min(fitting, key=_generality)


def _generality(policy: Policy) -> tuple[int, int, str]:
    return (
        len(policy.urgencies) or len(Urgency) + 1,
        len(policy.regimes) or len(Regime) + 1,
        policy.id,
    )


def deadlines(
    policy: Policy,
    calendar: WorkCalendar,
    *,
    received: datetime,
    registered: date | None = None,
) -> tuple[Deadline, ...]:
    """All clocks of a policy for an appeal, in the order they run (domain.md §2).

    Hours, a reaction and a registration count from the receipt; an answer or a fix in days
    counts from the registration day, by default the day of the receipt.
    """
    calendar, day0 = _counted(policy, calendar), local_day(calendar, received)
    if registered is not None and registered < day0:
        raise ValueError(f"registered on {registered}, before it was received on {day0}")
    late = (ClockKind.ANSWER, ClockKind.FIX)
    return tuple(
        _deadline(
            policy,
            calendar,
            kind,
            span,
            start=received,
            day0=registered or day0 if kind in late else day0,
        )
        for kind, span in policy.clocks
    )


def halved(policy: Policy, calendar: WorkCalendar, *, start: datetime) -> Deadline:
    """The clock of a reopened appeal or of a «partly» child: half of the answer's (A01: the fix's).

    A half is rounded up to whole days (minutes for WH, CH), never under 1 day or 2 hours
    (domain.md §1).
    """
    spans = dict(policy.clocks)
    kind = ClockKind.ANSWER if ClockKind.ANSWER in spans else ClockKind.FIX
    if kind not in spans:
        raise LookupError(f"policy {policy.id} has no answer to halve")
    base = spans[kind]
    least = 120 if base.unit in (Unit.CH, Unit.WH) else 1
    half = Span(base.unit, max(least, -(-base.amount // 2)))
    calendar = _counted(policy, calendar)
    day0 = local_day(calendar, start)
    clock = _deadline(policy, calendar, kind, half, start=start, day0=day0)
    why = reason("halved", unit=base.unit, amount=base.amount)
    return replace(clock, reasons=(why, *clock.reasons))


def resumed(
    due: datetime,
    calendar: WorkCalendar,
    *,
    paused_at: datetime,
    resumed_at: datetime,
    span: Span,
) -> datetime:
    """Where a deadline moves after waiting for the citizen (domain.md §2; never used for 59fz).

    By the working time that passed; a deadline in days then still ends with the last working
    minute of the day it has reached: due Fri 4.12 17:00, waited 8 h 10 min → Mon 7.12 18:00,
    waited 1 h → the same. A wait outside working time moves nothing. For CH clocks, which run
    day and night, all the time that passed is working time.
    """
    if span.unit is Unit.CH:
        return due + max(resumed_at - paused_at, timedelta())
    waited = working_minutes_between(calendar, paused_at, resumed_at)
    if not waited:
        return due
    moved = add_working_minutes(calendar, due, waited)
    return moved if span.unit is Unit.WH else end_of_day(calendar, local_day(calendar, moved))


def _counted(policy: Policy, calendar: WorkCalendar) -> WorkCalendar:
    """Regional days off are days off for a 59fz clock only when the municipality says so."""
    if Regime.LAW59 in policy.regimes and not calendar.regional_counts_for_59fz:
        return federal(calendar)
    return calendar


def _deadline(
    policy: Policy,
    calendar: WorkCalendar,
    kind: ClockKind,
    span: Span,
    *,
    start: datetime,
    day0: date,
) -> Deadline:
    why: tuple[Reason, ...]
    match span.unit:
        case Unit.CH:
            due, why = start + span.amount * MINUTE, (reason("around_the_clock"),)
        case Unit.WH:
            due, why = working_hours(calendar, span.amount, start)
        case Unit.WD:
            due, why = working_days(calendar, span.amount, day0)
        case Unit.CD:
            due, why = calendar_days(policy, calendar, span.amount, day0, start)
    head = reason("span", unit=span.unit, amount=span.amount, first=day0 + DAY)
    unknown: tuple[Reason, ...] = ()
    if span.unit is not Unit.CH:
        years = range(local_day(calendar, start).year, local_day(calendar, due).year + 1)
        unknown = tuple(reason("year_unknown", year=n) for n in years if not is_known(calendar, n))
    return Deadline(kind, due.astimezone(UTC), (head, *why, *unknown), span)
