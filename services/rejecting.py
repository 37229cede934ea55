"""«Не проблема»: a person closes what is no report, says why, and can be told he was wrong."""

from __future__ import annotations

from services import cases, notify
from services.access import Actor, authorise
from services.desk import Desk, use_case
from services.errors import DomainError
from services.lifecycle import Action
from services.model import Appeal, AppealId, Outcome
from services.notices import Kind

REASONS = ("spam", "abuse", "nothing")
"""Advertising, insults only, nothing to be done in it."""


@use_case
async def reject(desk: Desk, *, actor: Actor, appeal_id: AppealId, reason: str) -> Appeal:
    """Close a case that nobody should work on; the citizen is told and may object.

    Raises Denied, OutOfDate (only what is not routed is rejected), DomainError(«no_such_reason»).
    """
    if reason not in REASONS:
        raise DomainError("no_such_reason")
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.REJECT, block=appeal.block)
    appeal = await cases.move(desk, appeal, Action.REJECT, actor, code=reason)
    appeal = await cases.move(
        desk, appeal, Action.CLOSE_REJECTED, actor, code=reason, outcome=Outcome.REJECTED
    )
    notify.to_citizen(
        desk,
        appeal,
        Kind.PLAIN,
        key=f"rejected:{appeal.id}",
        text="rejected",
        values={"number": appeal.id},
    )
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal
