"""Daily facts kept with what happens, and the lists a digest is made of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, case, exists, func, or_, select

from services.model import Appeal, Clock, ClockState, PersonId, State
from services.policies import ClockKind, Urgency
from storage import tables as t
from storage.fixed import fixed
from storage.mapping import Mode

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


def day_number(day: date) -> int:
    """A day as yyyymmdd, the key of daily facts."""
    return day.year * 10000 + day.month * 100 + day.day


def _day(number: int) -> date:
    return date(number // 10000, number // 100 % 100, number % 100)


@dataclass(frozen=True, slots=True)
class DueCase:
    """An open appeal with one of its unmet clocks."""

    appeal: Appeal
    due_at: datetime


class Statistics:
    """Writes and queries of daily_facts; lists by deadline."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    def bump(self, day: date, block: str | None, measure: str, value: int = 1) -> None:
        """Add to one fact of one local day; cases without a block count under «-»."""
        row = {
            "day": day_number(day),
            "block": block or "-",
            "measure": measure,
            "value": value,
        }
        self._uow.add_row(t.daily_facts, row, Mode.SUM)

    async def sums(
        self, since: date, until: date, blocks: Sequence[str] | None
    ) -> dict[tuple[str, str], int]:
        """(block, measure) → sum over the days since…until, both included."""
        await self._uow.flush()
        c = t.daily_facts.c
        statement = (
            select(c.block, c.measure, func.sum(c.value))
            .where(c.day >= day_number(since), c.day <= day_number(until))
            .group_by(c.block, c.measure)
        )
        if blocks is not None:
            statement = statement.where(c.block.in_(blocks))
        rows = (await self._uow.connection.execute(statement)).all()
        return {(row[0], row[1]): int(row[2]) for row in rows}

    async def by_day(
        self, since: date, until: date, measures: Sequence[str]
    ) -> dict[tuple[date, str, str], int]:
        """(day, block, measure) → value for each of the days since…until, all blocks."""
        await self._uow.flush()
        c = t.daily_facts.c
        statement = select(c.day, c.block, c.measure, c.value).where(
            c.day >= day_number(since), c.day <= day_number(until), c.measure.in_(measures)
        )
        rows = (await self._uow.connection.execute(statement)).all()
        return {(_day(row[0]), row[1], row[2]): int(row[3]) for row in rows}

    async def open_by_age(
        self,
        blocks: Sequence[str],
        states: Sequence[State],
        since: Sequence[datetime],
        *,
        now: datetime,
        kinds: Sequence[ClockKind],
    ) -> dict[tuple[str, int], tuple[int, int]]:
        """(block, band) → cases in these states, and how many have missed a clock of `kinds`.

        Band 0 came at since[0] or later, band 1 before that but since[1] or later, and so on; the
        last is older than all.
        """
        a, c = t.appeals.c, t.clocks.c
        # Not asked case by case: the planner would go through all missed clocks for each.
        missed = select(c.appeal_id).where(
            c.kind.in_(kinds),
            c.state.in_((ClockState.RUNNING, ClockState.MISSED)),
            c.stopped_at.is_(None),
            c.due_at <= now,
        )
        band = case(*((a.received_at >= at, n) for n, at in enumerate(since)), else_=len(since))
        one = (
            select(
                a.block, band.label("band"), case((a.id.in_(missed), 1), else_=0).label("missed")
            )
            .where(a.block.in_(blocks), a.state.in_([fixed(state) for state in states]))
            .subquery()
            .c
        )
        statement = select(one.block, one.band, func.count(), func.sum(one.missed)).group_by(
            one.block, one.band
        )
        await self._uow.flush()
        rows = (await self._uow.connection.execute(statement)).all()
        return {(row[0], row[1]): (int(row[2]), int(row[3])) for row in rows}

    async def due_between(
        self,
        blocks: Sequence[str | None],
        after: datetime | None,
        until: datetime,
        *,
        kinds: Sequence[ClockKind] = (ClockKind.ANSWER, ClockKind.FIX),
        limit: int = 50,
    ) -> list[DueCase]:
        """Open cases of the blocks with a clock of `kinds` due in (after, until], soonest first.

        None among the blocks means cases that have none yet.
        """
        a, c = t.appeals, t.clocks
        where = [
            c.c.state.in_((ClockState.RUNNING, ClockState.MISSED)),
            c.c.kind.in_(kinds),
            c.c.stopped_at.is_(None),
            c.c.due_at <= until,
            # Not joined: of a block there are more cases than there are open clocks of all.
            exists().where(a.c.id == c.c.appeal_id, _of(a.c.block, blocks)),
        ]
        if after is not None:
            where.append(c.c.due_at > after)
        statement = select(c.c.id, c.c.appeal_id).where(*where).order_by(c.c.due_at).limit(limit)
        await self._uow.flush()
        rows = (await self._uow.connection.execute(statement)).all()
        select_ = self._uow.select
        clock_ids, case_ids = [row[0] for row in rows], [row[1] for row in rows]
        clocks = {x.id: x for x in await select_(Clock, c.c.id.in_(clock_ids))}
        cases = {x.id: x for x in await select_(Appeal, a.c.id.in_(case_ids))}
        return [DueCase(cases[row[1]], clocks[row[0]].due_at) for row in rows]

    async def open_critical(self, blocks: Sequence[str | None], *, limit: int = 20) -> list[Appeal]:
        """Unanswered emergencies and critical cases of the blocks."""
        a = t.appeals.c
        return await self._uow.select(
            Appeal,
            _of(a.block, blocks),
            a.urgency.in_((Urgency.EMERGENCY, Urgency.CRITICAL)),
            a.answered_at.is_(None),
            a.closed_at.is_(None),
            order=[a.id],
            limit=limit,
        )

    async def load(self, blocks: Sequence[str]) -> dict[PersonId | None, int]:
        """Open cases of the blocks by holder; under None those that nobody has taken."""
        a = t.appeals.c
        statement = (
            select(a.holder_id, func.count())
            .where(a.block.in_(blocks), a.answered_at.is_(None), a.closed_at.is_(None))
            .group_by(a.holder_id)
        )
        await self._uow.flush()
        rows = (await self._uow.connection.execute(statement)).all()
        return {row[0]: int(row[1]) for row in rows}


def _of(column: Any, blocks: Sequence[str | None]) -> ColumnElement[bool]:
    named: ColumnElement[bool] = column.in_([b for b in blocks if b is not None])
    return or_(named, column.is_(None)) if None in blocks else named
