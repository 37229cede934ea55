"""/roles: who may do what, changed by the administrator, at once and on the record.

In a bound group, roles of that block (of the duty or quality chat); in private, everybody's.
What is taken away stays in the table with its last moment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from services import cases, notify, terms, work
from services.access import BLOCK_STAFF, Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import DomainError
from services.lifecycle import Action
from services.model import (
    WHOLE_CENTRE,
    Appeal,
    Chat,
    Grant,
    Person,
    PersonId,
    Posted,
    Purpose,
    Role,
    State,
)
from services.notices import Kind

HERE = "-"
"""Scope of a menu that shows everything a person has (a private chat)."""
OF_BLOCK = (Role.EXE, Role.QC, Role.DEP, Role.BHD)
OF_DUTY = (Role.DUT, Role.QC, Role.MHD)
OF_QUALITY = (Role.QC, Role.MHD)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a menu of roles stands, and over which scope it rules."""

    channel: str
    chat_id: str
    bound: Chat | None

    @property
    def scope(self) -> str:
        """A block's code, the whole centre, or everything."""
        if self.bound is None:
            return HERE
        return self.bound.block or WHOLE_CENTRE


def offered(scope: str, purpose: Purpose | None) -> tuple[Role, ...]:
    """The roles that a menu of this place can give."""
    if scope == HERE:
        return OF_DUTY
    if scope != WHOLE_CENTRE:
        return OF_BLOCK
    return OF_QUALITY if purpose is Purpose.QUALITY else OF_DUTY


def scope_of(role: Role, scope: str) -> str:
    """The scope with which a menu over `scope` gives `role`: a checker is everybody's."""
    return scope if role in BLOCK_STAFF else WHOLE_CENTRE


def _say(desk: Desk, place: Place, kind: Kind, *, anchor: str | None = None, **ref: object) -> None:
    notify.queue(
        desk,
        kind,
        channel=place.channel,
        chat_id=place.chat_id,
        anchor=anchor,
        coalesce=True,
        ref={"scope": place.scope, **ref},
    )


@use_case
async def show_list(
    desk: Desk, *, actor: Actor, place: Place, page: int = 1, reply_to: str | None = None
) -> None:
    """/roles alone: who holds a role here. Raises Denied."""
    authorise(actor, Deed.ROLES)
    _say(
        desk,
        place,
        Kind.ROLES_LIST,
        anchor=f"roles:{place.chat_id}:{actor.person_id}",
        owner=actor.person_id,
        page=page,
        reply_to=reply_to,
    )


@use_case
async def show(
    desk: Desk,
    *,
    actor: Actor,
    place: Place,
    person_id: PersonId,
    done: bool = False,
    reply_to: str | None = None,
) -> None:
    """The menu of one person's roles; `done`: what it came to. Raises Denied."""
    authorise(actor, Deed.ROLES)
    if place.bound is None and place.chat_id.startswith("-"):
        raise DomainError("bind_first")
    await desk.uow.need(Person, person_id)
    _say(
        desk,
        place,
        Kind.ROLES_MENU,
        anchor=f"roles:{place.chat_id}:{actor.person_id}:{person_id}",
        owner=actor.person_id,
        person=person_id,
        purpose=place.bound.purpose if place.bound else None,
        done=done,
        reply_to=reply_to,
    )


async def grants_here(desk: Desk, person_id: PersonId, scope: str) -> list[Grant]:
    """What a person holds now, as far as a menu over `scope` shows it."""
    held = await desk.uow.overview.grants(desk.now)
    return shown(held, person_id, scope)


def shown(held: list[Grant], person_id: PersonId, scope: str) -> list[Grant]:
    """Of all roles in force those of one person, of one scope and the whole centre."""
    mine = [grant for grant in held if grant.person_id == person_id]
    return mine if scope == HERE else [g for g in mine if g.scope in (scope, WHOLE_CENTRE)]


