"""An emergency calls named duty people in private, day and night, until one accepts (1.5, §1)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from services import cases, clocks, deadlines, menus, notify, on_call
from services.desk import Desk, use_case
from services.lifecycle import OPEN
from services.model import Alarm, Appeal, Person, PersonId, Purpose, Role, State
from services.notices import Kind, Priority
from services.policies import ClockKind, Regime, Urgency

WORKED_ON = OPEN - {State.ANSWERED, State.DISPUTED}


async def sound(desk: Desk, appeal: Appeal) -> Alarm:
    """Call the duty people for an emergency; what they were called for before consent is this."""
    for earlier in await desk.uow.duty.nameless(appeal.person_id):
        if earlier.over_at is None:
            alarm = desk.uow.put(
                replace(earlier, appeal_id=appeal.id, text="", place=None, point=None)
            )
            await show(desk, alarm)
            return alarm
    standing = await desk.uow.duty.alarm_of(appeal.id)
    if standing is not None and standing.open:
        return standing
    return await _anew(desk, appeal)


async def again(desk: Desk, appeal: Appeal) -> None:
    """What they were called for has changed: they are called at once, accepted or not."""
    standing = await desk.uow.duty.alarm_of(appeal.id)
    if standing is not None and standing.open:
        await _call(desk, standing)
    else:
        await _anew(desk, appeal)


async def _anew(desk: Desk, appeal: Appeal) -> Alarm:
    running = [c for c in await clocks.live(desk, appeal) if c.kind is ClockKind.REACTION]
    due = running[0].due_at if running else _reaction(desk)
    return await _raise(desk, appeal.person_id, appeal, due=max(due, desk.now))


async def before_consent(
    desk: Desk,
    person: Person,
    *,
    channel: str,
    chat: str,
    text: str,
    place: str | None,
    point: tuple[float, float] | None = None,
) -> Alarm:
    """Call for words of somebody who has not consented; said again they call again at once."""
    where = list(point) if point else None
    for earlier in await desk.uow.duty.nameless(person.id):
        if earlier.open:
            standing = await desk.uow.screens.anchored(_card_anchor(earlier))
            if standing is not None:
                # The duty chat hears it again, too: an edit would not sound.
                menus.remove(desk, standing)
            place, where = place or earlier.place, where or earlier.point
            return await _call(desk, replace(earlier, text=text, place=place, point=where))
    return await _raise(
        desk,
        person.id,
        None,
        due=_reaction(desk),
        channel=channel,
        chat=chat,
        text=text,
        place=place,
        point=where,
    )


def _reaction(desk: Desk) -> datetime:
    policy = deadlines.choose(desk.town.policies, regime=Regime.BOT, urgency=Urgency.EMERGENCY)
    found = deadlines.deadlines(policy, desk.town.calendar, received=desk.now)
    return next(d.due for d in found if d.kind is ClockKind.REACTION)


async def _raise(
    desk: Desk,
    author: PersonId,
    appeal: Appeal | None,
    *,
    due: datetime,
    channel: str = "",
    chat: str = "",
    text: str = "",
    place: str | None = None,
    point: list[float] | None = None,
) -> Alarm:
    alarm = Alarm(
        id=desk.uow.new_id(Alarm),
        appeal_id=appeal.id if appeal else None,
        author_id=author,
        channel=appeal.channel if appeal else channel,
        chat_id=appeal.chat_id if appeal else chat,
        text=text,
        place=place,
        raised_at=desk.now,
        due_at=due,
        called=[],
        calls=0,
        called_at=desk.now,
        point=point,
    )
    return await _call(desk, desk.uow.add(alarm))


async def _call(desk: Desk, alarm: Alarm) -> Alarm:
    """One call of everybody: a new message, so that it sounds; the one before goes."""
    wanted = list(dict.fromkeys([*await on_call.people(desk), *map(PersonId, alarm.called)]))
    alarm = desk.uow.put(
        replace(alarm, called=list(wanted), calls=alarm.calls + 1, called_at=desk.now)
    )
    for person_id in wanted:
        standing = await desk.uow.screens.anchored(_anchor(alarm, person_id))
        if standing is not None:
            menus.remove(desk, standing)
        await _private(desk, alarm, person_id, Priority.EMERGENCY)
    await _in_triage(desk, alarm)
    return alarm


def _anchor(alarm: Alarm, person_id: PersonId) -> str:
    return f"alarm:{alarm.id}:{person_id}"


def _card_anchor(alarm: Alarm) -> str:
    return f"alarm_card:{alarm.id}"


async def _private(desk: Desk, alarm: Alarm, person_id: PersonId, priority: Priority) -> None:
    await notify.in_private(
        desk,
        person_id,
        Kind.ALARM,
        about=alarm.appeal_id,
        anchor=_anchor(alarm, person_id),
        coalesce=True,
        priority=priority,
        alarm=alarm.id,
    )


async def _in_triage(desk: Desk, alarm: Alarm) -> None:
    """The duty chat sees it too: the case's own card there, or one of the words alone."""
    anchor = _card_anchor(alarm)
    if alarm.appeal_id is not None and await desk.uow.screens.anchored(anchor) is None:
        return
    await notify.in_chat(
        desk,
        await desk.uow.people.chat_for(Purpose.TRIAGE),
        Kind.EMERGENCY_UNCONSENTED,
        anchor=anchor,
        coalesce=True,
        priority=Priority.EMERGENCY,
        alarm=alarm.id,
    )


