"""The outgoing queue: added with the fact, claimed for sending, recorded when sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Select, and_, bindparam, func, select, update

from services.notices import Notice
from storage.fixed import afterwards, fixed
from storage.lanes import at_once, queued_in, turn
from storage.mapping import Mode
from storage.tables import outbox as t

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """One queued notice."""

    id: int
    kind: str
    channel: str
    chat_id: str
    person_id: int | None
    appeal_id: int | None
    anchor: str | None
    ref: dict[str, Any]
    priority: int
    not_before: datetime
    dedup_key: str | None
    coalesce_key: str | None
    state: str
    attempts: int
    run: str | None
    external_id: str | None
    error: str | None
    created_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Ended:
    """How a send ended: sent (at the real second `sent_clock`), dropped or dead."""

    id: int
    state: str
    sent_at: datetime
    external_id: str | None = None
    error: str | None = None
    sent_clock: float | None = None


ROW = [t.c[name] for name in OutboxRow.__slots__]


_FINISH = (
    update(t)
    .where(t.c.id == bindparam("new_id"))
    .values({name: bindparam(f"new_{name}") for name in Ended.__slots__ if name != "id"})
)
_QUEUED, _SENDING, _SENT = fixed("queued"), fixed("sending"), fixed("sent")
_DEAD, _DROPPED = fixed("dead"), fixed("dropped")


class Outbox:
    """Writes and queries of the outbox table."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def add(self, notice: Notice, *, now: datetime) -> None:
        """Queue a notice with the transaction; a taken dedup or coalesce key drops it."""
        row = {
            "id": self._uow.new_number("outbox"),
            "kind": str(notice.kind),
            "channel": notice.channel,
            "chat_id": notice.chat_id,
            "person_id": notice.person_id,
            "appeal_id": notice.appeal_id,
            "anchor": notice.anchor,
            "ref": notice.ref,
            "priority": int(notice.priority),
            "not_before": notice.not_before,
            "dedup_key": notice.dedup_key,
            "coalesce_key": notice.coalesce_key,
            "state": "queued",
            "attempts": 0,
            "run": None,
            "external_id": None,
            "error": None,
            "created_at": now,
            "sent_at": None,
            **turn(notice, now),
        }
        self._uow.speaks = True
        coalesces = notice.coalesce_key is not None and notice.dedup_key is None
        self._uow.add_row(t, row, Mode.COALESCE if coalesces else Mode.SKIP)

    async def _rows(self, statement: Select[Any]) -> list[OutboxRow]:
        rows = (await self._uow.connection.execute(statement)).all()
        return [OutboxRow(**row._mapping) for row in rows]

    async def row(self, row_id: int) -> OutboxRow | None:
        """One row by key."""
        await self._uow.flush()
        found = (await self._uow.connection.execute(select(*ROW).where(t.c.id == row_id))).first()
        return None if found is None else OutboxRow(**found._mapping)

    async def of_appeal(self, appeal_id: int, *, limit: int = 500) -> list[OutboxRow]:
        """The newest notices about a case, sent or not."""
        await self._uow.flush()
        statement = select(*ROW).where(t.c.appeal_id == appeal_id).order_by(t.c.id.desc())
        return await self._rows(statement.limit(limit))

    async def undelivered(self, person_id: int, kinds: Sequence[str]) -> list[OutboxRow]:
        """Dead letters of these kinds to a person, let go by somebody or not, oldest first."""
        await self._uow.flush()
        let_go = (t.c.state == _DROPPED) & t.c.sent_at.is_not(None)
        dead = (t.c.state == _DEAD) | let_go
        # Whatever failed says how: one range of the index of the few that have not arrived.
        where = (t.c.person_id == person_id, t.c.error.is_not(None), dead, t.c.kind.in_(kinds))
        rows = (
            await self._uow.connection.execute(select(*ROW).where(*where).order_by(t.c.id))
        ).all()
        return [OutboxRow(**row._mapping) for row in rows]

    async def drop(self, row_id: int, *, error: str) -> None:
        """It is no longer waited for."""
        await self._set(t.c.id == row_id, state="dropped", error=error, sent_at=None)

    async def claim(self, ids: Iterable[int], *, run: str) -> set[int]:
        """Mark rows as being sent by this run; returns those that were still queued.

        Waits for transactions that found one of them queued already, so that what they change is
        rendered; in the order in which they hold on to theirs.
        """
        wanted = t.c.id.in_(list(ids)) & (t.c.state == _QUEUED)
        if not self._uow.is_sqlite:
            held = select(t.c.id).where(wanted).order_by(t.c.coalesce_key, t.c.id).with_for_update()
            await self._uow.connection.execute(held)
        statement = update(t).where(wanted).values(state="sending", run=run).returning(t.c.id)
        return {row[0] for row in (await self._uow.connection.execute(statement)).all()}

    async def still_sent_by(self, run: str, ids: Sequence[int]) -> set[int]:
        """Which of the rows this run is sending still; on SQLite there is nobody else."""
        if self._uow.is_sqlite or not ids:
            return set(ids)
        ours = select(t.c.id).where(t.c.id.in_(ids), t.c.state == _SENDING, t.c.run == run)
        rows = await self._uow.connection.execute(ours.order_by(t.c.id).with_for_update())
        return {row[0] for row in rows.all()}

    async def adopt(self, *, run: str) -> list[tuple[str, str]]:
        """Queue again what a dead run was sending; a newer row of the same card replaces it.

        That a run died is no fault of the row: it counts no attempt. Returns (channel, chat) of
        each, since its message may stand there.
        """
        lost = (t.c.state == _SENDING, t.c.run != run)
        twin = t.alias()
        replaced = select(twin.c.id).where(
            twin.c.state == _QUEUED, twin.c.coalesce_key == t.c.coalesce_key
        )
        execute = self._uow.connection.execute
        where = (t.c.channel, t.c.chat_id)
        superseded = update(t).where(*lost, replaced.exists())
        again = update(t).where(*lost)
        gone = await execute(
            superseded.values(state="dropped", error="superseded").returning(*where)
        )
        found = [(row[0], row[1]) for row in gone.all()]
        queued = await execute(again.values(state="queued", run=None).returning(*where))
        return found + [(row[0], row[1]) for row in queued.all()]

    async def sent_since(self, clock: float) -> list[tuple[str, str, float]]:
        """(channel, chat, when) of what went out since then, in real seconds."""
        statement = select(t.c.channel, t.c.chat_id, t.c.sent_clock).where(t.c.sent_clock >= clock)
        rows = (await self._uow.connection.execute(statement)).all()
        return [(row[0], row[1], row[2]) for row in rows]

    async def finish(self, ended: Sequence[Ended]) -> None:
        """Record how sends ended, all in one statement."""
        if ended:
            rows = [{f"new_{name}": getattr(e, name) for name in Ended.__slots__} for e in ended]
            await self._uow.connection.execute(_FINISH, rows)

    async def revive(self, row_id: int, *, queued: bool, now: datetime) -> bool:
        """Queue a dead row again, or drop it; False when it is dead no more.

        Where a newer row says the same already, the dead one is dropped either way.
        """
        await self._uow.flush()
        dead = (t.c.id == row_id) & (t.c.state == _DEAD)
        twin = t.alias()
        newer = select(twin.c.id).where(
            twin.c.state == _QUEUED, twin.c.coalesce_key == t.c.coalesce_key
        )
        execute = self._uow.connection.execute
        self._uow.speaks = True
        if queued:
            values = {
                "state": "queued",
                "attempts": 0,
                "run": None,
                "not_before": now,
                **at_once(now),
            }
            statement = update(t).where(dead, ~newer.exists()).values(**values)
            if (await execute(statement)).rowcount:
                return True
        statement = update(t).where(dead).values(state="dropped", sent_at=now)
        return bool((await execute(statement)).rowcount)

    async def dead(
        self,
        *,
        channel: str | None = None,
        error: str | None = None,
        since: datetime | None = None,
        limit: int = 200,
    ) -> list[OutboxRow]:
        """What could not be delivered, the newest first."""
        await self._uow.flush()
        where = [t.c.state == _DEAD]
        where += [t.c.channel == channel] if channel is not None else []
        where += [t.c.error == error] if error is not None else []
        where += [t.c.sent_at >= since] if since is not None else []
        newest = afterwards(t.c.id).desc()
        statement = select(*ROW).where(*where).order_by(newest).limit(limit)
        return await self._rows(statement)

    async def requeue(self, row: OutboxRow, *, error: str, count: bool = True) -> None:
        """Put a claimed row back in its place, unless a newer one says the same."""
        if row.coalesce_key is not None:
            newer = select(t.c.id).where(t.c.state == _QUEUED, t.c.coalesce_key == row.coalesce_key)
            if (await self._uow.connection.execute(newer)).first() is not None:
                await self._set(t.c.id == row.id, state="dropped", error="superseded")
                return
        attempts = row.attempts + 1 if count else row.attempts
        self._uow.speaks = True
        await self._set(t.c.id == row.id, state="queued", run=None, attempts=attempts, error=error)

    async def set_ref(self, row_id: int, ref: dict[str, Any]) -> None:
        """Remember with a row how far it has come."""
        await self._set(t.c.id == row_id, ref=ref)

    async def move_chat(self, channel: str, old: str, new: str) -> None:
        """The chat got another id: everything unsent goes there."""
        self._uow.speaks = True
        await self._set(and_(*queued_in(channel, old)), chat_id=new)
        here = (t.c.channel == channel) & (t.c.chat_id == old)
        for state in (_SENDING, _DEAD):
            await self._set(here & (t.c.state == state), chat_id=new)

    async def erase(self, appeals: Sequence[int], *, channel: str, chat_id: str) -> None:
        """Empty what notices of these cases, and of no case to this chat, carried, once sent."""
        ended = t.c.state.in_(("sent", "dropped", "dead"))
        await self._uow.flush()
        await self._set(t.c.appeal_id.in_(appeals) & ended, ref={})
        here = t.c.appeal_id.is_(None) & (t.c.chat_id == chat_id) & (t.c.channel == channel)
        await self._set(here & ended, ref={})

    async def withhold(self, appeals: Sequence[int], kinds: Sequence[str]) -> None:
        """Notices of these cases and kinds that have not gone yet never go."""
        await self._uow.flush()
        waiting = t.c.state.in_(("queued", "dead"))
        about = t.c.appeal_id.in_(appeals) & t.c.kind.in_(kinds)
        await self._set(waiting & about, state="dropped", error="erased", ref={})

    async def written_since(self, dedup_key: str, moment: datetime) -> bool:
        """A notice with this key was queued at `moment` or later."""
        await self._uow.flush()
        where = (t.c.dedup_key == dedup_key, t.c.created_at >= moment)
        return (
            await self._uow.connection.execute(select(t.c.id).where(*where))
        ).first() is not None

    async def pending(self, now: datetime) -> int:
        """How many rows could be sent now or are being sent."""
        count = select(func.count()).select_from(t)
        waiting = count.where(t.c.state == _QUEUED, t.c.not_before <= now)
        flying = count.where(t.c.state == _SENDING)
        execute = self._uow.connection.execute
        return int((await execute(waiting)).scalar_one()) + int(
            (await execute(flying)).scalar_one()
        )

    async def count(self, state: str) -> int:
        """How many rows are in a state."""
        await self._uow.flush()
        statement = select(func.count()).select_from(t).where(t.c.state == fixed(state))
        return int((await self._uow.connection.execute(statement)).scalar_one())

    async def _set(self, where: Any, **values: Any) -> None:
        await self._uow.connection.execute(update(t).where(where).values(**values))
