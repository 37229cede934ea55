"""«Нужна помощь»: the executor says what he lacks, somebody above him reads it in private."""

from __future__ import annotations

from services import cases, menus, notify
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import HELD
from services.model import WHOLE_CENTRE, Appeal, AppealId, Person, PersonId, Role
from services.notices import Kind

REASONS = ("ppl", "mat", "ctr", "dec")
"""No people, no material, waiting for a contractor, an urgent decision."""
_ABOVE = ((Role.DEP, Role.BHD), (Role.BLK,))
"""Heads of the block; where none can be written to, its deputy."""


async def _held(desk: Desk, actor: Actor, appeal_id: AppealId) -> Appeal:
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Deed.NOTE, block=appeal.block)
    if appeal.state not in HELD:
        raise OutOfDate("moved_on")
    await cases.check_holder(desk, appeal, actor)
    return appeal


@use_case
async def choose(desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str) -> None:
    """The menu of what is missing. Raises Denied, DomainError(«held_by»), OutOfDate."""
    appeal = await _held(desk, actor, appeal_id)
    await menus.show(desk, appeal, actor=actor, channel=channel, chat=chat, name="help")


@use_case
async def ask(desk: Desk, *, actor: Actor, appeal_id: AppealId, reason: str) -> list[Person]:
    """Call those above; returns whom the words could be brought to.

    Raises Denied, DomainError(«held_by», «nobody_above»), OutOfDate.
    """
    if reason not in REASONS:
        raise OutOfDate("outdated")
    appeal = await _held(desk, actor, appeal_id)
    appeal = cases.note_event(desk, appeal, "help", actor, code=reason)
    told = await _call(desk, actor, appeal, reason)
    if not told:
        raise DomainError("nobody_above")
    await menus.close(desk, appeal.id, actor=actor)
    await notify.under_card(
        desk, appeal, Kind.HELP_ASKED, reason=reason, told=list(told), private=False
    )
    return [await desk.uow.need(Person, p) for p in told]


async def _call(desk: Desk, actor: Actor, appeal: Appeal, reason: str) -> list[PersonId]:
    scopes = [s for s in (appeal.block, WHOLE_CENTRE) if s]
    for roles in _ABOVE:
        told: list[PersonId] = []
        for role in roles:
            grants = await desk.uow.people.holders(role, desk.now, scopes=scopes)
            people = dict.fromkeys(g.person_id for g in grants)
            told += [p for p in people if p not in (*told, actor.person_id)]
        reached = [p for p in told if await _write(desk, p, appeal, reason)]
        if reached:
            return reached
    return []


async def _write(desk: Desk, person_id: PersonId, appeal: Appeal, reason: str) -> bool:
    key = f"help:{appeal.id}:{appeal.event_seq}"
    return await notify.in_private(
        desk, person_id, Kind.HELP_ASKED, about=appeal.id, key=key, reason=reason, private=True
    )
