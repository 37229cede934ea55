"""Who may do what: one table, default deny. Every use case asks here, below the handlers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.errors import Denied
from services.lifecycle import Action
from services.model import WHOLE_CENTRE, Grant, PersonId, Role


class Deed(StrEnum):
    """What is not a move of an appeal but still needs a right."""

    BIND = "bind"
    INVITE = "invite"
    DRAFT = "draft"
    FREE = "free"
    """Take a case off somebody else's hands."""
    NOTE = "note"
    PUT_UP = "put_up"
    EXTEND = "extend"
    """Allow a date that the department may not promise by itself."""
    EXTEND_STRICT = "extend_strict"
    """The same for a critical or a 59fz case: the deputy alone."""


class Reach(StrEnum):
    """What a role's scope must cover."""

    CENTRE = "centre"
    """Any scope will do: the deed is about no block."""
    BLOCK = "block"
    """The scope must be the appeal's block or the whole centre."""
    OWN = "own"
    """The citizen's own appeals."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person with the roles he holds now."""

    person_id: PersonId | None
    grants: tuple[Grant, ...] = ()
    administrator: bool = False
    """Named in OTKLIK_ADMINS: an administrator without a grant."""
    hub: bool = False


HUB = Actor(person_id=None, hub=True)
"""The machine itself: registers, routes when sure, closes what stays silent; never judges."""

_BLOCK_STAFF = (Role.EXE, Role.DEP, Role.BHD)
_DUTY = (Role.DUT, Role.MHD)

RULES: dict[Action | Deed, tuple[tuple[Role, Reach], ...]] = {
    Action.REGISTER: ((Role.CIT, Reach.OWN), (Role.HUB, Reach.CENTRE)),
    Action.ROUTE: ((Role.HUB, Reach.CENTRE), *((role, Reach.CENTRE) for role in _DUTY)),
    Action.TAKE: tuple((role, Reach.BLOCK) for role in _BLOCK_STAFF),
    Action.ASK: tuple((role, Reach.BLOCK) for role in _BLOCK_STAFF),
    Action.SUBMIT: tuple((role, Reach.BLOCK) for role in _BLOCK_STAFF),
    Action.PASS: ((Role.QC, Reach.CENTRE), *((role, Reach.CENTRE) for role in _DUTY)),
    Action.SEND_BACK: ((Role.QC, Reach.CENTRE), *((role, Reach.CENTRE) for role in _DUTY)),
    Action.REPLY: ((Role.CIT, Reach.OWN),),
    Action.RATE: ((Role.CIT, Reach.OWN),),
    Action.REOPEN: ((Role.CIT, Reach.OWN),),
    Action.WITHDRAW: ((Role.CIT, Reach.OWN),),
    Action.RESTORE: ((Role.CIT, Reach.OWN),),
    Action.REASSIGN: ((Role.HUB, Reach.CENTRE),),
    Action.DISPUTE: ((Role.HUB, Reach.CENTRE),),
    Action.GIVE_UP: tuple((role, Reach.BLOCK) for role in _BLOCK_STAFF),
    Action.UNASK: tuple((role, Reach.BLOCK) for role in _BLOCK_STAFF),
    Action.DECIDE_BACK: ((Role.MHD, Reach.CENTRE), (Role.CRD, Reach.CENTRE)),
    Action.DECIDE_KEEP: ((Role.MHD, Reach.CENTRE), (Role.CRD, Reach.CENTRE)),
    Action.SILENCE: ((Role.HUB, Reach.CENTRE),),
    Action.HAND_OVER: tuple((role, Reach.BLOCK) for role in _BLOCK_STAFF),
    Action.RETURN: tuple((role, Reach.BLOCK) for role in _BLOCK_STAFF),
    Action.POSTPONE: tuple((role, Reach.BLOCK) for role in _BLOCK_STAFF),
    Action.RESUME: (*((role, Reach.BLOCK) for role in _BLOCK_STAFF), (Role.HUB, Reach.CENTRE)),
    Action.RECALL: tuple((role, Reach.BLOCK) for role in _BLOCK_STAFF),
    Action.ANSWER_UNCHECKED: tuple((role, Reach.BLOCK) for role in _BLOCK_STAFF),
    Action.MERGE: tuple((role, Reach.CENTRE) for role in _DUTY),
    Action.SPLIT: tuple((role, Reach.CENTRE) for role in _DUTY),
    Action.REJECT: tuple((role, Reach.CENTRE) for role in _DUTY),
    Action.CLOSE_REJECTED: tuple((role, Reach.CENTRE) for role in _DUTY),
    Action.FORWARD: tuple((role, Reach.CENTRE) for role in _DUTY),
    Action.TERMINATE: ((Role.MHD, Reach.CENTRE),),
    Action.DECIDE_RETURN: ((Role.MHD, Reach.CENTRE), (Role.CRD, Reach.CENTRE)),
    Action.PASS_INTERIM: ((Role.QC, Reach.CENTRE), *((role, Reach.CENTRE) for role in _DUTY)),
    Deed.BIND: ((Role.ADM, Reach.CENTRE),),
    Deed.INVITE: ((Role.ADM, Reach.CENTRE),),
    Deed.DRAFT: tuple((role, Reach.BLOCK) for role in _BLOCK_STAFF),
    Deed.FREE: ((Role.DEP, Reach.BLOCK), (Role.BHD, Reach.BLOCK)),
    Deed.NOTE: tuple((role, Reach.BLOCK) for role in _BLOCK_STAFF),
    Deed.EXTEND: tuple((role, Reach.BLOCK) for role in (Role.DEP, Role.BHD, Role.BLK)),
    Deed.EXTEND_STRICT: ((Role.BLK, Reach.BLOCK),),
    Deed.PUT_UP: ((Role.ADM, Reach.CENTRE), (Role.HUB, Reach.CENTRE)),
}


def held(grants: Iterable[Grant], now: datetime) -> tuple[Grant, ...]:
    """The grants in force at `now`."""
    return tuple(g for g in grants if g.since <= now and (g.until is None or now < g.until))


def authorise(
    actor: Actor,
    deed: Action | Deed,
    *,
    block: str | None = None,
    owner: PersonId | None = None,
) -> Role:
    """The role in which `actor` may do `deed` to a case of `block` written by `owner`.

    Raises Denied («no_role») when no row of the table fits.
    """
    for role, reach in RULES.get(deed, ()):
        if _holds(actor, role, reach, block, owner):
            return role
    raise Denied("no_role", deed=deed, block=block)


def _holds(
    actor: Actor, role: Role, reach: Reach, block: str | None, owner: PersonId | None
) -> bool:
    if role is Role.HUB:
        return actor.hub
    if role is Role.CIT:
        return actor.person_id is not None and actor.person_id == owner
    if role is Role.ADM and actor.administrator:
        return True
    scopes = {g.scope for g in actor.grants if g.role is role}
    if reach is Reach.BLOCK:
        return bool(scopes & {block, WHOLE_CENTRE} - {None})
    return bool(scopes)
