"""Persons, their accounts, roles, invitations, open questions and drafts; bound chats."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, literal_column, null, or_, update

from services.model import (
    Account,
    Chat,
    Contact,
    Dialog,
    Draft,
    Grant,
    Invite,
    Person,
    PersonId,
    Purpose,
    Role,
    Snooze,
)
from storage import tables as t
from storage.housekeeping import WITH_WORDS

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


class People:
    """Queries of the people tables."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def account(self, channel: str, external_id: str) -> Account | None:
        """The account with this outside id."""
        found = await self._uow.by(Account, channel=channel, external_id=external_id)
        return found[0] if found else None

    async def accounts_of(self, person_id: PersonId) -> list[Account]:
        """Every address of a person, oldest first."""
        return await self._uow.by(Account, person_id=person_id)

    async def grants_of(self, person_id: PersonId) -> list[Grant]:
        """Roles a person has or had."""
        return await self._uow.by(Grant, person_id=person_id)

    async def holders(
        self, role: Role, now: datetime, *, scopes: Iterable[str] | None = None
    ) -> list[Grant]:
        """Grants of `role` in force at `now`, over one of `scopes` where given."""
        c = t.grants.c
        where = [c.role == role, c.since <= now, or_(c.until.is_(None), c.until > now)]
        if scopes is not None:
            where.append(c.scope.in_(list(scopes)))
        return await self._uow.select(Grant, *where, order=[c.id])

    async def staff(self, now: datetime) -> list[Grant]:
        """Every grant in force at `now`, of whatever role."""
        c = t.grants.c
        where = (c.since <= now, or_(c.until.is_(None), c.until > now))
        return await self._uow.select(Grant, *where, order=[c.id])

    async def snooze_of(self, person_id: PersonId) -> Snooze | None:
        """The last time somebody asked for quiet."""
        found = await self._uow.by(Snooze, person_id=person_id)
        return found[0] if found else None

    async def invite(self, token_hash: str) -> Invite | None:
        """The invitation with this token."""
        found = await self._uow.select(Invite, t.invites.c.token_hash == token_hash)
        return found[0] if found else None

    async def chat(self, channel: str, external_id: str) -> Chat | None:
        """What a group chat is bound to."""
        for chat in await self._uow.by(Chat):
            if (chat.channel, chat.external_id) == (channel, external_id):
                return chat
        return None

    async def chat_for(self, purpose: Purpose, block: str | None = None) -> Chat | None:
        """The chat bound for a purpose, and for a block where it is a block's, unless lost."""
        # A municipality has some dozens of chats: they are read whole, once in a transaction.
        found = [c for c in await self._uow.by(Chat) if c.purpose is purpose and not c.is_lost]
        if block is not None:
            found = [c for c in found if c.block == block]
        return found[-1] if found else None

    async def lost_chats(self) -> list[Chat]:
        """Bound chats that the bot was removed from."""
        return [chat for chat in await self._uow.by(Chat) if chat.is_lost]

    async def dialog(self, person_id: PersonId, chat_id: str) -> Dialog | None:
        """The open question row of a person in a chat, whatever its age."""
        found = [d for d in await self._uow.by(Dialog, person_id=person_id) if d.chat_id == chat_id]
        return found[0] if found else None

    async def contacts_of(self, person_id: PersonId) -> list[Contact]:
        """How a person can be reached, oldest first."""
        return await self._uow.by(Contact, person_id=person_id)

    async def drafts_of(self, person_id: PersonId) -> list[Draft]:
        """What a person wrote that is no appeal yet, oldest first."""
        return await self._uow.by(Draft, person_id=person_id)

    async def erase_updates(self, channel: str, chat_id: str) -> None:
        """Empty the raw updates of a chat that are processed; their keys stay."""
        c = t.inbox.c
        await self._uow.flush()
        await self._uow.connection.execute(
            update(t.inbox)
            .where(c.chat_key == f"{channel}:{chat_id}", WITH_WORDS)
            .values(payload=null())
        )

    async def to_forget(self, *, limit: int = 100) -> list[Person]:
        """Who asked to be forgotten once his appeals are closed."""
        # Said as the index says it: SQLite does not see that «= 1» is the same.
        asked: ColumnElement[bool] = literal_column("people.forget_when_closed")
        return await self._uow.select(Person, asked, order=[t.people.c.id], limit=limit)

    async def drafts_before(self, moment: datetime) -> list[Draft]:
        """Drafts that have waited for consent since before `moment`."""
        c = t.drafts.c
        return await self._uow.select(
            Draft, c.received_at < moment, c.ready_at.is_(None), limit=500
        )

    async def drafts_open(self, *, limit: int = 200) -> list[Draft]:
        """Drafts of open bursts, the soonest over first: one range of the index."""
        c = t.drafts.c
        return await self._uow.select(
            Draft, c.ready_at.is_not(None), order=[c.ready_at, c.id], limit=limit
        )

    async def soonest_draft(self) -> datetime | None:
        """When the next burst is over."""
        c = t.drafts.c
        found = await self._uow.select(Draft, c.ready_at.is_not(None), order=[c.ready_at], limit=1)
        return found[0].ready_at if found else None
