"""What clocks say when a step comes: a reminder, the end, a word to the deputy."""

from __future__ import annotations

from typing import Any

from services import cases, clocks, intake, notify, postponing
from services.calendar import working_minutes_between
from services.desk import Desk, use_case
from services.lifecycle import Action
from services.model import Appeal, Clock, Purpose, State
from services.notices import Kind, Priority
from services.policies import Urgency

_SETTLED = (State.ANSWERED, State.CLOSED, State.MERGED, State.REJECTED, State.DISPUTED)


@use_case
async def speak(desk: Desk) -> dict[str, int]:
    """Say everything that has come due; run again it says nothing twice.

    Returns how many reminders and escalations were written.
    """
    said = {clocks.BEFORE: 0, clocks.DUE: 0, clocks.DEPUTY: 0, clocks.PROMISED: 0}
    due = await desk.uow.appeals.speaking_clocks(desk.now)
    # Appeals are locked in one order and their clocks read again: somebody may be answering now.
    for found in sorted(due, key=lambda clock: (clock.appeal_id, clock.id)):
        appeal = await cases.locked(desk, found.appeal_id)
        fresh = await desk.uow.lock(Clock, found.id)
        if fresh is None or fresh.next_at is None or fresh.next_at > desk.now:
            continue
        clock, step = clocks.say_next(desk, fresh)
        if step is None or appeal.state in _SETTLED:
            continue
        code = step[0]
        said[code] += 1
        if code == clocks.PROMISED:
            await postponing.day_came(desk, appeal, clock)
            continue
        await _say(desk, appeal, clock, code)
        if code != clocks.BEFORE:
            intake.count(desk, appeal, f"late_{clock.kind}")
            await notify.card(desk, appeal)
    return said


async def _say(desk: Desk, appeal: Appeal, clock: Clock, code: str) -> None:
    key = f"{code}:clock {clock.id}"
    ref: dict[str, Any] = {"clock": clock.id, "step": code}
    if code == clocks.DEPUTY:
        await notify.to_deputies(desk, appeal, Kind.OVERDUE_DEPUTY, key=key, **ref)
        return
    chat = await notify.home(desk, appeal)
    urgent = appeal.urgency is Urgency.EMERGENCY
    await notify.in_chat(
        desk,
        chat,
        Kind.REMINDER,
        appeal=appeal,
        key=key,
        priority=Priority.EMERGENCY if urgent else Priority.REMINDER,
        holder=appeal.holder_id,
        **ref,
    )


@use_case
async def call_unowned(desk: Desk, *, minutes: int) -> int:
    """Tell the duty chat of cases without an owner for `minutes` of working time (invariant 9)."""
    triage = await desk.uow.people.chat_for(Purpose.TRIAGE)
    told = 0
    for appeal in await desk.uow.appeals.unowned():
        since, key = appeal.registered_at, f"unowned:{appeal.id}"
        if appeal.state is State.RETURNING:
            events = await desk.uow.appeals.events_of(appeal.id)
            since = [e.at for e in events if e.action == Action.RETURN][-1]
            key += f":{appeal.returns}"
        if working_minutes_between(desk.town.calendar, since, desk.now) >= minutes:
            told += 1
            await notify.in_chat(desk, triage, Kind.UNOWNED, appeal=appeal, key=key)
    return told
