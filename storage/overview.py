"""What an administrator looks at: bound chats, who holds which role, how the queues stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, exists, func, or_, select

from services.model import WHOLE_CENTRE, Account, Appeal, Chat, Grant, PersonId, Role, State
from services.notices import Kind
from storage import tables as t
from storage.backlog import standing
from storage.fixed import fixed
from storage.lanes import QUEUED, queued_in

if TYPE_CHECKING:
    from storage.unit import UnitOfWork

_HELD = (State.IN_PROGRESS, State.WAITING_CITIZEN, State.POSTPONED, State.REVIEW)


@dataclass(frozen=True, slots=True)
class Queues:
    """How much waits, and since when."""

    incoming: int
    parked: int
    outgoing: int
    oldest: datetime | None
    """When the oldest notice that could go now was written."""
    retried: int
    """Queued notices that failed at least once."""
    dead: int


class Overview:
    """Queries over several families."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def chats(self) -> list[Chat]:
        """Every bound chat, the oldest first."""
        return await self._uow.select(Chat, order=[t.chats.c.id])

    async def grants(self, now: datetime, *, scope: str | None = None) -> list[Grant]:
        """Roles in force, over one scope where given, by person."""
        c = t.grants.c
        where: list[ColumnElement[bool]] = [c.since <= now, or_(c.until.is_(None), c.until > now)]
        if scope is not None:
            where.append(c.scope == scope)
        return await self._uow.select(Grant, *where, order=[c.person_id, c.id])

    async def not_started(self, now: datetime) -> list[PersonId]:
        """Holders of a role whom the bot may not write to: no Start, or it was stopped."""
        holders = {grant.person_id for grant in await self.grants(now)}
        c = t.accounts.c
        reached = await self._uow.select(
            Account, c.person_id.in_(holders), c.started, c.unreachable_at.is_(None)
        )
        return sorted(holders - {account.person_id for account in reached})

    async def held_by(self, person_id: PersonId, block: str | None = None) -> list[Appeal]:
        """Cases in somebody's hands, of one block where given."""
        c = t.appeals.c
        where: list[ColumnElement[bool]] = [c.holder_id == person_id, c.state.in_(_HELD)]
        if block is not None:
            where.append(c.block == block)
        return await self._uow.select(Appeal, *where, order=[c.id], limit=500)

    async def held_without_role(self, roles: Iterable[Role], moment: datetime) -> list[Appeal]:
        """Cases in work whose holder has had none of `roles` in their block since `moment`."""
        a, g = t.appeals.c, t.grants.c
        role = exists().where(
            g.person_id == a.holder_id,
            g.role.in_(list(roles)),
            or_(g.scope == a.block, g.scope == WHOLE_CENTRE),
            or_(g.until.is_(None), g.until > moment),
        )
        where = (a.state == fixed(State.IN_PROGRESS), a.holder_id.is_not(None), ~role)
        return await self._uow.select(Appeal, *where, order=[a.id], limit=200)

    async def count_open(self, block: str | None) -> int:
        """Unanswered cases of a block; without one, those that no block answers for."""
        await self._uow.flush()
        c = t.appeals.c
        where: list[ColumnElement[bool]]
        if block is None:
            where = [c.state.in_((fixed(State.NEW), fixed(State.RETURNING)))]
        else:
            where = [c.block == block, c.answered_at.is_(None), c.closed_at.is_(None)]
        return await self._count(t.appeals, *where)

    async def waiting_for(self, channel: str, chat_id: str) -> int:
        """Notices queued for a chat."""
        await self._uow.flush()
        o = t.outbox.c
        return await self._count(t.outbox, *queued_in(channel, chat_id), o.kind != Kind.RIGHTS)

    async def queues(self, now: datetime) -> Queues:
        """How both queues stand."""
        await self._uow.flush()
        found, o = await standing(self._uow, now), t.outbox.c
        oldest = select(func.min(o.created_at)).where(QUEUED, o.not_before <= now)
        return Queues(
            incoming=found.new,
            parked=found.parked,
            outgoing=found.queued + found.later,
            oldest=(await self._uow.connection.execute(oldest)).scalar(),
            retried=await self._count(t.outbox, QUEUED, o.attempts > 0),
            dead=found.dead,
        )

    async def _count(self, table: Any, *where: Any) -> int:
        statement = select(func.count()).select_from(table).where(*where)
        return int((await self._uow.connection.execute(statement)).scalar_one())
