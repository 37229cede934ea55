"""The third return of an answer: the head of МЦУ decides, not the department that answered."""

from __future__ import annotations

from services import cases, clocks, decisions, dialogs, notify, prompts, reasons, substitutes
from services.access import Actor, authorise
from services.calendar import end_of_day, local_day, nth_working_day
from services.desk import Desk, use_case
from services.errors import Denied, DomainError, OutOfDate
from services.lifecycle import Action
from services.model import (
    Answer,
    Appeal,
    AppealId,
    Decision,
    Matter,
    Outcome,
    Person,
    Role,
    State,
)
from services.notices import Kind
from services.phrases import LIMIT, within

BACK, KEEP = "back", "keep"
DAYS = 1
"""Working days for a decision (domain.md §2, I01)."""


async def ask(desk: Desk, appeal: Appeal, *, why: str) -> Decision:
    """Ask the head of МЦУ, the coordinator where he checked that answer, else in the duty chat.

    `why`: one of services/reopenings THIRD, REFUSAL, REJECTION.
    """
    calendar = desk.town.calendar
    until = end_of_day(calendar, nth_working_day(calendar, local_day(calendar, desk.now), DAYS))
    notify.to_citizen(
        desk,
        appeal,
        Kind.DISPUTED,
        key=f"disputed:{appeal.id}:{appeal.event_seq}",
        why=why,
        due=until.isoformat(),
    )
    answer = await desk.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    barred = answer.checker_id if answer is not None else None
    role = Role.MHD
    if not await decisions.reachable(desk, role, barred=barred):
        role = Role.CRD if await decisions.reachable(desk, Role.CRD, barred=barred) else role
    return await decisions.ask(
        desk,
        appeal,
        Matter.DISPUTE,
        role=role,
        asked_by=None,
        until=until.isoformat(),
        barred=barred,
        why=why,
    )


@use_case
async def ask_reason(
    desk: Desk,
    *,
    actor: Actor,
    person: Person,
    appeal_id: AppealId,
    back: bool,
    channel: str,
    chat: str,
    private: bool,
) -> None:
    """A verdict was pressed: it needs a reason in words before it counts.

    Raises what `decide` does.
    """
    appeal = await cases.locked(desk, appeal_id)
    await _may(desk, appeal, actor, back=back)
    if not private:
        await prompts.ask(
            desk, appeal, actor=actor, channel=channel, chat=chat, purpose="dispute", back=back
        )
        return
    await reasons.ask(
        desk,
        person,
        appeal.id,
        dialogs.DISPUTE,
        channel=channel,
        chat=chat,
        text="dispute_why_back" if back else "dispute_why_keep",
        appeal=appeal.id,
        back=back,
    )


@use_case
async def decide(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, back: bool, reason: str
) -> Appeal:
    """Back to work with half the clock, or the answer stands; the citizen reads the reason.

    A case that was rejected goes back to triage. Raises Denied, OutOfDate, DomainError
    («decided_by», «reason_needed»), («checked_it») when he checked that answer himself: then the
    coordinator decides (domain.md, «Who decides»).
    """
    reason = within(reason, limit=LIMIT, empty="reason_needed")
    appeal = await cases.locked(desk, appeal_id)
    question, answer = await _may(desk, appeal, actor, back=back)
    outcome = None if back else _standing(answer)
    action = _action(appeal, back=back)
    appeal = await cases.move(desk, appeal, action, actor, text=reason, outcome=outcome)
    if back:
        clocks.start_half(desk, appeal)
    verdict = BACK if back else KEEP
    await decisions.settle(desk, question, by=actor.person_id, verdict=verdict, reason=reason)
    anchor = f"decided:{appeal.id}:{question.id}"
    notify.to_citizen(desk, appeal, Kind.DECIDED, anchor=anchor, back=back, reason=reason)
    await notify.card(desk, appeal)
    await notify.triage_if_shown(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


def _action(appeal: Appeal, *, back: bool) -> Action:
    if not back:
        return Action.DECIDE_KEEP
    return Action.DECIDE_ANEW if appeal.block is None else Action.DECIDE_BACK


def _standing(answer: Answer | None) -> Outcome:
    """How the case stays closed: as its answer said, or rejected where there was none."""
    return Outcome(answer.outcome) if answer is not None else Outcome.REJECTED


async def _may(
    desk: Desk, appeal: Appeal, actor: Actor, *, back: bool
) -> tuple[Decision, Answer | None]:
    role = authorise(actor, _action(appeal, back=back), block=appeal.block)
    asked = await desk.uow.decisions.of_appeal(appeal.id, Matter.DISPUTE)
    if not asked:
        raise OutOfDate("moved_on")
    question = await decisions.opened(desk, asked[-1].id)
    if appeal.state is not State.DISPUTED:
        raise OutOfDate("moved_on")
    answer = await desk.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    if answer is not None and answer.checker_id == actor.person_id:
        raise DomainError("checked_it")
    if role is Role.CRD and not await _falls_to_the_coordinator(desk, answer):
        raise Denied("no_role")
    return question, answer


async def _falls_to_the_coordinator(desk: Desk, answer: Answer | None) -> bool:
    """The head of МЦУ checked that answer himself, or there is no head."""
    heads = set(await substitutes.responsible(desk, None, Role.MHD))
    return not heads or (answer is not None and answer.checker_id in heads)
