"""Persons, their accounts, roles, invitations, open questions and drafts; bound chats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import or_, update

from services.model import (
    Account,
    Chat,
    Dialog,
    Draft,
    Grant,
    Invite,
    Person,
    PersonId,
    Purpose,
    Role,
)
from storage import tables as t

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


class People:
    """Queries of the people tables."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def account(self, channel: str, external_id: str) -> Account | None:
        """The account with this outside id."""
        where = (t.accounts.c.channel == channel, t.accounts.c.external_id == external_id)
        found = await self._uow.select(Account, *where)
        return found[0] if found else None

    async def accounts_of(self, person_id: PersonId) -> list[Account]:
        """Every address of a person, oldest first."""
        c = t.accounts.c
        return await self._uow.select(Account, c.person_id == person_id, order=[c.id])

    async def grants_of(self, person_id: PersonId) -> list[Grant]:
        """Roles a person has or had."""
        return await self._uow.select(Grant, t.grants.c.person_id == person_id)

    async def holders(
        self, role: Role, now: datetime, *, scopes: Iterable[str] | None = None
    ) -> list[Grant]:
        """Grants of `role` in force at `now`, over one of `scopes` where given."""
        c = t.grants.c
        where = [c.role == role, c.since <= now, or_(c.until.is_(None), c.until > now)]
        if scopes is not None:
            where.append(c.scope.in_(list(scopes)))
        return await self._uow.select(Grant, *where, order=[c.id])

    async def invite(self, token_hash: str) -> Invite | None:
        """The invitation with this token."""
        found = await self._uow.select(Invite, t.invites.c.token_hash == token_hash)
        return found[0] if found else None

    async def chat(self, channel: str, external_id: str) -> Chat | None:
        """What a group chat is bound to."""
        c = t.chats.c
        found = await self._uow.select(Chat, c.channel == channel, c.external_id == external_id)
        return found[0] if found else None

    async def chat_for(self, purpose: Purpose, block: str | None = None) -> Chat | None:
        """The chat bound for a purpose, and for a block where it is a block's."""
        c = t.chats.c
        where = [c.purpose == purpose]
        if block is not None:
            where.append(c.block == block)
        found = await self._uow.select(Chat, *where, order=[c.id])
        return found[-1] if found else None

    async def dialog(self, person_id: PersonId, chat_id: str) -> Dialog | None:
        """The open question row of a person in a chat, whatever its age."""
        c = t.dialogs.c
        found = await self._uow.select(Dialog, c.person_id == person_id, c.chat_id == chat_id)
        return found[0] if found else None

    async def drafts_of(self, person_id: PersonId) -> list[Draft]:
        """What a person wrote before consenting, oldest first."""
        c = t.drafts.c
        return await self._uow.select(Draft, c.person_id == person_id, order=[c.id])

    async def erase_updates(self, channel: str, chat_id: str) -> None:
        """Empty the raw updates of a chat that are processed; their keys stay."""
        c = t.inbox.c
        await self._uow.flush()
        await self._uow.connection.execute(
            update(t.inbox)
            .where(c.chat_key == f"{channel}:{chat_id}", c.state == "done")
            .values(payload=None)
        )

    async def to_forget(self, *, limit: int = 100) -> list[Person]:
        """Who asked to be forgotten once his appeals are closed."""
        c = t.people.c
        return await self._uow.select(Person, c.forget_when_closed, order=[c.id], limit=limit)

    async def drafts_before(self, moment: datetime) -> list[Draft]:
        """Drafts received before `moment`."""
        return await self._uow.select(Draft, t.drafts.c.received_at < moment, limit=500)
