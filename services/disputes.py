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
async def decide(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, back: bool, reason: str = ""
) -> Appeal:
    """Back to work with half the clock, or the answer stands; the citizen reads the `reason`.

    A case that was rejected goes back to triage. Raises Denied, OutOfDate, DomainError
    («checked_it») when he checked that answer himself: then the coordinator decides (domain.md,
    «Who decides»).
    """
    appeal = await cases.locked(desk, appeal_id)
    action = Action.DECIDE_KEEP
    if back:
        action = Action.DECIDE_ANEW if appeal.block is None else Action.DECIDE_BACK
    role = authorise(actor, action, block=appeal.block)
    answer = await desk.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    if answer is not None and answer.checker_id == actor.person_id:
        raise DomainError("checked_it")
    if role is Role.CRD and not await _falls_to_the_coordinator(desk, answer):
        raise Denied("no_role", deed=action)
    outcome = None if back else _standing(answer)
    appeal = await cases.move(desk, appeal, action, actor, text=reason or None, outcome=outcome)
    if back:
        clocks.start_half(desk, appeal)
    anchor = f"decided:{appeal.id}:{appeal.event_seq}"
    notify.to_citizen(desk, appeal, Kind.DECIDED, anchor=anchor, back=back, reason=reason)
    await notify.card(desk, appeal)
    await notify.triage_if_shown(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


def _standing(answer: Answer | None) -> Outcome:
    """How the case stays closed: as its answer said, or rejected where there was none."""
    return Outcome(answer.outcome) if answer is not None else Outcome.REJECTED


async def _falls_to_the_coordinator(desk: Desk, answer: Answer | None) -> bool:
    """The head of МЦУ checked that answer himself, or there is no head."""
    heads = {g.person_id for g in await desk.uow.people.holders(Role.MHD, desk.now)}
    return not heads or (answer is not None and answer.checker_id in heads)
