"""The second return of a case: the head of МЦУ decides where it goes, finally, and who was right.

domain.md, invariant 3; conversations.md §3.2, «Ping-pong». Three steps on one question: the block,
whose return was justified, one line of reason.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services import cases, decisions, dialogs, notify, prompts, reasons, return_rules, sending
from services.access import Actor, authorise
from services.desk import Desk, use_case
from services.errors import Denied, DomainError, OutOfDate
from services.lifecycle import Action
from services.model import Appeal, Decision, Matter, Person, PersonId, Role, State
from services.notices import Kind
from services.phrases import phrase


async def ask(desk: Desk, appeal: Appeal, *, asked_by: PersonId | None) -> Decision:
    """Ask the head of МЦУ; the coordinator where no head can be reached, else the duty chat."""
    role = Role.MHD
    if not await decisions.reachable(desk, Role.MHD) and await decisions.reachable(desk, Role.CRD):
        role = Role.CRD
    decision = await decisions.ask(desk, appeal, Matter.SECOND_RETURN, role=role, asked_by=asked_by)
    await notify.under_card(
        desk, appeal, Kind.PLAIN, text="second_return", values={"number": appeal.id}
    )
    return decision


async def _open(desk: Desk, actor: Actor, decision_id: int) -> tuple[Decision, Appeal]:
    decision = await decisions.opened(desk, decision_id)
    if decision.matter is not Matter.SECOND_RETURN:
        raise DomainError("no_such_decision")
    appeal = await cases.locked(desk, decision.appeal_id)
    role = authorise(actor, Action.DECIDE_RETURN, block=appeal.block)
    if role is Role.CRD and decision.role is not Role.CRD:
        raise Denied("no_role", deed=Action.DECIDE_RETURN)
    return decision, appeal


async def _show(desk: Desk, decision: Decision, **data: Any) -> Decision:
    kept = {k: v for k, v in {**decision.data, **data}.items() if v is not None}
    decision = desk.uow.put(replace(decision, data=kept))
    await notify.decision_everywhere(desk, decision)
    return decision


@use_case
async def turn(desk: Desk, *, actor: Actor, decision_id: int, page: int | None) -> Decision:
    """«Другой блок»: a page of all blocks in the same message; None goes back to the two."""
    decision, appeal = await _open(desk, actor, decision_id)
    if appeal.state is not State.RETURNING:
        return await decisions.lapse(desk, decision)
    return await _show(desk, decision, page=page, to=None, just=None)


@use_case
async def choose(desk: Desk, *, actor: Actor, decision_id: int, block: str) -> Decision:
    """The block is chosen; next: whose return was justified?"""
    decision, appeal = await _open(desk, actor, decision_id)
    if appeal.state is not State.RETURNING:
        return await decisions.lapse(desk, decision)
    if block not in desk.town.blocks:
        raise OutOfDate("outdated")
    return await _show(desk, decision, to=block, page=None, just=None)


@use_case
async def judge(
    desk: Desk,
    *,
    actor: Actor,
    person: Person,
    decision_id: int,
    whose: str,
    channel: str,
    chat: str,
) -> Decision:
    """Whose return was justified; next: one line of reason, in the person's next message."""
    decision, appeal = await _open(desk, actor, decision_id)
    if appeal.state is not State.RETURNING:
        return await decisions.lapse(desk, decision)
    blocks = {r.block for r in return_rules.returns(await desk.uow.appeals.events_of(appeal.id))}
    if "to" not in decision.data or whose not in blocks | {return_rules.BOTH, return_rules.NONE}:
        raise OutOfDate("outdated")
    decision = await _show(desk, decision, just=whose)
    if await desk.uow.people.chat(channel, chat) is not None:
        await prompts.ask(
            desk,
            appeal,
            actor=actor,
            channel=channel,
            chat=chat,
            purpose="final_reason",
            decision=decision.id,
        )
        return decision
    await reasons.ask(
        desk,
        person,
        appeal.id,
        dialogs.FINAL_REASON,
        channel=channel,
        chat=chat,
        text="final_reason",
        decision=decision.id,
    )
    return decision


@use_case
async def decide(
    desk: Desk, *, actor: Actor, person: Person, decision_id: int, chat: str, words: str
) -> Decision:
    """The reason is written: the case goes to the block, and never comes back.

    Raises Denied, OutOfDate, DomainError(«decided_by», «reason_needed», «too_long»).
    """
    decision, appeal = await _open(desk, actor, decision_id)
    await dialogs.close(desk, person.id, chat)
    if appeal.state is not State.RETURNING:
        return await decisions.lapse(desk, decision)
    block, whose = decision.data.get("to"), decision.data.get("just")
    if block is None or whose is None:
        raise OutOfDate("outdated")
    text = phrase(desk, words)
    appeal = await sending.for_good(
        desk, appeal, actor, code=f"{block}.final.{whose}", text=text, block=block
    )
    decision = await decisions.settle(desk, decision, by=actor.person_id, verdict=block)
    await notify.card(desk, appeal)
    await notify.triage(desk, appeal)
    notify.receipt(desk, appeal)
    await notify.under_card(
        desk,
        appeal,
        Kind.RETURN_JUDGED,
        key=f"final_return:{decision.id}",
        final=True,
        words=text,
    )
    return decision
