"""The duty officer asks the citizen before any block has the case (conversations.md §2.8)."""

from __future__ import annotations

from services import cases, menus, notify, prompts, questions, triage
from services.access import Actor, authorise
from services.desk import Desk, use_case
from services.errors import OutOfDate
from services.lifecycle import Action
from services.model import Appeal, AppealId, State
from services.phrases import within


@use_case
async def ask_own(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str
) -> None:
    """«Свой вопрос»: a prompt for its words. Raises Denied, OutOfDate."""
    appeal = await _ours(desk, actor, appeal_id)
    await menus.close(desk, appeal.id, actor=actor)
    await prompts.ask(
        desk, appeal, actor=actor, channel=channel, chat=chat, purpose="triage_question"
    )


@use_case
async def quick(desk: Desk, *, actor: Actor, appeal_id: AppealId, code: str) -> Appeal:
    """One of the usual questions; the citizen reads it in his language.

    Raises Denied, OutOfDate.
    """
    if code not in questions.QUICK:
        raise OutOfDate("outdated")
    appeal = await _ours(desk, actor, appeal_id)
    return await _put(desk, appeal, actor, code=code)


@use_case
async def ask(desk: Desk, *, actor: Actor, appeal_id: AppealId, text: str) -> Appeal:
    """Send the citizen one question; the case waits for him and the reaction is stopped.

    Raises Denied, OutOfDate, DomainError(«question_needed», «too_long»).
    """
    appeal = await _ours(desk, actor, appeal_id)
    text = within(text, limit=questions.LIMIT, empty="question_needed")
    return await _put(desk, appeal, actor, text=text)


async def _put(
    desk: Desk, appeal: Appeal, actor: Actor, *, code: str | None = None, text: str | None = None
) -> Appeal:
    appeal = await questions.put(desk, appeal, actor, code=code, text=text)
    await notify.triage(desk, appeal)
    await triage.close_menus(desk, appeal)
    return appeal


@use_case
async def withdraw(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> Appeal:
    """«Снять вопрос»: the officer decides without the answer. Raises Denied, OutOfDate."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.ROUTE, block=appeal.block)
    if appeal.state is not State.WAITING_CITIZEN or appeal.came_from not in triage.OURS:
        raise OutOfDate("moved_on")
    appeal = await questions.withdraw(desk, appeal, actor)
    await notify.triage(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


async def _ours(desk: Desk, actor: Actor, appeal_id: AppealId) -> Appeal:
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.ROUTE, block=appeal.block)
    if appeal.state not in triage.OURS:
        raise OutOfDate("moved_on")
    return appeal
