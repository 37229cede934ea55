"""Questions to a deputy or the head of МЦУ: asked, shown to all, settled once."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services import notify
from services.desk import Desk
from services.errors import DomainError
from services.model import WHOLE_CENTRE, Appeal, Decision, Matter, Person, PersonId, Purpose, Role
from services.notices import Kind, Notice, Priority

MOOT = "moot"
"""The verdict of a question that the case has outrun."""


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


async def _show_duty(desk: Desk, appeal: Appeal, decision: Decision) -> None:
    """Where nobody can be told in private, the question stands in the duty chat."""
    await notify.in_chat(
        desk,
        await desk.uow.people.chat_for(Purpose.TRIAGE),
        Kind.DECISION,
        appeal=appeal,
        anchor=f"decision:{decision.id}:duty",
        coalesce=True,
        decision=decision.id,
    )


async def reachable(desk: Desk, role: Role, *, block: str | None = None) -> bool:
    """Somebody who holds `role` can be written to."""
    scopes = [s for s in (block, WHOLE_CENTRE) if s]
    for grant in await desk.uow.people.holders(role, desk.now, scopes=scopes):
        accounts = await desk.uow.people.accounts_of(grant.person_id)
        if any(a.started and a.unreachable_at is None for a in accounts):
            return True
    return False


async def deciders(desk: Desk, decision: Decision) -> list[PersonId]:
    """Who may answer now, substitutes included; each once."""
    scopes = [s for s in (decision.block, WHOLE_CENTRE) if s]
    grants = await desk.uow.people.holders(decision.role, desk.now, scopes=scopes)
    return list(dict.fromkeys(g.person_id for g in grants))


async def show(desk: Desk, decision: Decision, person_id: PersonId) -> bool:
    """Put the question into a person's private chat, or bring the one that stands up to date.

    False when no messenger of his lets us.
    """
    anchor = f"decision:{decision.id}:{person_id}"
    for account in await desk.uow.people.accounts_of(person_id):
        if not account.started or account.unreachable_at is not None:
            continue
        notice = Notice(
            kind=Kind.DECISION,
            channel=account.channel,
            chat_id=account.external_id,
            person_id=person_id,
            appeal_id=decision.appeal_id,
            not_before=desk.now,
            priority=Priority.REMINDER,
            anchor=anchor,
            ref={"decision": decision.id},
            coalesce_key=anchor,
        )
        desk.uow.outbox.add(notice, now=desk.now)
        return True
    return False


async def opened(desk: Desk, decision_id: int) -> Decision:
    """The question, locked and still open. Raises DomainError(«no_such_decision», «decided_by»)."""
    decision = await desk.uow.lock(Decision, decision_id)
    if decision is None:
        raise DomainError("no_such_decision")
    if decision.verdict is not None:
        who = decision.decided_by
        person = await desk.uow.get(Person, who) if who is not None else None
        raise DomainError(
            "decided_by", name=person.first_name if person else "—", at=decision.decided_at
        )
    return decision


async def settle(
    desk: Desk, decision: Decision, *, by: PersonId | None, verdict: str, **data: Any
) -> Decision:
    """Record the answer and show it to everyone who was asked."""
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


async def lapse(desk: Desk, decision: Decision) -> Decision:
    """The case has gone elsewhere since: nothing is left to decide."""
    return await settle(desk, decision, by=None, verdict=MOOT)
