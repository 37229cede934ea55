"""The duty officer asks the citizen before any block has the case (conversations.md §2.8)."""

from __future__ import annotations

from services import cases, dialogs, menus, notify, prompts, triage
from services.access import Actor, authorise
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import Appeal, AppealId, State
from services.notices import Kind
from services.wire import units

LONGEST = 1000
"""A question in UTF-16 units: one thought, one question."""


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
async def ask(desk: Desk, *, actor: Actor, appeal_id: AppealId, text: str, key: str) -> Appeal:
    """Send the citizen one question; the case waits for him and the reaction is stopped.

    `key` names this question: asked twice it is sent once. Raises Denied, OutOfDate,
    DomainError(«question_needed», «too_long»).
    """
    appeal = await _ours(desk, actor, appeal_id)
    text = text.strip()
    if not text:
        raise DomainError("question_needed")
    if units(text) > LONGEST:
        raise DomainError("too_long", n=units(text), limit=LONGEST)
    appeal = await cases.move(desk, appeal, Action.ASK, actor, text=text)
    notify.to_citizen(desk, appeal, Kind.QUESTION, key=key, text=text)
    await dialogs.close(desk, appeal.person_id, appeal.chat_id)
    await notify.triage(desk, appeal)
    await triage.close_menus(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


@use_case
async def withdraw(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> Appeal:
    """«Снять вопрос»: the officer decides without the answer. Raises Denied, OutOfDate."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.ROUTE, block=appeal.block)
    if appeal.state is not State.WAITING_CITIZEN or appeal.came_from not in triage.OURS:
        raise OutOfDate("moved_on")
    appeal = await cases.move(desk, appeal, Action.UNASK, actor)
    await notify.triage(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


async def _ours(desk: Desk, actor: Actor, appeal_id: AppealId) -> Appeal:
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.ROUTE, block=appeal.block)
    if appeal.state not in triage.OURS:
        raise OutOfDate("moved_on")
    return appeal
