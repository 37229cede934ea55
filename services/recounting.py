"""A case is weighed anew: its clocks end where the other policy says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from services import clocks, deadlines
from services.deadlines import Deadline
from services.desk import Desk
from services.model import Appeal, Clock, ClockState, Event, State
from services.policies import ClockKind, Policy, Regime, Urgency

_LATE = (ClockKind.ANSWER, ClockKind.FIX)
"""One of them ends the work: A01 has a fix where the others have an answer."""


async def recount(desk: Desk, appeal: Appeal) -> None:
    """The appeal has another policy: its running clocks end where that one says.

    They still count from the receipt (a halved one from where it began), never from now, and the
    time that the citizen was waited for is added again.
    """
    policy, calendar = clocks.policy_of(desk, appeal), desk.town.calendar
    found = {d.kind: d for d in deadlines.deadlines(policy, calendar, received=appeal.received_at)}
    late = found.get(ClockKind.ANSWER) or found.get(ClockKind.FIX)
    waits = _waits(await desk.uow.appeals.events_of(appeal.id))
    standing = await clocks.live(desk, appeal)
    promised = _promised(appeal, standing)
    for clock in standing:
        if clock.stopped_at is not None:
            continue
        deadline = found.get(clock.kind) or (late if clock.kind in _LATE else None)
        if clock.halved:
            deadline = deadlines.halved(policy, calendar, start=clock.started_at)
        if deadline is not None:
            counted = _moved(desk, policy, clock, deadline, waits)
            if promised is not None and clock.kind in _LATE and counted.due_at < promised:
                clocks.move_to(desk, appeal, counted, promised)
            else:
                desk.uow.put(counted)


def _promised(appeal: Appeal, standing: Sequence[Clock]) -> datetime | None:
    """A promised day that stands: the citizen was told it. What can't wait is not promised away."""
    if appeal.urgency in (Urgency.EMERGENCY, Urgency.CRITICAL):
        return None
    promises = [c for c in standing if c.kind is ClockKind.PROMISE and c.stopped_at is None]
    return promises[-1].due_at if promises else None


def _moved(
    desk: Desk,
    policy: Policy,
    clock: Clock,
    deadline: Deadline,
    waits: list[tuple[datetime, datetime]],
) -> Clock:
    due = deadline.due
    for since, until in waits:
        if since >= clock.started_at and Regime.LAW59 not in policy.regimes:
            due = deadlines.resumed(
                due,
                desk.town.calendar,
                paused_at=since,
                resumed_at=until,
                span=deadline.span,
            )
    steps = clocks.steps_of(desk, policy, deadline.kind, deadline.span, clock.started_at, due)
    paused = clock.state is ClockState.PAUSED
    return replace(
        clock,
        kind=deadline.kind,
        state=ClockState.PAUSED if paused else ClockState.RUNNING,
        span=str(deadline.span),
        due_at=due,
        policy=policy.id,
        policy_version=policy.version,
        steps=[[code, clocks.micros(at)] for code, at in steps],
        next_at=None if paused or not steps else steps[0][1],
    )


def _waits(events: Sequence[Event]) -> list[tuple[datetime, datetime]]:
    """From when to when the citizen was waited for, waits that are over."""
    found: list[tuple[datetime, datetime]] = []
    since: datetime | None = None
    for event in events:
        waiting = event.target is State.WAITING_CITIZEN
        if waiting and since is None:
            since = event.at
        elif not waiting and since is not None:
            found.append((since, event.at))
            since = None
    return found
