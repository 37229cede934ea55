"""A case goes to a colleague of the block, free or held; a minute later it is settled.

The events name both: the actor is who pressed, the code is who got the case.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from services import cases, holding, menus, notify, undo, work
from services.access import BLOCK_STAFF, Actor, authorise
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import WHOLE_CENTRE, Appeal, AppealId, Person, PersonId, State
from services.notices import Kind
from services.policies import Urgency

if TYPE_CHECKING:
    from storage.unit import UnitOfWork

MANY = 9
"""So many cases in one pair of hands are marked «много» (conversations.md §2.3)."""
_MOVABLE = (State.ASSIGNED, State.IN_PROGRESS, State.WAITING_CITIZEN)


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who could have the case, with the cases he holds already."""

    person: Person
    held: int


async def crew(uow: UnitOfWork, appeal: Appeal, now: datetime) -> list[Colleague]:
    """Executors and heads of the appeal's block but its holder, in the order of their roles."""
    people: list[PersonId] = []
    for role in BLOCK_STAFF:
        scopes = [s for s in (appeal.block, WHOLE_CENTRE) if s]
        people += [g.person_id for g in await uow.people.holders(role, now, scopes=scopes)]
    others = [p for p in dict.fromkeys(people) if p != appeal.holder_id]
    held = await uow.appeals.held_by(others)
    return [Colleague(await uow.need(Person, p), held.get(p, 0)) for p in others]


@use_case
async def turn(
    desk: Desk,
    *,
    actor: Actor,
    appeal_id: AppealId,
    channel: str,
    chat: str,
    name: str,
    page: int = 1,
) -> None:
    """Open «Передать», or turn its menu to the page `name` of bot/views/menus.

    Raises Denied, DomainError(«held_by»), OutOfDate.
    """
    appeal = await cases.locked(desk, appeal_id)
    await _may_move(desk, actor, appeal)
    await menus.show(desk, appeal, actor=actor, channel=channel, chat=chat, name=name, page=page)


async def _may_move(desk: Desk, actor: Actor, appeal: Appeal) -> None:
    """A free case anybody of the block may hand to a colleague, a held one its holder or a head."""
    authorise(actor, Action.HAND_OVER, block=appeal.block)
    if appeal.state not in _MOVABLE:
        raise OutOfDate("moved_on")
    if appeal.holder_id is not None:
        await cases.check_may_free(desk, appeal, actor)


@use_case
async def give(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, to: PersonId | None
) -> tuple[Appeal, Person]:
    """Hand the case to a colleague; `to` None: to the one with the fewest cases.

    Raises Denied, DomainError(«held_by», «nobody_else», «not_in_block»), OutOfDate.
    """
    appeal = await cases.locked(desk, appeal_id)
    await _may_move(desk, actor, appeal)
    person = await chosen(desk, appeal, to)
    code = undo.code_to(person.id)
    held = appeal.holder_id is not None
    if held:
        await work.shelve_drafts(desk, appeal)
        appeal = await cases.move(
            desk,
            appeal,
            Action.HAND_OVER,
            actor,
            code=code,
            holder_id=person.id,
            taken_at=desk.now,
        )
        await notify.card(desk, appeal)
    else:
        appeal = await holding.take_for(desk, appeal, actor, person.id, code=code)
    await menus.close(desk, appeal.id, actor=actor)
    await _tell(desk, appeal, person.id, seq=appeal.event_seq, same_date=held)
    return appeal, person


async def chosen(desk: Desk, appeal: Appeal, to: PersonId | None) -> Person:
    """The colleague `to`; None: the one with the fewest cases.

    Raises DomainError(«nobody_else», «not_in_block»).
    """
    colleagues = await crew(desk.uow, appeal, desk.now)
    if not colleagues:
        raise DomainError("nobody_else")
    if to is None:
        return min(colleagues, key=lambda c: c.held).person
    found = next((c.person for c in colleagues if c.person.id == to), None)
    if found is None:
        raise DomainError("not_in_block")
    return found


async def _tell(
    desk: Desk, appeal: Appeal, person_id: PersonId, *, seq: int, same_date: bool
) -> None:
    """The new holder is called by name; the button to undo goes when its minute is over."""
    chat = await notify.home(desk, appeal)
    await notify.with_undo(
        desk,
        chat,
        Kind.HANDED_OVER,
        appeal=appeal,
        anchor=f"handed:{appeal.id}:{seq}",
        to=person_id,
        seq=seq,
        same_date=same_date,
    )


@use_case
async def take_back(desk: Desk, *, actor: Actor, appeal_id: AppealId, seq: int) -> Appeal:
    """«Отменить» within a minute, by who handed the case over: all is as it was before.

    Raises DomainError(«others_undo», «undo_late»), OutOfDate when the case has moved on.
    """
    appeal = await cases.locked(desk, appeal_id)
    events = await desk.uow.appeals.events_of(appeal.id)
    given = undo.gives(events)
    if not given or given[-1].seq != seq or appeal.state not in _MOVABLE:
        raise OutOfDate("moved_on")
    event = given[-1]
    if event.action == Action.ASSIGN or event.actor_id != actor.person_id:
        raise DomainError("others_undo")
    told = event.action == Action.TAKE and appeal.urgency is Urgency.EMERGENCY
    if told or not undo.in_time(event.at, desk.now):
        raise DomainError("undo_late")
    if undo.receiver(event) != appeal.holder_id:
        raise OutOfDate("moved_on")
    await work.shelve_drafts(desk, appeal)
    if event.action == Action.TAKE:
        appeal = await holding.untake(desk, appeal, actor, seq=seq)
    else:
        before = given[-2] if len(given) > 1 else None
        appeal = await cases.move(
            desk,
            appeal,
            Action.HAND_OVER,
            actor,
            code=undo.code_undo(seq),
            holder_id=undo.receiver(before) if before else actor.person_id,
            taken_at=before.at if before else desk.now,
        )
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    await _tell_undone(desk, appeal, seq)
    return appeal


async def _tell_undone(desk: Desk, appeal: Appeal, seq: int) -> None:
    anchor = f"handed:{appeal.id}:{seq}"
    chat = await notify.home(desk, appeal)
    await notify.in_chat(
        desk, chat, Kind.HANDED_OVER, appeal=appeal, anchor=anchor, seq=seq, to=0, same_date=False
    )
