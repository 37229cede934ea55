"""Questions to a deputy or the head of МЦУ: asked, shown to all, settled once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services import notify, substitutes
from services.access import Actor, held, in_the_name_of
from services.desk import Desk
from services.errors import DomainError
from services.model import Appeal, Decision, Matter, Person, PersonId, Purpose, Role
from services.notices import Kind

MOOT = "moot"
"""The verdict of a question that the case has outrun."""
DUTY = "duty"
"""In the anchor of a question that stands in the duty chat."""


async def ask(
    desk: Desk,
    appeal: Appeal,
    matter: Matter,
    *,
    role: Role,
    asked_by: PersonId | None,
    **data: Any,
) -> Decision:
    """Ask everyone who holds `role` for the appeal's block; the first answer decides."""
    decision = desk.uow.add(
        Decision(
            id=desk.uow.new_id(Decision),
            matter=matter,
            appeal_id=appeal.id,
            role=role,
            block=appeal.block,
            asked_by=asked_by,
            asked_at=desk.now,
            data=data,
        )
    )
    told = 0
    for person_id in await deciders(desk, decision):
        told += await show(desk, decision, person_id)
    if not told:
        await _show_duty(desk, appeal, decision)
    return decision


async def responsible(desk: Desk, decision: Decision) -> list[PersonId]:
    """Everybody who acts in the asked role, substitutes instead of the absent; each once."""
    return await substitutes.responsible(desk, decision.block, decision.role)


def may_decide(decision: Decision, person_id: PersonId) -> bool:
    """Not who had a hand in it: whoever checked an answer does not judge a dispute on it."""
    return bool(decision.data.get("barred") != person_id)


async def _show_duty(desk: Desk, appeal: Appeal, decision: Decision) -> None:
    """Where nobody can be told in private, the question stands in the duty chat."""
    await notify.in_chat(
        desk,
        await desk.uow.people.chat_for(Purpose.TRIAGE),
        Kind.DECISION,
        appeal=appeal,
        anchor=f"decision:{decision.id}:{DUTY}",
        coalesce=True,
        decision=decision.id,
    )


async def reachable(
    desk: Desk, role: Role, *, block: str | None = None, barred: PersonId | None = None
) -> bool:
    """Somebody who acts in `role`, other than `barred`, can be written to."""
    for person_id in await substitutes.responsible(desk, block, role):
        if person_id != barred and await notify.address(desk, person_id) is not None:
            return True
    return False


async def deciders(desk: Desk, decision: Decision) -> list[PersonId]:
    """Who may answer now, each once."""
    return [p for p in await responsible(desk, decision) if may_decide(decision, p)]


def anchor(decision: Decision, person_id: PersonId) -> str:
    """Of the message that stands for a question in a person's chat."""
    return f"decision:{decision.id}:{person_id}"


async def show(desk: Desk, decision: Decision, person_id: PersonId) -> bool:
    """Put the question into a person's private chat, or bring the one that stands up to date.

    False when no messenger of his lets us.
    """
    return await notify.in_private(
        desk,
        person_id,
        Kind.DECISION,
        about=decision.appeal_id,
        anchor=anchor(decision, person_id),
        coalesce=True,
        decision=decision.id,
    )


async def opened(desk: Desk, decision_id: int) -> Decision:
    """The question, locked and still open. Raises DomainError(«no_such_decision», «decided_by»)."""
    decision = await desk.uow.lock(Decision, decision_id)
    if decision is None:
        raise DomainError("no_such_decision")
    if decision.verdict is not None:
        who = decision.decided_by
        person = await desk.uow.get(Person, who) if who is not None else None
        at = decision.decided_at or desk.now
        local = at.astimezone(desk.town.calendar.zone)
        name = person.first_name if person else "—"
        raise DomainError("decided_by", name=name, at=f"{local:%H:%M}")
    return decision


async def settle(
    desk: Desk, decision: Decision, *, by: PersonId | None, verdict: str, **data: Any
) -> Decision:
    """Record the answer, and in whose name it was given; show it to everyone who was asked."""
    absent = await _stands_for(desk, decision, by)
    if absent is not None:
        data["for"] = absent
    decision = desk.uow.put(
        replace(
            decision,
            decided_by=by,
            decided_at=desk.now,
            verdict=verdict,
            data={**decision.data, **data},
        )
    )
    await notify.decision_everywhere(desk, decision)
    return decision


async def _stands_for(desk: Desk, decision: Decision, by: PersonId | None) -> PersonId | None:
    if by is None:
        return None
    grants = held(await desk.uow.people.grants_of(by), desk.now)
    return in_the_name_of(Actor(by, grants), decision.role, decision.block)


async def lapse(desk: Desk, decision: Decision) -> Decision:
    """The case has gone elsewhere since: nothing is left to decide."""
    return await settle(desk, decision, by=None, verdict=MOOT)
