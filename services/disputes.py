"""The third return of an answer: the head of МЦУ decides, not the department that answered."""

from __future__ import annotations

from services import cases, clocks, decisions, dialogs, notify, prompts, substitutes
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
    Purpose,
    Role,
    State,
)
from services.notices import Kind
from services.wire import units

BACK, KEEP = "back", "keep"
DAYS = 1
"""Working days for a decision (domain.md §2, I01)."""
REASON_LIMIT = 500
"""In UTF-16 units: one phrase to the citizen."""
NOBODY = 0
"""In the anchor of a question that stands in the duty chat."""


async def ask(desk: Desk, appeal: Appeal) -> Decision:
    """Ask the head of МЦУ, the coordinator where he checked that answer, else in the duty chat."""
    calendar = desk.town.calendar
    until = end_of_day(calendar, nth_working_day(calendar, local_day(calendar, desk.now), DAYS))
    notify.to_citizen(
        desk, appeal, Kind.DISPUTED, key=f"disputed:{appeal.id}", until=until.isoformat()
    )
    answer = await desk.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    barred = answer.checker_id if answer is not None else None
    role, reached = await _who_decides(desk, barred)
    decision = await decisions.ask(
        desk,
        appeal,
        Matter.DISPUTE,
        role=role,
        asked_by=None,
        until=until.isoformat(),
        barred=barred,
    )
    if not reached:
        triage = await desk.uow.people.chat_for(Purpose.TRIAGE)
        await notify.in_chat(
            desk,
            triage,
            Kind.DECISION,
            appeal=appeal,
            anchor=f"decision:{decision.id}:{NOBODY}",
            coalesce=True,
            decision=decision.id,
        )
    return decision


async def _who_decides(desk: Desk, barred: int | None) -> tuple[Role, bool]:
    """The role to ask, and whether anybody in it can be written to."""
    for role in (Role.MHD, Role.CRD):
        for person in await substitutes.responsible(desk, None, role):
            accounts = await desk.uow.people.accounts_of(person)
            reachable = any(a.started and a.unreachable_at is None for a in accounts)
            if person != barred and reachable:
                return role, True
    return Role.MHD, False


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
    await dialogs.ask(desk, person.id, chat, dialogs.DISPUTE, appeal=appeal.id, back=back)
    text = "dispute_why_back" if back else "dispute_why_keep"
    notify.plain(desk, person, channel=channel, chat_id=chat, text=text, number=appeal.id)


@use_case
async def decide(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, back: bool, reason: str
) -> Appeal:
    """Back to work with half the clock, or the answer stands; the citizen reads the reason.

    Raises Denied, OutOfDate, DomainError(«decided_by»), («reason_needed»), («checked_it») when he
    checked that answer himself: then the coordinator decides (domain.md, «Who decides»).
    """
    reason = reason.strip()
    if not reason:
        raise DomainError("reason_needed")
    if units(reason) > REASON_LIMIT:
        raise DomainError("too_long", n=units(reason), limit=REASON_LIMIT)
    appeal = await cases.locked(desk, appeal_id)
    question, answer = await _may(desk, appeal, actor, back=back)
    outcome = None if back or answer is None else Outcome(answer.outcome)
    action = Action.DECIDE_BACK if back else Action.DECIDE_KEEP
    appeal = await cases.move(desk, appeal, action, actor, text=reason, outcome=outcome)
    if back:
        clocks.start_half(desk, appeal)
    verdict = BACK if back else KEEP
    await decisions.settle(desk, question, by=actor.person_id, verdict=verdict, reason=reason)
    notify.to_citizen(
        desk, appeal, Kind.DECIDED, key=f"decided:{question.id}", back=back, reason=reason
    )
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


async def _may(
    desk: Desk, appeal: Appeal, actor: Actor, *, back: bool
) -> tuple[Decision, Answer | None]:
    role = authorise(actor, Action.DECIDE_BACK if back else Action.DECIDE_KEEP, block=appeal.block)
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
