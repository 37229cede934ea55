"""How urgent a case is from now on: its policy, clocks and alarms follow."""

from __future__ import annotations

from dataclasses import replace

from services import audit, clocks, deadlines, duty_calls, intake, notify, recounting
from services.access import Actor, Deed
from services.desk import Desk
from services.model import Appeal, Role
from services.municipality import Topic
from services.notices import Kind, Priority
from services.policies import ClockKind, Policy, Urgency
from services.understanding.urgency import worse


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
    await notify.receipts_of_followers(desk, appeal)
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


def raised_by_topic(desk: Desk, appeal: Appeal, topic: Topic) -> Urgency | None:
    """How urgent the topic makes the case; None where that is no more, or would end later."""
    if worse(topic.urgency, appeal.urgency) is appeal.urgency:
        return None
    policy = deadlines.choose(desk.town.policies, regime=appeal.regime, urgency=topic.urgency)
    ends = _ends(desk, appeal, policy), _ends(desk, appeal, clocks.policy_of(desk, appeal))
    later = any(new > old for new, old in zip(*ends, strict=True))
    return None if later else topic.urgency


def _ends(desk: Desk, appeal: Appeal, policy: Policy) -> list[float]:
    """When the reaction and the work would end."""
    found = deadlines.deadlines(policy, desk.town.calendar, received=appeal.received_at)
    kinds = ((ClockKind.REACTION,), (ClockKind.ANSWER, ClockKind.FIX))
    return [
        min((d.due.timestamp() for d in found if d.kind in some), default=float("inf"))
        for some in kinds
    ]
