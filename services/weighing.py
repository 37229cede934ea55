"""How urgent a case is, decided by a person: policy and clocks follow from the receipt."""

from __future__ import annotations

from services import cases, notify, triage
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import OPEN
from services.model import Appeal, AppealId, State
from services.policies import Urgency
from services.reweighing import reweigh

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
