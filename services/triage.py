"""The duty officer decides what the hub was not sure of."""

from __future__ import annotations

from services import cases, corrections, intake, notify, return_rules
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
    returned_by = appeal.block if appeal.state is State.RETURNING else None
    if returned_by is not None and appeal.returns >= return_rules.FINAL_AT:
        raise DomainError("head_decides")
    code = block
    if returned_by is not None:
        same = block == returned_by
        code += f".{return_rules.UNJUSTIFIED if same else return_rules.JUSTIFIED}"
    appeal = await cases.move(desk, appeal, Action.ROUTE, actor, code=code, block=block)
    if source is State.NEW:
        intake.count(desk, appeal, "received")
    if block == returned_by:
        await notify.under_card(
            desk, appeal, Kind.RETURN_JUDGED, key=f"return_judged:{appeal.id}", final=False
        )
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
