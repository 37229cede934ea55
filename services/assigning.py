"""«Назначить», «Поручить»: somebody above gives a case to a person of the block, in private.

Heads and deputies do not work on cases themselves: they say who does (domain.md §11).
"""

from __future__ import annotations

from typing import Any

from services import cases, hand_over, holding, menus, notify, undo, work
from services.access import Actor, authorise
from services.desk import Desk, use_case
from services.errors import OutOfDate
from services.lifecycle import Action, allowed
from services.model import Appeal, AppealId, Person, PersonId
from services.notices import Kind, Priority


async def _ready(desk: Desk, actor: Actor, appeal_id: AppealId) -> Appeal:
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.ASSIGN, block=appeal.block)
    if Action.ASSIGN not in allowed(appeal.state):
        raise OutOfDate("moved_on")
    return appeal


@use_case
async def choose(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, page: int = 1, turned: bool = False
) -> None:
    """Whom to? A list at the end of the chat; `turned`: the same message, another page.

    Raises Denied, OutOfDate.
    """
    appeal = await _ready(desk, actor, appeal_id)
    standing = await desk.uow.screens.anchored(_anchor(appeal.id, actor))
    if standing is not None and not turned:
        menus.remove(desk, standing)
    await _show(desk, appeal, actor, page=page)


async def _show(desk: Desk, appeal: Appeal, actor: Actor, **ref: Any) -> None:
    if actor.person_id is not None:
        await notify.in_private(
            desk,
            actor.person_id,
            Kind.ASSIGN,
            about=appeal.id,
            anchor=_anchor(appeal.id, actor),
            priority=Priority.ANSWER,
            **ref,
        )


def _anchor(appeal_id: AppealId, actor: Actor) -> str:
    return f"assign:{appeal_id}:{actor.person_id}"


@use_case
async def cancel(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> None:
    """«Отмена»: the list goes."""
    standing = await desk.uow.screens.anchored(_anchor(appeal_id, actor))
    if standing is not None:
        menus.remove(desk, standing)


@use_case
async def give(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, to: PersonId | None
) -> tuple[Appeal, Person]:
    """The case is this person's now; `to` None: whose hands hold the fewest.

    He hears of it in private and by name in the block's chat. Raises Denied,
    DomainError(«nobody_else», «not_in_block»), OutOfDate.
    """
    appeal = await _ready(desk, actor, appeal_id)
    person = await hand_over.chosen(desk, appeal, to)
    held = appeal.holder_id is not None
    await work.shelve_drafts(desk, appeal)
    appeal = await holding.take_for(
        desk, appeal, actor, person.id, action=Action.ASSIGN, code=undo.code_to(person.id)
    )
    seq = appeal.event_seq
    await notify.in_chat(
        desk,
        await notify.home(desk, appeal),
        Kind.HANDED_OVER,
        appeal=appeal,
        anchor=f"handed:{appeal.id}:{seq}",
        to=person.id,
        seq=seq,
        same_date=held,
    )
    key = f"assigned:{appeal.id}:{seq}"
    await notify.in_private(
        desk, person.id, Kind.ASSIGNED, about=appeal.id, key=key, by=actor.person_id
    )
    await _show(desk, appeal, actor, given=person.id, at=desk.now.isoformat())
    return appeal, person
