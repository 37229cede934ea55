"""Whose turn it is in the outbox: read from two indexes, however much waits.

A person has few notices, so persons are found by walking along their ranks; a group may have
thousands, so groups are found by leaping from one to the next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import ColumnElement, bindparam, select, text, update

from services.model import Chat
from services.notices import Kind
from storage.lanes import GROUP, LATER, PERSON, QUEUED, WAITS, at_once, queued_in
from storage.outbox import ROW, OutboxRow
from storage.tables import outbox as t

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Head:
    """The oldest due row of a chat, and how urgent the most urgent one behind it is."""

    row: OutboxRow
    rank: float


class Turns:
    """Who is next, and when those who wait for their time are due."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def heads(
        self, *, skip: Sequence[str] = (), without: Sequence[str] = (), limit: int = 60
    ) -> list[Head]:
        """The oldest due row of chats, the most urgent chat first.

        Every group that has one, and persons as far as their `limit` most urgent rows go. None of
        a chat in `without` («channel:chat»), none with an anchor in `skip`.
        """
        given = {"n": limit, "skip": _padded(skip, ""), "without": _padded(without, "")}
        ranks: dict[int, float | None] = {}
        for row_id, rank in (await self._uow.connection.execute(_FOUND, given)).all():
            known = ranks.get(row_id)
            ranks[row_id] = rank if known is None else min(known, rank or known)
        if not ranks:
            return []
        asked = {"ids": _padded([*ranks], 0)}
        heads: list[Head] = []
        for own, *values in (await self._uow.connection.execute(_ROWS, asked)).all():
            row = OutboxRow(*values)
            if f"{row.channel}:{row.chat_id}" not in without:
                heads.append(Head(row, min(own, ranks[row.id] or own)))
        return sorted(heads, key=lambda head: (head.rank, head.row.id))

    async def soonest(self) -> float | None:
        """The business second at which the next of those that wait for their time is due."""
        found: float | None = (await self._uow.connection.execute(_SOONEST)).scalar()
        return found

    async def promote(self, now: datetime) -> None:
        """Let those whose time has come stand in line."""
        # Written by a version that knew of no lanes, a row has no rank.
        due = select(t.c.id).where(
            QUEUED, WAITS, t.c.rank <= now.timestamp(), t.c.not_before <= now
        )
        if not self._uow.is_sqlite:
            # Those in the hands of a transaction have their turn when it has ended.
            due = due.order_by(t.c.id).with_for_update(skip_locked=True)
        statement = update(t).where(t.c.id.in_(due)).values(**at_once(now))
        await self._uow.connection.execute(statement)

    async def hold(self, channel: str, chat_id: str, until: datetime) -> None:
        """Let what is queued for a chat wait until that moment."""
        values = {"not_before": until, "lane": LATER, "rank": until.timestamp()}
        await self._shift(channel, chat_id, t.c.not_before < until, values)

    async def release(self, channel: str, chat_id: str, now: datetime) -> None:
        """Let what was held for a chat go."""
        values = {"not_before": now, **at_once(now)}
        await self._shift(channel, chat_id, t.c.not_before > now, values)

    async def redirect(self, old: Chat, new: Chat, *, without: Sequence[str]) -> None:
        """What waits for a chat goes to another; kinds that are put up anew there just go."""
        self._uow.speaks = True
        await self._uow.flush()
        waits = update(t).where(*queued_in(old.channel, old.external_id))
        anew = t.c.kind.in_(without)
        gone = waits.where(anew).values(state="dropped", error="superseded")
        moved = waits.where(~anew, t.c.kind != Kind.RIGHTS)
        await self._uow.connection.execute(gone)
        place = {"channel": new.channel, "chat_id": new.external_id}
        await self._uow.connection.execute(moved.values(**place))

    async def _shift(
        self, channel: str, chat_id: str, which: ColumnElement[bool], values: dict[str, Any]
    ) -> None:
        self._uow.speaks = True
        await self._uow.flush()
        where = (*queued_in(channel, chat_id), t.c.kind != Kind.RIGHTS, which)
        await self._uow.connection.execute(update(t).where(*where).values(**values))


def _padded(keys: Sequence[T], nothing: T) -> list[T]:
    """Lists of few lengths, so that the driver knows the statement again."""
    size = 8
    while size < len(keys):
        size *= 2
    return [*keys, *[nothing] * (size - len(keys))]


_SOONEST = select(t.c.rank).where(QUEUED, WAITS).order_by(t.c.rank).limit(1)
_ROWS = select(t.c.rank, *ROW).where(t.c.id.in_(bindparam("ids", expanding=True)))


def _first(lane: int, where: str) -> str:
    """The key of the first due row of a lane, as the index of the lane's chats has them."""
    return (
        f"(SELECT h.id FROM outbox h WHERE h.state = 'queued' AND h.lane = {lane} AND {where}"
        " AND (h.anchor IS NULL OR h.anchor NOT IN :skip)"
        " ORDER BY h.channel, h.chat_id, h.id LIMIT 1)"
    )


def _of_chat(lane: int, row: str) -> str:
    return _first(lane, f"h.channel = {row}.channel AND h.chat_id = {row}.chat_id")


# SQLite leaps along one column only: to the next chat of the channel, or else the next channel.
_FOUND = text(
    f"""
WITH RECURSIVE leaps (id) AS (
    SELECT {_first(GROUP, "h.channel > ''")}
    UNION ALL
    SELECT coalesce(
        {_first(GROUP, "h.channel = o.channel AND h.chat_id > o.chat_id")},
        {_first(GROUP, "h.channel > o.channel")})
    FROM leaps JOIN outbox o ON o.id = leaps.id
), persons AS (
    SELECT p.channel, p.chat_id, p.rank FROM outbox p
    WHERE p.state = 'queued' AND p.lane = {PERSON}
        AND p.channel || ':' || p.chat_id NOT IN :without
        AND (p.anchor IS NULL OR p.anchor NOT IN :skip)
    ORDER BY p.rank, p.id LIMIT :n
), urgent AS (
    SELECT u.channel, u.chat_id, u.rank FROM outbox u
    WHERE u.state = 'queued' AND u.lane = {GROUP} AND u.rank < 0
        AND (u.anchor IS NULL OR u.anchor NOT IN :skip)
    ORDER BY u.rank, u.id LIMIT :n
)
SELECT {_of_chat(PERSON, "persons")}, persons.rank FROM persons
UNION ALL SELECT {_of_chat(GROUP, "urgent")}, urgent.rank FROM urgent
UNION ALL SELECT leaps.id, NULL FROM leaps WHERE leaps.id IS NOT NULL
"""
).bindparams(bindparam("skip", expanding=True), bindparam("without", expanding=True))
