"""«Не наше»: a block gives a case back, or takes it for a repeat (conversations.md §2.4)."""

from __future__ import annotations

from dataclasses import replace

from services import (
    cases,
    final_returns,
    menus,
    notify,
    prompts,
    questions,
    refusals,
    return_rules,
    work,
)
from services.access import Actor, authorise
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import Appeal, AppealId, Purpose, State
from services.notices import Kind
from services.phrases import phrase


async def _ready(desk: Desk, actor: Actor, appeal_id: AppealId) -> Appeal:
    """The case, if this person may give it back now."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.RETURN, block=appeal.block)
    if appeal.state not in (State.ASSIGNED, State.IN_PROGRESS):
        raise OutOfDate("moved_on")
    if appeal.holder_id is not None:
        await cases.check_may_free(desk, appeal, actor)
    return appeal


async def _check(desk: Desk, appeal: Appeal) -> None:
    events = await desk.uow.appeals.events_of(appeal.id)
    block, calendar = appeal.block or "", desk.town.calendar
    return_rules.check(events, block=block, now=desk.now, calendar=calendar)


@use_case
async def open_menu(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str
) -> None:
    """«Не наше»: what happened? Raises Denied, OutOfDate, DomainError(«held_by»)."""
    appeal = await _ready(desk, actor, appeal_id)
    await menus.show(desk, appeal, actor=actor, channel=channel, chat=chat, name="return")


@use_case
async def choose_block(
    desk: Desk,
    *,
    actor: Actor,
    appeal_id: AppealId,
    channel: str,
    chat: str,
    reason: str,
    page: int = 0,
) -> None:
    """Whose is it then? Page 0: the two best; from 1 on: all blocks.

    Raises what `give_back` raises, so that nobody writes words in vain.
    """
    appeal = await _ready(desk, actor, appeal_id)
    if reason not in return_rules.REASONS:
        raise OutOfDate("outdated")
    await _check(desk, appeal)
    await menus.show(
        desk,
        appeal,
        actor=actor,
        channel=channel,
        chat=chat,
        name="return_where",
        reason=reason,
        page=page,
    )


@use_case
async def ask_reason(
    desk: Desk,
    *,
    actor: Actor,
    appeal_id: AppealId,
    channel: str,
    chat: str,
    reason: str,
    block: str,
) -> None:
    """The block is suggested: now why, in a phrase."""
    appeal = await _ready(desk, actor, appeal_id)
    _check_choice(desk, appeal, reason, block)
    await _check(desk, appeal)
    await menus.close(desk, appeal.id, actor=actor)
    await prompts.ask(
        desk,
        appeal,
        actor=actor,
        channel=channel,
        chat=chat,
        purpose="return_reason",
        reason=reason,
        block=block,
    )


def _check_choice(desk: Desk, appeal: Appeal, reason: str, block: str) -> None:
    known = reason in return_rules.REASONS and block in desk.town.blocks
    if not known or block == appeal.block:
        raise OutOfDate("outdated")


@use_case
async def give_back(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, reason: str, block: str, words: str
) -> Appeal:
    """The case goes back with a reason and a suggested block (domain.md, invariant 3).

    Raises Denied, OutOfDate, DomainError(«already_returned», «return_too_late»,
    «return_decided», «reason_needed», «too_long», «held_by»).
    """
    appeal = await _ready(desk, actor, appeal_id)
    _check_choice(desk, appeal, reason, block)
    await _check(desk, appeal)
    text = phrase(desk, words)
    await work.shelve_drafts(desk, appeal)
    appeal = await cases.move(
        desk,
        appeal,
        Action.RETURN,
        actor,
        code=f"{reason}.{block}",
        text=text,
        returns=appeal.returns + 1,
    )
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    await _call_duty(desk, appeal)
    if appeal.returns >= return_rules.FINAL_AT:
        await final_returns.ask(desk, appeal, asked_by=actor.person_id)
    return appeal


async def _call_duty(desk: Desk, appeal: Appeal) -> None:
    """A new triage card, with sound: an edit of the old one would call nobody."""
    old = await desk.uow.screens.anchored(f"triage:{appeal.id}")
    if old is not None:
        desk.uow.put(replace(old, anchor=None))
    await notify.triage(desk, appeal)


@use_case
async def too_little(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str
) -> bool:
    """«Мало данных» is no return: the same menu asks the citizen. False: take the case first."""
    appeal = await _ready(desk, actor, appeal_id)
    if appeal.holder_id != actor.person_id:
        await menus.close(desk, appeal.id, actor=actor)
        return False
    await questions.choose(desk, actor=actor, appeal_id=appeal.id, channel=channel, chat=chat)
    return True


@use_case
async def cannot_be_done(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str
) -> bool:
    """«Сделать нельзя» is no return: an answer that refuses. False: take the case first."""
    appeal = await _ready(desk, actor, appeal_id)
    await menus.close(desk, appeal.id, actor=actor)
    if appeal.holder_id != actor.person_id:
        return False
    await refusals.ask_words(desk, actor=actor, appeal_id=appeal.id, channel=channel, chat=chat)
    return True


@use_case
async def ask_number(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str
) -> None:
    """«Повтор другого»: which one?"""
    appeal = await _ready(desk, actor, appeal_id)
    await menus.close(desk, appeal.id, actor=actor)
    await prompts.ask(desk, appeal, actor=actor, channel=channel, chat=chat, purpose="repeat_of")


@use_case
async def propose_repeat(desk: Desk, *, actor: Actor, appeal_id: AppealId, words: str) -> Appeal:
    """The duty officer is told that the case repeats another of the same block.

    Raises DomainError(«no_number», «no_such_repeat»); the case itself stays where it is.
    """
    appeal = await _ready(desk, actor, appeal_id)
    number = _number(words)
    other = await desk.uow.get(Appeal, number) if number != appeal.id else None
    if other is None or other.block != appeal.block:
        raise DomainError("no_such_repeat", number=number)
    cases.note_event(desk, appeal, "repeat_proposed", actor, text=str(number))
    triage = await desk.uow.people.chat_for(Purpose.TRIAGE)
    await notify.in_chat(
        desk,
        triage,
        Kind.REPEAT_PROPOSED,
        appeal=appeal,
        key=f"repeat:{appeal.id}:{number}",
        of=number,
        by=actor.person_id,
    )
    await notify.under_card(
        desk, appeal, Kind.PLAIN, text="repeat_passed", values={"number": number}
    )
    return appeal


def _number(words: str) -> AppealId:
    digits = words.strip().lstrip("№# ").strip()
    if not (digits.isascii() and digits.isdecimal() and len(digits) <= 18):
        raise DomainError("no_number")
    return AppealId(int(digits))
