"""«История»: the whole thread of a case, read in private; every opening is an event (§2.7)."""

from __future__ import annotations

from services import cases, contacts, hidden, notify
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import OutOfDate
from services.model import Appeal, AppealId, Posted, Role
from services.notices import Kind, Priority


@use_case
async def may_view(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> None:
    """Before the messenger opens the private chat. Raises Denied, DomainError."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Deed.VIEW, block=appeal.block)


@use_case
async def show(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> Appeal:
    """The first page in the reader's private chat. Raises Denied, DomainError(«no_such_appeal»)."""
    appeal = await cases.locked(desk, appeal_id)
    role = authorise(actor, Deed.VIEW, block=appeal.block)
    appeal = cases.note_event(desk, appeal, "view", actor, deed=Deed.VIEW)
    held = appeal.holder_id is not None and appeal.holder_id == actor.person_id
    contact = held and await contacts.phone_of(desk, appeal.person_id) is not None
    said = await desk.uow.appeals.utterances_of(appeal.id) if held else ()
    masks = held and bool(hidden.hidden(said, desk.town.public_numbers))
    assert actor.person_id is not None
    await notify.in_private(
        desk,
        actor.person_id,
        Kind.HISTORY,
        about=appeal.id,
        priority=Priority.ANSWER,
        anchor=f"history:{appeal.id}:{appeal.event_seq}",
        page=1,
        # An observer reads masked (domain.md §11), colleagues' notes too.
        masked=role is Role.AUD,
        contact=contact,
        hidden=masks,
        # What happens after the opening does not shift its pages.
        until=appeal.event_seq,
    )
    return appeal


@use_case
async def turn(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, page: int, posted: Posted | None
) -> None:
    """Another page in the same message. Raises Denied, OutOfDate."""
    if posted is None or posted.kind != Kind.HISTORY:
        raise OutOfDate("outdated")
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Deed.VIEW, block=appeal.block)
    assert actor.person_id is not None
    ref = {**posted.data, "page": page}
    await notify.in_private(
        desk,
        actor.person_id,
        Kind.HISTORY,
        about=appeal.id,
        priority=Priority.ANSWER,
        anchor=posted.anchor,
        **ref,
    )