@use_case
async def toggle(
    desk: Desk, *, actor: Actor, place: Place, person_id: PersonId, role: str, scope: str
) -> bool:
    """Give a role or take it away, at once; True when given.

    Who has lost the last role to work in with cases in his hands: the administrator is asked what
    becomes of them. Raises Denied, DomainError(«no_such_role»).
    """
    authorise(actor, Deed.ROLES)
    wanted = next((r for r in (*OF_BLOCK, *Role) if r == role and r not in _NOBODYS), None)
    if wanted is None or not (scope == WHOLE_CENTRE or scope in desk.town.blocks):
        raise DomainError("no_such_role", role=role, roles=", ".join(OF_BLOCK))
    held = [
        g for g in await grants_here(desk, person_id, HERE) if (g.role, g.scope) == (wanted, scope)
    ]
    if held:
        for grant in held:
            desk.uow.put(replace(grant, until=desk.now))
        if wanted in BLOCK_STAFF:
            await _ask_about_cases(desk, actor, place, person_id, scope)
    else:
        desk.uow.add(
            Grant(
                id=desk.uow.new_id(Grant),
                person_id=person_id,
                role=wanted,
                scope=scope,
                since=desk.now,
                until=None,
                granted_by=actor.person_id,
            )
        )
    await show(desk, actor=actor, place=place, person_id=person_id)
    return not held


_NOBODYS = frozenset({Role.CIT, Role.HUB})


async def _ask_about_cases(
    desk: Desk, actor: Actor, place: Place, person_id: PersonId, scope: str
) -> None:
    left = await grants_here(desk, person_id, scope)
    if any(grant.role in BLOCK_STAFF for grant in left):
        return
    block = None if scope == WHOLE_CENTRE else scope
    cases_held = await desk.uow.overview.held_by(person_id, block)
    if cases_held:
        _say(
            desk,
            place,
            Kind.ROLE_REMOVED,
            anchor=f"removed:{desk.uow.new_number('posted')}",
            owner=actor.person_id,
            person=person_id,
            block=block,
            n=len(cases_held),
        )


@use_case
async def hand_out(
    desk: Desk,
    *,
    actor: Actor,
    place: Place,
    person_id: PersonId,
    block: str | None,
    anchor: str | None,
) -> int:
    """«Раздать»: what he held goes back to the queue; returns how many. `anchor`: the question's.

    What waits for a citizen, a checker or a date stays until that is over. Raises Denied.
    """
    authorise(actor, Deed.ROLES)
    given: list[Appeal] = []
    held = await desk.uow.overview.held_by(person_id, block)
    for found in held:
        appeal = await cases.locked(desk, found.id)
        if appeal.holder_id == person_id and appeal.state is State.IN_PROGRESS:
            await work.shelve_drafts(desk, appeal)
            given.append(await cases.move(desk, appeal, Action.GIVE_UP, actor))
    for appeal in given:
        await notify.card(desk, appeal)
        notify.receipt(desk, appeal)
    _say(
        desk,
        place,
        Kind.ROLE_REMOVED,
        anchor=anchor,
        owner=actor.person_id,
        person=person_id,
        block=block,
        given=len(given),
        n=len(held) - len(given),
    )
    return len(given)


@use_case
async def ask_term(desk: Desk, *, actor: Actor, place: Place, person_id: PersonId) -> None:
    """«Срок и приказ»: asks the administrator for words. Raises Denied."""
    authorise(actor, Deed.ROLES)
    _say(desk, place, Kind.TERM_PROMPT, owner=actor.person_id, person=person_id)


@use_case
async def set_term(
    desk: Desk, *, actor: Actor, place: Place, posted: Posted, text: str
) -> terms.Term:
    """The answer to that: for every role that the menu shows.

    Raises Denied, DomainError(«term_unread», «term_past», «nothing_to_date»).
    """
    authorise(actor, Deed.ROLES)
    term = terms.read(text, desk.town.calendar.zone, now=desk.now)
    person_id = PersonId(posted.data["person"])
    held = await grants_here(desk, person_id, place.scope)
    if not held:
        raise DomainError("nothing_to_date")
    for grant in held:
        desk.uow.put(replace(grant, until=term.until or grant.until, act=term.act or grant.act))
    await show(desk, actor=actor, place=place, person_id=person_id)
    return term
