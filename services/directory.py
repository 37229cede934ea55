"""Who is who: persons behind accounts, roles by invitation, chats bound to blocks."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import timedelta

from services import notify
from services.access import Actor, Deed, authorise, held
from services.desk import Desk, use_case
from services.errors import DomainError
from services.model import (
    WHOLE_CENTRE,
    Account,
    Grant,
    Invite,
    Person,
    PersonId,
    Role,
)
from services.notices import Kind
from services.terms import Term
from services.wire import Author

INVITATION_LIFE = timedelta(hours=72)
BLOCK_ROLES = frozenset({Role.EXE, Role.DEP, Role.BHD, Role.BLK})
"""Roles whose scope is a block's code."""
INVITABLE = frozenset(Role) - {Role.CIT, Role.HUB}


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody recognised: his person, account and rights."""

    person: Person
    account: Account
    actor: Actor
    name: str
    """As the messenger gives it now; kept only with consent."""
    returned: bool = False
    """He had stopped the bot, and this is his first word since."""


@use_case
async def identify(desk: Desk, author: Author, *, private: bool) -> Known:
    """The person behind an account, made on the first meeting; a private message opens the door."""
    uow = desk.uow
    account = await uow.people.account(author.channel, author.external_id)
    if account is None:
        person = uow.add(
            Person(
                id=PersonId(uow.new_id(Person)),
                first_name=author.first_name[:64],
                locale=author.locale,
                consent_version=None,
                consent_at=None,
                created_at=desk.now,
            )
        )
        account = uow.add(
            Account(
                uow.new_id(Account), author.channel, author.external_id, person.id, private, None
            )
        )
    else:
        person = await uow.need(Person, account.person_id)
    returned = private and account.unreachable_at is not None
    if private and (not account.started or returned):
        account = uow.put(replace(account, started=True, unreachable_at=None))
        if returned:
            await _cards(desk, account)
    grants = held(await uow.people.grants_of(person.id), desk.now)
    administrator = (author.channel, author.external_id) in desk.admins
    actor = Actor(person.id, grants, administrator)
    return Known(person, account, actor, author.first_name[:64], returned)


@use_case
async def stopped(desk: Desk, *, channel: str, external_id: str) -> None:
    """The person blocked the bot: nothing can be sent to him until he comes back."""
    account = await desk.uow.people.account(channel, external_id)
    if account is not None and account.unreachable_at is None:
        await _cards(desk, desk.uow.put(replace(account, unreachable_at=desk.now)))


async def _cards(desk: Desk, account: Account) -> None:
    """Who works on his cases sees on the card whether he can be reached."""
    for appeal in await desk.uow.appeals.open_of_person(account.person_id):
        if (appeal.channel, appeal.chat_id) == (account.channel, account.external_id):
            await notify.card(desk, appeal)


def role_codes() -> str:
    """What /invite takes, for a person to read."""
    return ", ".join(sorted(INVITABLE))


@use_case
async def chat_moved(desk: Desk, *, channel: str, old: str, new: str) -> None:
    """A group became a supergroup: its id changes everywhere (domain.md §9)."""
    chat = await desk.uow.people.chat(channel, old)
    if chat is not None and await desk.uow.people.chat(channel, new) is None:
        desk.uow.put(replace(chat, external_id=new))
        notify.reply_in_group(
            desk, channel=channel, chat_id=new, kind=Kind.PLAIN, text="group_upgraded", values={}
        )
    await desk.uow.outbox.move_chat(channel, old, new)


@use_case
async def invite(
    desk: Desk, *, actor: Actor, role: str, scope: str | None, term: Term | None = None
) -> tuple[Invite, str]:
    """A one-time invitation to a role, good for 72 hours; returns it with its secret token.

    Raises Denied, DomainError(«no_such_role», «scope_needed», «no_such_block»).
    """
    authorise(actor, Deed.INVITE)
    wanted = role.upper()
    if wanted not in INVITABLE:
        raise DomainError("no_such_role", role=role, roles=role_codes())
    where = _scope(desk, Role(wanted), scope)
    token = secrets.token_urlsafe(24)
    invitation = Invite(
        id=desk.uow.new_id(Invite),
        token_hash=hashlib.sha256(token.encode()).hexdigest(),
        role=Role(wanted),
        scope=where,
        created_by=actor.person_id,
        created_at=desk.now,
        expires_at=desk.now + INVITATION_LIFE,
        used_by=None,
        used_at=None,
        until=term.until if term else None,
        act=term.act if term else None,
    )
    return desk.uow.add(invitation), token


def _scope(desk: Desk, role: Role, scope: str | None) -> str:
    if role not in BLOCK_ROLES:
        return WHOLE_CENTRE
    if scope is None:
        raise DomainError("scope_needed", role=role, codes=", ".join(desk.town.blocks))
    if scope.upper() not in desk.town.blocks:
        raise DomainError("no_such_block", code=scope, codes=", ".join(desk.town.blocks))
    return scope.upper()


@use_case
async def accept(desk: Desk, *, person: Person, token: str) -> Grant:
    """Take the role of an invitation.

    Raises DomainError(«invitation_unknown», «invitation_used», «invitation_expired»).
    """
    digest = hashlib.sha256(token.encode()).hexdigest()
    found = await desk.uow.people.invite(digest)
    if found is None:
        raise DomainError("invitation_unknown")
    found = await desk.uow.lock(Invite, found.id) or found
    if found.used_by is not None:
        raise DomainError("invitation_used")
    if found.expires_at <= desk.now:
        raise DomainError("invitation_expired")
    desk.uow.put(replace(found, used_by=person.id, used_at=desk.now))
    return desk.uow.add(
        Grant(
            id=desk.uow.new_id(Grant),
            person_id=person.id,
            role=found.role,
            scope=found.scope,
            since=desk.now,
            until=found.until,
            granted_by=found.created_by,
            act=found.act,
        )
    )
