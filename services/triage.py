"""The duty officer decides what the hub was not sure of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from services import (
    alike,
    cases,
    corrections,
    intake,
    menus,
    notify,
    opening,
    received,
    return_rules,
    sending,
    told_topics,
)
from services.access import Actor, authorise
from services.calendar import WorkCalendar, add_working_minutes
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import Appeal, AppealId, Event, Purpose, State
from services.notices import Kind

OURS = (State.NEW, State.RETURNING)
"""States in which a case stands before the duty officer."""
DECIDE_WITHIN = timedelta(hours=1)
"""Working time until the duty chat is alerted (invariant 9)."""


def since(events: Iterable[Event]) -> datetime | None:
    """When the case came to the duty officer, this time; None when it never did."""
    came = [e.at for e in events if e.target in OURS and e.source is not e.target]
    return came[-1] if came else None


def decide_by(calendar: WorkCalendar, events: Iterable[Event]) -> datetime | None:
    """A working hour after the case came (conversations.md §2.8, «решить до»)."""
    came = since(events)
    minutes = DECIDE_WITHIN // timedelta(minutes=1)
    return None if came is None else add_working_minutes(calendar, came, minutes)


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
    appeal = await sending.to_block(desk, appeal, actor, code=code, block=block)
    if source is State.NEW:
        intake.count(desk, appeal, "received")
        appeal = alike.with_key(desk, appeal)
    if block == returned_by:
        await notify.under_card(
            desk, appeal, Kind.RETURN_JUDGED, key=f"return_judged:{appeal.id}", final=False
        )
    await notify.card(desk, appeal)
    if source is not State.ASSIGNED or await desk.uow.screens.anchored(f"triage:{appeal.id}"):
        await notify.triage(desk, appeal)
    await close_menus(desk, appeal)
    await corrections.moved(desk, appeal, before)
    notify.receipt(desk, appeal)
    return appeal


@use_case
async def undo(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> Appeal:
    """«Вернуть себе»: back to the duty officer while nobody in the block has taken it.

    Raises Denied, OutOfDate.
    """
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.UNROUTE, block=appeal.block)
    if not may_undo(appeal):
        raise OutOfDate("moved_on")
    received.never(desk, appeal, await desk.uow.appeals.events_of(appeal.id))
    appeal = await sending.back(desk, appeal, actor)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


def may_undo(appeal: Appeal) -> bool:
    """Nobody has worked on it since it was sent to its block, and no return was judged by it."""
    untouched = appeal.state is State.ASSIGNED and appeal.taken_at is None
    return untouched and not appeal.reopened and not appeal.returns


async def close_menus(desk: Desk, appeal: Appeal) -> None:
    """What was decided shuts everybody's menus of the case in the duty chat."""
    chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    if chat is not None:
        await menus.close_all(desk, appeal.id, chat_id=chat.external_id)


@use_case
async def shut(desk: Desk, appeal_id: AppealId) -> None:
    """`close_menus` of a case decided elsewhere."""
    await close_menus(desk, await cases.locked(desk, appeal_id))


@use_case
async def open_menu(
    desk: Desk,
    *,
    actor: Actor,
    appeal_id: AppealId,
    channel: str,
    chat: str,
    name: str,
    page: int = 1,
) -> None:
    """A menu under the triage card: the blocks, «Ещё», the urgencies. Raises Denied, OutOfDate."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.ROUTE, block=appeal.block)
    # What nobody holds yet may go to another block still; the rest is for what stands before us.
    moving = name == "triage.blocks" and appeal.state is State.ASSIGNED
    if appeal.state not in OURS and not moving:
        raise OutOfDate("moved_on")
    await menus.show(desk, appeal, actor=actor, channel=channel, chat=chat, name=name, page=page)


@use_case
async def close_menu(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> None:
    """«Назад» from «Ещё»: the menu goes."""
    await menus.close(desk, appeal_id, actor=actor)


async def understand_again(desk: Desk, appeal: Appeal) -> Appeal:
    """The citizen said more: what the hub suggests follows all of his words."""
    said = await desk.uow.appeals.utterances_of(appeal.id)
    seen = desk.understand("\n".join(s.masked for s in said if s.author_id == appeal.person_id))
    anew = replace(appeal, **opening.suggestions(seen))
    if told_topics.told(await desk.uow.appeals.events_of(appeal.id)) is None:
        return anew
    # What a person has said it is about stands; only whose it may be is asked of the words.
    return replace(anew, topic=appeal.topic, reason=told_topics.words_for(anew, appeal.topic))