async def show(desk: Desk, alarm: Alarm) -> None:
    """Bring everything that was said of the alarm up to date."""
    for person_id in map(PersonId, alarm.called):
        await _private(desk, alarm, person_id, Priority.EMERGENCY)
    await _in_triage(desk, alarm)


@use_case
async def call_again(desk: Desk, *, every: timedelta) -> int:
    """Call for everything nobody has accepted; past its reaction tell the head and the deputy.

    A job; returns how many alarms called.
    """
    called = 0
    for found in await desk.uow.duty.open_alarms():
        appeal = await cases.locked(desk, found.appeal_id) if found.appeal_id else None
        alarm = await desk.uow.lock(Alarm, found.id)
        if alarm is None or not alarm.open:
            continue
        if appeal is not None and not _still(appeal):
            await show(desk, desk.uow.put(replace(alarm, over_at=desk.now)))
            continue
        if alarm.escalated_at is None and desk.now >= alarm.due_at:
            alarm = await _escalate(desk, alarm, appeal)
        if desk.now - alarm.called_at >= every:
            called += 1
            await _call(desk, alarm)
    return called


def _still(appeal: Appeal) -> bool:
    return appeal.urgency is Urgency.EMERGENCY and appeal.state in WORKED_ON


async def over(desk: Desk, appeal: Appeal) -> None:
    """No emergency any more, by a person's decision."""
    alarm = await desk.uow.duty.alarm_of(appeal.id)
    if alarm is not None and alarm.open:
        await show(desk, desk.uow.put(replace(alarm, over_at=desk.now)))


async def _escalate(desk: Desk, alarm: Alarm, appeal: Appeal | None) -> Alarm:
    """Half an hour and nobody: the head of МЦУ is called from now on, the deputy is told."""
    heads = [p for p in await on_call.holders(desk, Role.MHD) if await on_call.reachable(desk, p)]
    for person_id in heads:
        await notify.in_private(
            desk,
            person_id,
            Kind.ALARM_UNANSWERED,
            about=alarm.appeal_id,
            key=f"unanswered:{alarm.id}",
            priority=Priority.EMERGENCY,
            alarm=alarm.id,
        )
    if appeal is not None:
        await notify.to_deputies(
            desk,
            appeal,
            Kind.ALARM_UNANSWERED,
            key=f"unanswered:{alarm.id}",
            alarm=alarm.id,
        )
    called = list(dict.fromkeys([*alarm.called, *heads]))
    return desk.uow.put(replace(alarm, called=called, escalated_at=desk.now))


@use_case
async def forget_words(desk: Desk, *, older_than: timedelta) -> int:
    """Empty what people wrote who never consented (a job): kept no longer than their drafts."""
    old = await desk.uow.duty.nameless_before(desk.now - older_than)
    for alarm in old:
        await forget(desk, alarm)
    return len(old)


async def forget(desk: Desk, alarm: Alarm) -> None:
    """Empty the words of an alarm where they stand; an open one ends."""
    over_at = desk.now if alarm.open else alarm.over_at
    await show(desk, desk.uow.put(replace(alarm, text="", place=None, point=None, over_at=over_at)))
