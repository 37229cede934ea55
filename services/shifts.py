"""Who is on duty now, and what is handed over with a shift (/shift)."""

from __future__ import annotations

from dataclasses import replace

from services import notify, queue
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import DomainError
from services.model import PersonId, Purpose, Shift
from services.notices import Kind


@use_case
async def come_on(desk: Desk, *, actor: Actor) -> Shift:
    """«Заступить». Raises Denied, DomainError(«on_shift»)."""
    authorise(actor, Deed.STAND_DUTY)
    assert actor.person_id is not None
    if await _mine(desk, actor.person_id) is not None:
        raise DomainError("on_shift")
    shift = desk.uow.add(Shift(desk.uow.new_id(Shift), actor.person_id, desk.now, None))
    await _tell(desk, actor.person_id, came=True)
    return shift


@use_case
async def leave(desk: Desk, *, actor: Actor) -> Shift:
    """«Сдать»: the duty chat reads what is handed over. Raises Denied, DomainError(«off_shift»)."""
    authorise(actor, Deed.STAND_DUTY)
    assert actor.person_id is not None
    shift = await _mine(desk, actor.person_id)
    if shift is None:
        raise DomainError("off_shift")
    shift = desk.uow.put(replace(shift, until=desk.now))
    await _tell(desk, actor.person_id, came=False)
    return shift


async def _mine(desk: Desk, person_id: PersonId) -> Shift | None:
    on = await desk.uow.duty.on_shift()
    return next((s for s in on if s.person_id == person_id), None)


async def _tell(desk: Desk, person_id: PersonId, *, came: bool) -> None:
    now = await queue.load(desk)
    on = [s.person_id for s in await desk.uow.duty.on_shift() if s.until is None]
    await notify.in_chat(
        desk,
        await desk.uow.people.chat_for(Purpose.TRIAGE),
        Kind.SHIFT_CHANGED,
        person=person_id,
        came=came,
        on=on,
        counts=[now.unowned, now.ours, now.dead],
    )


@use_case
async def show(desk: Desk, *, actor: Actor, channel: str, chat: str) -> None:
    """/shift: who is on duty, with buttons. Raises Denied."""
    authorise(actor, Deed.STAND_DUTY)
    notify.to_person(desk, None, Kind.SHIFT, channel=channel, chat_id=chat)
