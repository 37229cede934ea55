"""What is at one place: by points of the map within days, and by what a week holds of a topic."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import func, or_, select

from services.model import Appeal, Box, Outcome, Problem, ProblemState, Report
from services.policies import Urgency
from storage import tables as t

if TYPE_CHECKING:
    from storage.unit import UnitOfWork

_ASKED = (ProblemState.PROPOSED, ProblemState.REFUSED, ProblemState.ANSWERING)
_NOT_OURS = (
    *(Outcome.DUPLICATE, Outcome.WITHDRAWN, Outcome.FORWARDED),
    *(Outcome.REJECTED, Outcome.TERMINATED),
)
MANY = 100
"""Problems of a topic within a week."""
_a = t.appeals.c


class Nearby:
    """Queries by time and place: ranges of indexes made for them."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def around(self, topic: str, box: Box, since: datetime, *, limit: int) -> list[Appeal]:
        """Appeals of a topic whose point is in the box, received after `since`, in any state.

        By number; of very many the newest. One range of an index.
        """

        def fits(a: Appeal) -> bool:
            if a.latitude is None or a.longitude is None or a.topic != topic:
                return False
            return a.received_at >= since and box.holds((a.latitude, a.longitude))

        where = (
            _a.topic == topic,
            _a.received_at >= since,
            _a.latitude.between(box.south, box.north),
            _a.longitude.between(box.west, box.east),
        )
        newest = _a.received_at.desc()
        return await self._uow.find(Appeal, *where, matches=fits, limit=limit, first=newest)

    async def recent(self, topic: str, since: datetime) -> list[Problem]:
        """Problems of a topic around a point that were opened or proposed since; newest first."""
        c = t.problems.c

        def fits(p: Problem) -> bool:
            return p.topic == topic and p.opened_at >= since and p.centre_id is not None

        where = (c.topic == topic, c.opened_at >= since, c.centre_id.is_not(None))
        newest = c.opened_at.desc()
        found = await self._uow.find(Problem, *where, matches=fits, limit=MANY, first=newest)
        return sorted(found, key=lambda p: (p.opened_at, p.id), reverse=True)

    async def busy(self, topics: Collection[str], since: datetime, *, enough: int) -> list[str]:
        """Topics with at least so many appeals since: counted in the index alone."""
        await self._uow.flush()
        statement = (
            select(_a.topic)
            .where(_a.topic.in_(topics), _a.received_at >= since)
            .group_by(_a.topic)
            .having(func.count() >= enough)
            .order_by(_a.topic)
        )
        return [row[0] for row in (await self._uow.connection.execute(statement)).all()]

    async def lately(self, since: datetime) -> list[Problem]:
        """Open problems of any age, and those that were proposed after `since`; newest first."""
        c = t.problems.c
        return await self._uow.select(
            Problem,
            or_(c.state == ProblemState.OPEN, c.state.in_(_ASKED) & (c.opened_at >= since)),
            order=[c.opened_at.desc(), c.id.desc()],
            limit=1000,
        )

    async def of_week(self, topic: str, since: datetime, *, limit: int) -> list[Report]:
        """Reports of a topic since that no problem has: their places and times; the newest.

        What was taken back, passed to others or is another's continuation is none of them.
        """
        await self._uow.flush()
        ended = func.coalesce(_a.answered_at, _a.closed_at, type_=_a.closed_at.type)
        statement = (
            select(
                *(_a.id, _a.person_id, _a.place_key, _a.latitude, _a.longitude),
                *(_a.received_at, ended.label("ended_at")),
            )
            .where(
                _a.topic == topic,
                _a.received_at >= since,
                _a.problem_id.is_(None),
                _a.parent_id.is_(None),
                _a.block.is_not(None),
                _a.urgency != Urgency.EMERGENCY,
                or_(_a.place_key.is_not(None), _a.latitude.is_not(None)),
                or_(_a.outcome.is_(None), _a.outcome.not_in(_NOT_OURS)),
            )
            .order_by(_a.received_at.desc())
            .limit(limit)
        )
        rows = (await self._uow.connection.execute(statement)).all()
        return [Report(**row._mapping) for row in rows]
