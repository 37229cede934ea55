"""A day that the department may not promise by itself: somebody above allows it, or not.

domain.md §1, «Who decides»: the head of the department; the deputy for a critical and for a 59fz
case. Silence never extends: after 4 working hours the head of МЦУ is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from services import cases, decisions, notify, substitutes, todo, work
from services import postponing_rules as rules
from services.access import Actor, Deed, authorise, held
from services.calendar import end_of_day, local_day, working_minutes_between
from services.desk import Desk, use_case
from services.errors import Denied, DomainError, OutOfDate
from services.lifecycle import Action
from services.model import (
    Answer,
    AnswerId,
    AnswerState,
    Appeal,
    Clock,
    Decision,
    Matter,
    Role,
    State,
)
from services.municipality import Municipality
from services.notices import Kind
from services.policies import ClockKind, Regime, Urgency, version_of

PATIENCE = 240
"""Working minutes of silence after which the head of МЦУ is told (domain.md §2, I01)."""
MATTERS = (Matter.EXTENSION, Matter.POSTPONE_CRITICAL)
GRANTED, REFUSED = "granted", "refused"


def is_strict(appeal: Appeal) -> bool:
    """Only the deputy may extend it."""
    return appeal.urgency is Urgency.CRITICAL or appeal.regime is Regime.LAW59


async def choice(desk: Desk, appeal: Appeal) -> rules.Choice | None:
    """The days that may be promised for the case today."""
    found = await desk.uow.appeals.clocks_of(appeal.id)
    return offered(desk.town, appeal, found, desk.now)


def offered(
    town: Municipality, appeal: Appeal, found: Sequence[Clock], now: datetime
) -> rules.Choice | None:
    """The days that may be promised at `now` for a case with these clocks."""
    due = [c.due_at for c in found if c.kind in (ClockKind.ANSWER, ClockKind.FIX)]
    promised = [c.due_at for c in found if c.kind is ClockKind.PROMISE]
    days = rules.choice(
        version_of(town.policies, appeal.policy, appeal.policy_version),
        town.calendar,
        today=local_day(town.calendar, now),
        due=local_day(town.calendar, due[-1] if due else now),
        promised=local_day(town.calendar, promised[-1]) if promised else None,
    )
    # Urgency may have been raised since the policy was chosen (invariant 7).
    return replace(days, free=None) if days is not None and is_strict(appeal) else days


async def decider(
    desk: Desk, appeal: Appeal, actor: Actor, day: date, days: rules.Choice
) -> Role | None:
    """Who must allow the day; None when the one who promises may do so himself."""
    if is_strict(appeal):
        return Role.BLK
    if days.free is not None and day <= days.free:
        return None
    try:
        authorise(actor, Deed.EXTEND, block=appeal.block)
    except Denied:
        for role in (Role.DEP, Role.BHD):
            if await decisions.reachable(desk, role, block=appeal.block):
                return role
        return Role.BLK
    return None


async def ask(
    desk: Desk, appeal: Appeal, answer: Answer, *, role: Role, reply_to: str | None
) -> Decision:
    """Ask for the day; the words wait."""
    critical = appeal.urgency is Urgency.CRITICAL
    matter = Matter.POSTPONE_CRITICAL if critical else Matter.EXTENSION
    decision = await decisions.ask(
        desk, appeal, matter, role=role, asked_by=answer.author_id, answer=answer.id
    )
    text = "critical_asked" if critical else "extension_asked"
    await notify.under_card(desk, appeal, Kind.PLAIN, text=text, values={}, reply_to=reply_to)
    return decision


async def give_way(desk: Desk, appeal: Appeal) -> None:
    """A new wish takes the place of one that still waits."""
    for decision in await desk.uow.decisions.of_appeal(appeal.id):
        if decision.verdict is None and decision.matter in MATTERS:
            await decisions.lapse(desk, decision)


async def submit(desk: Desk, appeal: Appeal, answer: Answer, actor: Actor) -> Appeal:
    """The interim answer goes to the quality gate, as its author's act."""
    answer = desk.uow.put(replace(answer, state=AnswerState.REVIEW, submitted_at=desk.now))
    appeal = await work.back_to_work(desk, appeal, actor)
    appeal = await cases.move(
        desk, appeal, Action.SUBMIT, actor, code="interim", text=answer.text, answer_id=answer.id
    )
    await work.preview(desk, appeal, answer)
    await notify.quality(desk, appeal, answer)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


async def was_allowed(desk: Desk, answer: Answer) -> bool:
    """Somebody above allowed this answer's day."""
    if answer.until is None:
        return False
    found = await desk.uow.decisions.of_appeal(answer.appeal_id)
    day = local_day(desk.town.calendar, answer.until).isoformat()
    return any(d.verdict == GRANTED and d.data.get("day") == day for d in found)


