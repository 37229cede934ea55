"""How urgent a case is, decided by a person: policy and clocks follow from the receipt."""

from __future__ import annotations

from dataclasses import replace

from services import audit, cases, deadlines, duty_calls, intake, notify, recounting, triage
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import OPEN
from services.model import Appeal, AppealId, Role, State
from services.notices import Kind, Priority
from services.policies import Urgency

WEIGHABLE = OPEN - {State.ANSWERED, State.DISPUTED}


@use_case
async def weigh(desk: Desk, *, actor: Actor, appeal_id: AppealId, urgency: str) -> Appeal:
    """Set the urgency; every clock that still runs is counted anew from the receipt.

    Raises Denied, OutOfDate, DomainError(«no_such_urgency», «urgency_is»).
    """
    appeal = await cases.locked(desk, appeal_id)
    role = authorise(actor, Deed.WEIGH, block=appeal.block)
    wanted = next((u for u in Urgency if u == urgency), None)
    if wanted is None:
        raise DomainError("no_such_urgency")
    if appeal.state not in WEIGHABLE:
        raise OutOfDate("moved_on")
    if wanted is appeal.urgency:
        raise DomainError("urgency_is")
    appeal = await reweigh(desk, appeal, wanted, actor=actor, role=role)
    await notify.card(desk, appeal)
    await notify.triage(desk, appeal)
    await triage.close_menus(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


async def reweigh(
    desk: Desk, appeal: Appeal, wanted: Urgency, *, actor: Actor, role: Role
) -> Appeal:
    """It is that urgent from now on: an event, and its policy, clocks and alarms follow."""
    policy = deadlines.choose(desk.town.policies, regime=appeal.regime, urgency=wanted)
    before = appeal.urgency
    appeal = replace(
        appeal,
        urgency=wanted,
        urgency_reason=None,
        policy=policy.id,
        policy_version=policy.version,
    )
    appeal = audit.record(
        desk,
        appeal,
        action=Deed.WEIGH,
        actor=actor,
        role=role,
        source=appeal.state,
        code=f"{before}>{wanted}",
    )
    desk.uow.put(appeal)
    await recounting.recount(desk, appeal)
    if wanted is Urgency.EMERGENCY:
        notify.to_citizen(
            desk,
            appeal,
            Kind.EMERGENCY_ADVICE,
            key=f"advice:{appeal.id}",
            priority=Priority.EMERGENCY,
            **intake.advice(desk.understand(appeal.text)),
        )
        await duty_calls.sound(desk, appeal)
    else:
        await duty_calls.over(desk, appeal)
    return appeal
