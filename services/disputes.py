"""The third return of an answer: the head of МЦУ decides, not the department that answered."""

from __future__ import annotations

from services import cases, clocks, notify
from services.access import Actor, authorise
from services.desk import Desk, use_case
from services.errors import Denied, DomainError
from services.lifecycle import Action
from services.model import Answer, Appeal, AppealId, Outcome, Role
from services.notices import Kind


@use_case
async def decide(desk: Desk, *, actor: Actor, appeal_id: AppealId, back: bool) -> Appeal:
    """Back to work with half the clock, or the answer stands.

    Raises Denied, OutOfDate, DomainError(«checked_it») when he checked that answer himself: then
    the coordinator decides (domain.md, «Who decides»).
    """
    appeal = await cases.locked(desk, appeal_id)
    action = Action.DECIDE_BACK if back else Action.DECIDE_KEEP
    role = authorise(actor, action, block=appeal.block)
    answer = await desk.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    if answer is not None and answer.checker_id == actor.person_id:
        raise DomainError("checked_it")
    if role is Role.CRD and not await _falls_to_the_coordinator(desk, answer):
        raise Denied("no_role", deed=action)
    outcome = None if back or answer is None else Outcome(answer.outcome)
    appeal = await cases.move(desk, appeal, action, actor, outcome=outcome)
    if back:
        clocks.start_half(desk, appeal)
    notify.to_citizen(desk, appeal, Kind.DECIDED, back=back)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


async def _falls_to_the_coordinator(desk: Desk, answer: Answer | None) -> bool:
    """The head of МЦУ checked that answer himself, or there is no head."""
    heads = {g.person_id for g in await desk.uow.people.holders(Role.MHD, desk.now)}
    return not heads or (answer is not None and answer.checker_id in heads)
