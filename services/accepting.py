"""«Принял»: an emergency stops calling, its author is told who has it (conversations.md §1.5)."""

from __future__ import annotations

from dataclasses import replace

from services import audit, cases, duty_calls, notify
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import DomainError
from services.model import Alarm, Appeal, Person, PersonId
from services.notices import Kind, Priority


@use_case
async def accept(desk: Desk, *, actor: Actor, alarm_id: int) -> Alarm:
    """«Принял» of a duty person: the first one wins, the citizen is told.

    Raises Denied, DomainError(«no_such_alarm», «accepted_by», «alarm_over»).
    """
    role = authorise(actor, Deed.ACCEPT)
    found = await desk.uow.get(Alarm, alarm_id)
    if found is None:
        raise DomainError("no_such_alarm")
    # The case is locked before its alarm, as by everybody who answers for it.
    appeal = await cases.locked(desk, found.appeal_id) if found.appeal_id is not None else None
    alarm = await desk.uow.lock(Alarm, alarm_id)
    if alarm is None or actor.person_id is None:
        raise DomainError("no_such_alarm")
    if alarm.accepted_by is not None:
        person = await desk.uow.need(Person, alarm.accepted_by)
        raise DomainError("accepted_by", name=person.first_name, at=alarm.accepted_at)
    if alarm.over_at is not None:
        raise DomainError("alarm_over")
    alarm = await _accepted(desk, alarm, actor.person_id)
    if appeal is None:
        _tell_author(desk, alarm)
        return alarm
    appeal = desk.uow.put(
        audit.record(desk, appeal, action=Deed.ACCEPT, actor=actor, role=role, source=appeal.state)
    )
    await tell_citizen(desk, appeal)
    await notify.card(desk, appeal)
    return alarm


async def taken(desk: Desk, appeal: Appeal) -> None:
    """The block took the case: that is an acceptance too, nobody is called any more."""
    alarm = await desk.uow.duty.alarm_of(appeal.id)
    if alarm is not None and alarm.open and appeal.holder_id is not None:
        await _accepted(desk, alarm, appeal.holder_id)


async def _accepted(desk: Desk, alarm: Alarm, by: PersonId) -> Alarm:
    alarm = desk.uow.put(replace(alarm, accepted_by=by, accepted_at=desk.now))
    await duty_calls.show(desk, alarm)
    return alarm


async def tell_citizen(desk: Desk, appeal: Appeal) -> None:
    """«Дежурный принял в 22:47»: once for each time the duty people were called."""
    alarm = await desk.uow.duty.alarm_of(appeal.id)
    notify.to_citizen(
        desk,
        appeal,
        Kind.TAKEN,
        key=f"accepted:{appeal.id}:{alarm.id if alarm else 0}",
        priority=Priority.EMERGENCY,
        accepted=desk.now.isoformat(),
    )


def _tell_author(desk: Desk, alarm: Alarm) -> None:
    notify.queue(
        desk,
        Kind.ALARM_ACCEPTED,
        channel=alarm.channel,
        chat_id=alarm.chat_id,
        person_id=alarm.author_id,
        priority=Priority.EMERGENCY,
        key=f"alarm_accepted:{alarm.id}",
        ref={"at": desk.now.isoformat()},
    )
