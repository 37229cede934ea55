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
    SPEAK_TO_ALL = "speak_to_all"
    """News, cause and split of a mass problem."""
    CHECK_RIGHTS = "check_rights"
    ROLES = "roles"
    HEALTH = "health"
    MODELS = "models"
    """See which models of the classifier there are, and take one into use."""
    ACCEPT = "accept"
    """Answer an emergency that calls the duty people."""
    STAND_DUTY = "stand_duty"
    """Come on shift and leave it; read the queue; see to what did not arrive."""
    REGISTER_FOR = "register_for"
    """Register what somebody else told: a call, a walk-in, the second half of a text."""
    SETTLE_DEAD = "settle_dead"
    """Decide about what did not arrive."""
    WEIGH = "weigh"
    """Set how urgent a case is: only a person lowers it."""
    TOPIC = "topic"
    """Say that a case is about something else."""
    OVERSEE = "oversee"
    """Look into the lists and numbers of one's blocks."""
    READ = "read"
    """Read a case in private."""
    LIST = "list"
    """See in a chat what is due there."""
    STAND_DOWN = "stand_down"
    """Name a substitute for oneself."""
    EXPLAIN = "explain"
    """Write to a citizen from the duty chat: what was not clear, what a service answered."""
    VIEW = "view"
    """Read the whole history of a case."""
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

BLOCK_STAFF = (Role.EXE, Role.DEP, Role.BHD)
"""Roles in which somebody holds cases of a block."""
_DUTY = (Role.DUT, Role.MHD)
_OVERSEERS = (Role.BLK, Role.BHD, Role.DEP)
_CENTRE = (Role.MHD, Role.CRD, Role.MAY)

