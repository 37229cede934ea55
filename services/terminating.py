"""«Завершить»: the head of МЦУ ends an open case; the citizen reads why (domain.md §1)."""

from __future__ import annotations

from services import cases, decisions, notify, questions, reasons, sendable, work
from services.access import Actor, authorise
from services.desk import Desk, use_case
from services.dialogs import TERMINATE
from services.lifecycle import Action, target
from services.model import Appeal, AppealId, Outcome, Person, State
from services.notices import Kind
from services.phrases import LIMIT, within


@use_case
async def ask_reason(
    desk: Desk, *, actor: Actor, person: Person, appeal_id: AppealId, channel: str, chat: str
) -> None:
    """«Завершить» on a card read in private: why? Raises what `terminate` does."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.TERMINATE, block=appeal.block)
    target(appeal.state, Action.TERMINATE)
    await cases.check_nobody_follows(desk, appeal)
    await reasons.ask(
        desk,
        person,
        appeal.id,
        TERMINATE,
        channel=channel,
        chat=chat,
        text="terminate_why",
        appeal=appeal.id,
    )


@use_case
async def terminate(desk: Desk, *, actor: Actor, appeal_id: AppealId, reason: str) -> Appeal:
    """The case is closed; its author reads why and is asked only whether that is clear.

    Raises Denied, OutOfDate, DomainError(«reason_needed», «too_long», «visible_…»,
    «leads_problem»).
    """
    reason = within(reason, limit=LIMIT, empty="reason_needed")
    sendable.check_words(reason)
    appeal = await cases.locked(desk, appeal_id)
    waited = appeal.state is State.WAITING_CITIZEN
    appeal = await cases.move(
        desk, appeal, Action.TERMINATE, actor, text=reason, outcome=Outcome.TERMINATED
    )
    if waited:
        await questions.settle(desk, appeal)
    await work.shelve_drafts(desk, appeal)
    for question in await desk.uow.decisions.of_appeal(appeal.id):
        if question.verdict is None:
            await decisions.lapse(desk, question)
    anchor = f"ended:{appeal.id}:{appeal.event_seq}"
    notify.to_citizen(desk, appeal, Kind.TERMINATED, anchor=anchor, reason=reason)
    await notify.card(desk, appeal)
    await notify.triage_if_shown(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal
