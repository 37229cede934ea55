"""The duty officer decides what the hub was not sure of."""

from __future__ import annotations

from services import cases, corrections, intake, notify
from services.access import Actor, authorise
from services.desk import Desk, use_case
from services.errors import DomainError
from services.lifecycle import Action
from services.model import Appeal, AppealId, State
from services.notices import Kind


@use_case
async def route(desk: Desk, *, actor: Actor, appeal_id: AppealId, block: str) -> Appeal:
    """Send an appeal to a block. Raises Denied, OutOfDate, DomainError(«no_such_block»)."""
    if block not in desk.town.blocks:
        raise DomainError("no_such_block", code=block, codes=", ".join(desk.town.blocks))
    appeal = await cases.locked(desk, appeal_id)
    source, before = appeal.state, appeal.block
    authorise(actor, Action.ROUTE, block=appeal.block)
    appeal = await cases.move(desk, appeal, Action.ROUTE, actor, code=block, block=block)
    if source is State.NEW:
        intake.count(desk, appeal, "received")
    await notify.card(desk, appeal)
    if source is not State.ASSIGNED or await desk.uow.screens.anchored(f"triage:{appeal.id}"):
        await notify.triage(desk, appeal)
    await _close_menus(desk, appeal)
    await corrections.moved(desk, appeal, before)
    notify.receipt(desk, appeal)
    return appeal


async def _close_menus(desk: Desk, appeal: Appeal) -> None:
    for menu in await desk.uow.screens.of_appeal(appeal.id, Kind.BLOCK_MENU):
        bound = await desk.uow.people.chat(menu.channel, menu.chat_id)
        await notify.in_chat(
            desk,
            bound,
            Kind.BLOCK_MENU,
            appeal=appeal,
            anchor=menu.anchor,
            owner=menu.owner_id,
            closed=True,
        )


@use_case
async def show_blocks(
    desk: Desk,
    *,
    actor: Actor,
    appeal_id: AppealId,
    channel: str,
    chat: str,
    message: str,
    page: int,
) -> None:
    """«Другой блок»: a menu of all blocks under the triage card, owned by who pressed."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.ROUTE, block=appeal.block)
    bound = await desk.uow.people.chat(channel, chat)
    await notify.in_chat(
        desk,
        bound,
        Kind.BLOCK_MENU,
        appeal=appeal,
        anchor=f"menu:{appeal.id}:{actor.person_id}",
        reply_to=message,
        owner=actor.person_id,
        page=page,
    )