RULES: dict[Action | Deed, tuple[tuple[Role, Reach], ...]] = {
    Action.REGISTER: ((Role.CIT, Reach.OWN), (Role.HUB, Reach.CENTRE)),
    Action.ROUTE: ((Role.HUB, Reach.CENTRE), *((role, Reach.CENTRE) for role in _DUTY)),
    Action.UNROUTE: tuple((role, Reach.CENTRE) for role in _DUTY),
    Deed.REGISTER_FOR: tuple((role, Reach.CENTRE) for role in _DUTY),
    Deed.SETTLE_DEAD: (
        *((role, Reach.CENTRE) for role in _DUTY),
        (Role.ADM, Reach.CENTRE),
    ),
    Deed.ACCEPT: tuple((role, Reach.CENTRE) for role in _DUTY),
    Deed.STAND_DUTY: tuple((role, Reach.CENTRE) for role in _DUTY),
    Deed.WEIGH: tuple((role, Reach.CENTRE) for role in _DUTY),
    # Who may send it elsewhere, and who may hold it.
    Deed.TOPIC: (
        *((role, Reach.CENTRE) for role in _DUTY),
        *((role, Reach.BLOCK) for role in BLOCK_STAFF),
    ),
    Action.TAKE: tuple((role, Reach.BLOCK) for role in BLOCK_STAFF),
    Action.ASK: (
        *((role, Reach.BLOCK) for role in BLOCK_STAFF),
        *((role, Reach.CENTRE) for role in _DUTY),
    ),
    Action.SUBMIT: tuple((role, Reach.BLOCK) for role in BLOCK_STAFF),
    Action.PASS: ((Role.QC, Reach.CENTRE), *((role, Reach.CENTRE) for role in _DUTY)),
    Action.SEND_BACK: ((Role.QC, Reach.CENTRE), *((role, Reach.CENTRE) for role in _DUTY)),
    # The duty officer writes down what a citizen without a messenger says on the phone.
    Action.REPLY: ((Role.CIT, Reach.OWN), *((role, Reach.CENTRE) for role in _DUTY)),
    Action.RATE: ((Role.CIT, Reach.OWN),),
    Action.REOPEN: ((Role.CIT, Reach.OWN),),
    Action.WITHDRAW: ((Role.CIT, Reach.OWN),),
    # The citizen says that it is all one, or the duty officer sees it.
    Action.DUPLICATE: ((Role.CIT, Reach.OWN), *((role, Reach.CENTRE) for role in _DUTY)),
    Action.RESTORE: ((Role.CIT, Reach.OWN),),
    Action.REASSIGN: ((Role.HUB, Reach.CENTRE),),
    Action.DISPUTE: ((Role.HUB, Reach.CENTRE),),
    Action.GIVE_UP: (
        *((role, Reach.BLOCK) for role in BLOCK_STAFF),
        # Whose access is gone can't give up what he held: the administrator or the hub frees it.
        (Role.ADM, Reach.CENTRE),
        (Role.HUB, Reach.CENTRE),
    ),
    Action.UNASK: (
        *((role, Reach.BLOCK) for role in BLOCK_STAFF),
        *((role, Reach.CENTRE) for role in _DUTY),
    ),
    Action.DECIDE_BACK: ((Role.MHD, Reach.CENTRE), (Role.CRD, Reach.CENTRE)),
    Action.DECIDE_KEEP: ((Role.MHD, Reach.CENTRE), (Role.CRD, Reach.CENTRE)),
    Action.DECIDE_ANEW: ((Role.MHD, Reach.CENTRE), (Role.CRD, Reach.CENTRE)),
    Action.SILENCE: ((Role.HUB, Reach.CENTRE),),
    Action.HAND_OVER: tuple((role, Reach.BLOCK) for role in BLOCK_STAFF),
    Action.ASSIGN: tuple((role, Reach.BLOCK) for role in _OVERSEERS),
    Action.RETURN: tuple((role, Reach.BLOCK) for role in BLOCK_STAFF),
    Action.POSTPONE: tuple((role, Reach.BLOCK) for role in BLOCK_STAFF),
    Action.RESUME: (*((role, Reach.BLOCK) for role in BLOCK_STAFF), (Role.HUB, Reach.CENTRE)),
    Action.RECALL: tuple((role, Reach.BLOCK) for role in BLOCK_STAFF),
    Action.ANSWER_UNCHECKED: tuple((role, Reach.BLOCK) for role in BLOCK_STAFF),
    Action.MERGE: (*((role, Reach.CENTRE) for role in _DUTY), (Role.HUB, Reach.CENTRE)),
    # The citizen says that his is another; the block that answers for all may take one out.
    Action.SPLIT: (
        *((role, Reach.CENTRE) for role in _DUTY),
        *((role, Reach.BLOCK) for role in BLOCK_STAFF),
        (Role.CIT, Reach.OWN),
        (Role.HUB, Reach.CENTRE),
    ),
    Action.ANSWER_FOLLOWS: ((Role.HUB, Reach.CENTRE),),
    Deed.SPEAK_TO_ALL: (
        *((role, Reach.BLOCK) for role in BLOCK_STAFF),
        *((role, Reach.CENTRE) for role in _DUTY),
    ),
    Action.REJECT: tuple((role, Reach.CENTRE) for role in _DUTY),
    Action.CLOSE_REJECTED: tuple((role, Reach.CENTRE) for role in _DUTY),
    Action.FORWARD: tuple((role, Reach.CENTRE) for role in _DUTY),
    Action.TERMINATE: ((Role.MHD, Reach.CENTRE),),
    Action.DECIDE_RETURN: ((Role.MHD, Reach.CENTRE), (Role.CRD, Reach.CENTRE)),
    Action.PASS_INTERIM: ((Role.QC, Reach.CENTRE), *((role, Reach.CENTRE) for role in _DUTY)),
    Deed.BIND: ((Role.ADM, Reach.CENTRE),),
    Deed.INVITE: ((Role.ADM, Reach.CENTRE),),
    Deed.DRAFT: tuple((role, Reach.BLOCK) for role in BLOCK_STAFF),
    Deed.FREE: ((Role.DEP, Reach.BLOCK), (Role.BHD, Reach.BLOCK)),
    Deed.NOTE: tuple((role, Reach.BLOCK) for role in BLOCK_STAFF),
    Deed.CHECK_RIGHTS: (
        (Role.ADM, Reach.CENTRE),
        *((role, Reach.CENTRE) for role in _DUTY),
        *((role, Reach.BLOCK) for role in BLOCK_STAFF),
    ),
    Deed.ROLES: ((Role.ADM, Reach.CENTRE),),
    Deed.HEALTH: ((Role.ADM, Reach.CENTRE),),
    Deed.MODELS: ((Role.ADM, Reach.CENTRE), (Role.MHD, Reach.CENTRE)),
    Deed.OVERSEE: tuple((role, Reach.CENTRE) for role in (*_OVERSEERS, *_CENTRE)),
    Deed.READ: (
        *((role, Reach.BLOCK) for role in _OVERSEERS),
        *((role, Reach.CENTRE) for role in _CENTRE),
    ),
    Deed.LIST: (
        *((role, Reach.BLOCK) for role in (*BLOCK_STAFF, Role.BLK)),
        *((role, Reach.CENTRE) for role in _DUTY),
    ),
    Deed.STAND_DOWN: tuple((role, Reach.CENTRE) for role in (*_OVERSEERS, *_CENTRE)),
    Deed.EXPLAIN: tuple((role, Reach.CENTRE) for role in _DUTY),
    Deed.VIEW: (
        *((role, Reach.BLOCK) for role in (*BLOCK_STAFF, Role.BLK)),
        *((role, Reach.CENTRE) for role in (*_DUTY, Role.QC, Role.CRD, Role.AUD)),
    ),
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


def in_the_name_of(actor: Actor, role: Role, block: str | None) -> PersonId | None:
    """Whom a substitute stands for when he acts in `role`; None for somebody in his own right."""
    mine = [g for g in actor.grants if g.role is role and g.scope in (block, WHOLE_CENTRE)]
    if not mine or any(g.on_behalf_of is None for g in mine):
        return None
    return mine[0].on_behalf_of


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