async def _open(
    desk: Desk, actor: Actor, decision_id: int
) -> tuple[Decision, Appeal, Answer | None]:
    """The question with its case; the answer is None when there is nothing left to decide."""
    decision = await decisions.opened(desk, decision_id)
    if decision.matter not in MATTERS:
        raise DomainError("no_such_decision")
    appeal = await cases.locked(desk, decision.appeal_id)
    deed = Deed.EXTEND_STRICT if is_strict(appeal) else Deed.EXTEND
    authorise(actor, deed, block=decision.block)
    return decision, appeal, await _waiting(desk, decision, appeal)


async def _waiting(desk: Desk, decision: Decision, appeal: Appeal) -> Answer | None:
    answer = await desk.uow.get(Answer, AnswerId(decision.data["answer"]))
    if answer is None or answer.state is not AnswerState.WAITING:
        return None
    same = appeal.holder_id == answer.author_id and appeal.block == decision.block
    working = appeal.state in (State.IN_PROGRESS, State.POSTPONED)
    return answer if same and working else None


@use_case
async def turn(desk: Desk, *, actor: Actor, decision_id: int, page: int | None) -> Decision:
    """«Другая дата»: a calendar page in the same message; None goes back."""
    decision, _, answer = await _open(desk, actor, decision_id)
    if answer is None:
        return await decisions.lapse(desk, decision)
    data = {k: v for k, v in decision.data.items() if k != "page"}
    if page is not None:
        data["page"] = page
    decision = desk.uow.put(replace(decision, data=data))
    await notify.decision_everywhere(desk, decision)
    return decision


@use_case
async def grant(desk: Desk, *, actor: Actor, decision_id: int, day: str) -> Decision:
    """«До …»: the words go on to the quality gate with this day.

    Raises Denied, DomainError(«decided_by»), OutOfDate(«no_such_day»).
    """
    decision, appeal, answer = await _open(desk, actor, decision_id)
    if answer is None:
        return await decisions.lapse(desk, decision)
    days = await choice(desk, appeal)
    if days is None:
        raise OutOfDate("no_such_day")
    found = rules.checked_day(desk.town.calendar, days, day)
    answer = replace(answer, until=end_of_day(desk.town.calendar, found))
    author = Actor(
        answer.author_id, held(await desk.uow.people.grants_of(answer.author_id), desk.now)
    )
    appeal = await submit(desk, appeal, answer, author)
    decision = await decisions.settle(
        desk, decision, by=actor.person_id, verdict=GRANTED, day=found.isoformat()
    )
    await _tell(desk, appeal, decision, answer)
    return decision


@use_case
async def refuse(desk: Desk, *, actor: Actor, decision_id: int) -> Decision:
    """«Не продлевать»: the holder is told, the words stay a note."""
    decision, appeal, answer = await _open(desk, actor, decision_id)
    if answer is None:
        return await decisions.lapse(desk, decision)
    answer = desk.uow.put(replace(answer, state=AnswerState.NOTE))
    decision = await decisions.settle(desk, decision, by=actor.person_id, verdict=REFUSED)
    await _tell(desk, appeal, decision, answer)
    return decision


async def _tell(desk: Desk, appeal: Appeal, decision: Decision, answer: Answer) -> None:
    await notify.under_card(
        desk,
        appeal,
        Kind.EXTENSION_DECIDED,
        key=f"extension:{decision.id}",
        decision=decision.id,
        holder=answer.author_id,
    )


@use_case
async def call_silent(desk: Desk) -> int:
    """Tell of questions that wait for 4 working hours; run again it tells nothing twice (a job)."""
    told = 0
    for decision in await desk.uow.decisions.open():
        if decision.matter not in MATTERS or decision.data.get("late"):
            continue
        appeal = await cases.locked(desk, decision.appeal_id)
        if await _waiting(desk, decision, appeal) is None:
            await decisions.lapse(desk, decision)
            continue
        waited = working_minutes_between(desk.town.calendar, decision.asked_at, desk.now)
        if waited < PATIENCE:
            continue
        desk.uow.put(replace(decision, data={**decision.data, "late": True}))
        told += 1
        heads = await substitutes.responsible(desk, None, Role.MHD)
        asked = await decisions.deciders(desk, decision)
        for person_id in dict.fromkeys([*asked, *heads]):
            if person_id in asked and await todo.asleep(desk, person_id):
                continue
            await notify.in_private(
                desk,
                person_id,
                Kind.EXTENSION_LATE,
                about=appeal.id,
                key=f"extension_late:{decision.id}",
                decision=decision.id,
                mine=person_id in asked,
            )
    return told
