"""The running deadlines of an appeal: started, paused, stopped, and what they will say next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from services import deadlines
from services.calendar import local_day, start_of_day
from services.deadlines import Deadline
from services.desk import Desk
from services.model import Appeal, Clock, ClockState
from services.policies import ClockKind, Policy, Regime, Span, Unit, version_of

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)

_COUNTS_ON = {Regime.LAW59}
"""Waiting for the citizen never stops these (domain.md §2)."""

_NEVER_PAUSED = (ClockKind.REGISTRATION, ClockKind.PROMISE)
"""A promised day stays, whatever we ask the citizen."""

DUE = "holder"
"""The first step of the ladder: the clock's end, said to the holder in the block's chat."""
PROMISED = "promised"
"""What a promise says, at the opening of its day."""


def policy_of(desk: Desk, appeal: Appeal) -> Policy:
    """The policy version the appeal was registered under, or the newest of that id."""
    return version_of(desk.town.policies, appeal.policy, appeal.policy_version)


def start(
    desk: Desk,
    appeal: Appeal,
    found: Sequence[Deadline],
    *,
    halved: bool = False,
    since: datetime | None = None,
) -> tuple[Clock, ...]:
    """Start clocks with their steps, now or `since` an earlier moment."""
    policy = policy_of(desk, appeal)
    since = since or desk.now
    started = []
    for deadline in found:
        steps = _steps(desk, policy, deadline.kind, deadline.span, since, deadline.due)
        clock = Clock(
            id=desk.uow.new_id(Clock),
            appeal_id=appeal.id,
            kind=deadline.kind,
            state=ClockState.RUNNING,
            span=str(deadline.span),
            started_at=since,
            due_at=deadline.due,
            paused_at=None,
            stopped_at=None,
            halved=halved,
            policy=policy.id,
            policy_version=policy.version,
            steps=[[code, _micros(at)] for code, at in steps],
            next_at=steps[0][1] if steps else None,
        )
        started.append(desk.uow.add(clock))
    return tuple(started)


def _steps(
    desk: Desk, policy: Policy, kind: ClockKind, span: Span, started: datetime, due: datetime
) -> list[tuple[str, datetime]]:
    calendar, always = desk.town.calendar, policy.around_the_clock
    before = deadlines.reminders(
        kind, span, started=started, due=due, calendar=calendar, around_the_clock=always
    )
    ladder = deadlines.ladder(due, calendar, around_the_clock=always)
    return [(r.code, r.at) for r in before] + [(step.code, step.at) for step in ladder]


def start_half(desk: Desk, appeal: Appeal, *, since: datetime | None = None) -> tuple[Clock, ...]:
    """The clock of what was not done: half of the base, from `since` or now (domain.md §1)."""
    start_at = since or desk.now
    half = deadlines.halved(policy_of(desk, appeal), desk.town.calendar, start=start_at)
    return start(desk, appeal, [half], halved=True)


def restart(desk: Desk, appeal: Appeal) -> tuple[Clock, ...]:
    """The deadlines it had before it followed a problem: counted from receipt, never from now."""
    policy = policy_of(desk, appeal)
    found = deadlines.deadlines(policy, desk.town.calendar, received=appeal.received_at)
    return start(desk, appeal, found)


def say_next(desk: Desk, clock: Clock) -> tuple[Clock, list[tuple[str, datetime]]]:
    """Take the steps that have come off the clock; returns them, soonest first."""
    passed = [s for s in clock.steps if s[1] <= _micros(desk.now)]
    left = clock.steps[len(passed) :]
    state = clock.state
    if any(code == DUE for code, _ in passed) and state is ClockState.RUNNING:
        state = ClockState.MISSED
    next_at = moment(left[0][1]) if left else None
    clock = desk.uow.put(replace(clock, steps=left, next_at=next_at, state=state))
    return clock, [(code, moment(at)) for code, at in passed]


async def live(desk: Desk, appeal: Appeal) -> list[Clock]:
    """Clocks that still run, wait or are overdue."""
    ended = (ClockState.MET, ClockState.CANCELLED)
    return [c for c in await desk.uow.appeals.clocks_of(appeal.id) if c.state not in ended]


async def stop(desk: Desk, appeal: Appeal, *kinds: ClockKind) -> None:
    """What these clocks asked for was done. An overdue one stays missed, but falls silent."""
    for clock in await live(desk, appeal):
        if clock.kind not in kinds or clock.stopped_at is not None:
            continue
        late = desk.now > clock.due_at and clock.paused_at is None
        state = ClockState.MISSED if late else ClockState.MET
        desk.uow.put(_stopped(desk, clock, state))


async def run_on(desk: Desk, appeal: Appeal, kind: ClockKind) -> None:
    """What stopped the newest clock of this kind was undone: it runs as if nothing had been."""
    policy = policy_of(desk, appeal)
    clock = next(
        (c for c in reversed(await desk.uow.appeals.clocks_of(appeal.id)) if c.kind is kind), None
    )
    if clock is None or clock.stopped_at is None or clock.state is ClockState.CANCELLED:
        return
    steps = _steps(desk, policy, kind, Span.parse(clock.span), clock.started_at, clock.due_at)
    steps = [s for s in steps if s[1] > desk.now]
    desk.uow.put(
        replace(
            clock,
            state=ClockState.RUNNING if clock.due_at > desk.now else ClockState.MISSED,
            stopped_at=None,
            steps=[[code, _micros(at)] for code, at in steps],
            next_at=steps[0][1] if steps else None,
        )
    )


async def cancel(desk: Desk, appeal: Appeal) -> None:
    """Nothing is owed any more."""
    for clock in await live(desk, appeal):
        if clock.stopped_at is None:
            desk.uow.put(_stopped(desk, clock, ClockState.CANCELLED))


async def promise(desk: Desk, appeal: Appeal, until: datetime) -> Clock:
    """The answer is owed by the promised day now, and the promise has a clock of its own.

    An earlier promise gives way. A deadline that has passed stays missed and a new one starts; a
    day before the deadline moves nothing.
    """
    for clock in await live(desk, appeal):
        if clock.stopped_at is not None:
            continue
        if clock.kind is ClockKind.PROMISE:
            desk.uow.put(_stopped(desk, clock, ClockState.CANCELLED))
        elif clock.kind in (ClockKind.ANSWER, ClockKind.FIX) and clock.due_at < until:
            _move(desk, appeal, clock, until)
    calendar = desk.town.calendar
    day = local_day(calendar, until)
    opening = start_of_day(calendar, day)
    span = Span(Unit.CD, (day - local_day(calendar, desk.now)).days)
    policy = policy_of(desk, appeal)
    return desk.uow.add(
        Clock(
            id=desk.uow.new_id(Clock),
            appeal_id=appeal.id,
            kind=ClockKind.PROMISE,
            state=ClockState.RUNNING,
            span=str(span),
            started_at=desk.now,
            due_at=until,
            paused_at=None,
            stopped_at=None,
            halved=False,
            policy=policy.id,
            policy_version=policy.version,
            steps=[[PROMISED, _micros(opening)]],
            next_at=opening,
        )
    )


def _move(desk: Desk, appeal: Appeal, clock: Clock, until: datetime) -> None:
    policy, span = policy_of(desk, appeal), Span.parse(clock.span)
    steps = _steps(desk, policy, clock.kind, span, clock.started_at, until)
    steps = [s for s in steps if s[1] > desk.now]
    moved = replace(
        clock,
        state=ClockState.RUNNING,
        due_at=until,
        steps=[[code, _micros(at)] for code, at in steps],
        next_at=steps[0][1] if steps else None,
    )
    if clock.state is not ClockState.MISSED:
        desk.uow.put(moved)
        return
    desk.uow.put(_stopped(desk, clock, ClockState.MISSED))
    desk.uow.add(replace(moved, id=desk.uow.new_id(Clock), started_at=desk.now))


def _stopped(desk: Desk, clock: Clock, state: ClockState) -> Clock:
    return replace(clock, state=state, stopped_at=desk.now, steps=[], next_at=None)


async def pause(desk: Desk, appeal: Appeal) -> None:
    """The citizen is asked: his time is not ours. Never for 59fz."""
    if appeal.regime in _COUNTS_ON:
        return
    for clock in await live(desk, appeal):
        if clock.state is ClockState.RUNNING and clock.kind not in _NEVER_PAUSED:
            desk.uow.put(replace(clock, state=ClockState.PAUSED, paused_at=desk.now, next_at=None))


async def never_paused(desk: Desk, appeal: Appeal) -> None:
    """The question was taken back before it left: no time counts as waiting for the citizen."""
    for clock in await live(desk, appeal):
        if clock.state is ClockState.PAUSED:
            desk.uow.put(replace(clock, paused_at=desk.now))


async def resume(desk: Desk, appeal: Appeal) -> None:
    """The clocks go on, moved by the working time that passed."""
    policy = policy_of(desk, appeal)
    for clock in await live(desk, appeal):
        if clock.state is not ClockState.PAUSED or clock.paused_at is None:
            continue
        span = Span.parse(clock.span)
        due = deadlines.resumed(
            clock.due_at,
            desk.town.calendar,
            paused_at=clock.paused_at,
            resumed_at=desk.now,
            span=span,
        )
        steps = _steps(desk, policy, clock.kind, span, clock.started_at, due)
        steps = [s for s in steps if s[1] > desk.now]
        desk.uow.put(
            replace(
                clock,
                state=ClockState.RUNNING,
                paused_at=None,
                due_at=due,
                steps=[[code, _micros(at)] for code, at in steps],
                next_at=steps[0][1] if steps else None,
            )
        )


def _micros(at: datetime) -> int:
    return (at - EPOCH) // timedelta(microseconds=1)


def moment(micros: int) -> datetime:
    """The moment of a step as the clock keeps it."""
    return EPOCH + timedelta(microseconds=micros)
