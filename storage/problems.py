"""Mass problems: found by topic and place, by lead, by state."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Select,
    Text,
    and_,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
)

from services.model import (
    Appeal,
    AppealId,
    Corner,
    Problem,
    ProblemState,
    State,
)
from services.policies import Urgency
from storage import tables as t

if TYPE_CHECKING:
    from storage.unit import UnitOfWork

_HOUR = timedelta(hours=1)
_ALIVE = (State.NEW, State.ASSIGNED, State.IN_PROGRESS)
"""An appeal in one of these can still join a problem."""
_MANY = 100
"""More authors than this need not be told apart."""
_a, _p = t.appeals.c, t.problems.c
_MAY_JOIN = (
    _a.received_at >= bindparam("since", type_=_a.received_at.type),
    _a.state.in_(_ALIVE),
    _a.problem_id.is_(None),
    _a.block.is_not(None),
    _a.urgency != Urgency.EMERGENCY,
)
_ALIKE = (
    select(_a.id, _a.person_id, _a.latitude, _a.longitude)
    .where(_a.topic == bindparam("topic"), _a.place_key == bindparam("place_key"), *_MAY_JOIN)
    .limit(_MANY)
)


def _among(topic: Column[Any], key: Column[Any], *, is_sqlite: bool) -> ColumnElement[bool]:
    """(topic, key) is one of the parameter `pairs`."""
    if not is_sqlite:
        return tuple_(topic, key).in_(bindparam("pairs", expanding=True))
    # For a list of pairs SQLite would read the whole table; for a table of them it uses the index.
    pair = func.json_each(bindparam("pairs", type_=Text)).table_valued("value").c.value
    first: ColumnElement[str] = literal_column("'$[0]'")
    second: ColumnElement[str] = literal_column("'$[1]'")
    return and_(topic == func.json_extract(pair, first), key == func.json_extract(pair, second))


@cache
def _at_places(*, is_sqlite: bool) -> Select[Any]:
    return select(t.problems).where(_among(_p.topic, _p.place_key, is_sqlite=is_sqlite))


@cache
def _alike_at_places(*, is_sqlite: bool) -> Select[Any]:
    place = func.row_number().over(partition_by=(_a.topic, _a.place_key)).label("rank")
    ranked = (
        select(*(_ALIKE.selected_columns), _a.topic, _a.place_key, place)
        .where(_among(_a.topic, _a.place_key, is_sqlite=is_sqlite), *_MAY_JOIN)
        .subquery()
    )
    return select(ranked).where(ranked.c.rank <= _MANY)


class _Spot(NamedTuple):
    """Whose report, and where on the map."""

    person: int
    point: Corner | None


def _spot(row: Any) -> _Spot:
    unknown = row.latitude is None or row.longitude is None
    return _Spot(row.person_id, None if unknown else (row.latitude, row.longitude))


@dataclass(frozen=True, slots=True)
class Summary:
    """What a problem's card counts."""

    last_hour: int
    """Reports of the last hour."""
    places: tuple[str, ...]
    """The three places named most often."""


class Problems:
    """Queries of the problems table and of the appeals in them."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow

    async def near(
        self, topic: str, place_key: str, fits: Callable[[Problem], bool]
    ) -> Problem | None:
        """The newest problem of a topic at a place of those that fit."""
        found = await self._uow.by(Problem, place_key=place_key, topic=topic)
        return next((problem for problem in reversed(found) if fits(problem)), None)

    async def led_by(self, appeal_id: AppealId) -> Problem | None:
        """The problem that is worked on this appeal and not answered yet."""
        found = await self._uow.by(Problem, lead_id=appeal_id)
        return next((p for p in found if p.state is ProblemState.OPEN), None)

    async def alike(self, topic: str, place_key: str, since: datetime) -> list[Appeal]:
        """Appeals of a topic at a place received after `since` that may join, oldest first."""
        c = t.appeals.c

        def fits(a: Appeal) -> bool:
            here = (a.topic, a.place_key) == (topic, place_key) and a.received_at >= since
            return here and a.state in _ALIVE and a.problem_id is None

        where = (c.topic == topic, c.place_key == place_key, c.received_at >= since)
        open_yet = (c.state.in_(_ALIVE), c.problem_id.is_(None))
        return await self._uow.find(Appeal, *where, *open_yet, matches=fits, limit=100)

    async def authors_alike(
        self, topic: str, place_key: str, since: datetime, fits: Callable[[Appeal], bool]
    ) -> set[int]:
        """Whose appeals `alike` would find, and no more than that: asked for every new report.

        `fits` judges what is not in the database yet.
        """
        return {spot.person for spot in await self._spots(topic, place_key, since, fits)}

    async def points_alike(
        self, topic: str, place_key: str, since: datetime, fits: Callable[[Appeal], bool]
    ) -> list[Corner]:
        """Where on the map they are, as far as that is known: the same statement, sent once."""
        spots = await self._spots(topic, place_key, since, fits)
        return [spot.point for spot in spots if spot.point is not None]

    async def _spots(
        self, topic: str, place_key: str, since: datetime, fits: Callable[[Appeal], bool]
    ) -> Collection[_Spot]:
        said = self._uow.answers.get((_ALIKE, topic, place_key))
        if said is None:
            given = {"topic": topic, "place_key": place_key, "since": since}
            rows = (await self._uow.connection.execute(_ALIKE, given)).all()
            said = self._uow.answers[_ALIKE, topic, place_key] = {r.id: _spot(r) for r in rows}
        found: dict[int, _Spot] = dict(said)
        for appeal in self._uow.written(Appeal):
            found.pop(appeal.id, None)
            here = (appeal.topic, appeal.place_key) == (topic, place_key)
            if here and appeal.received_at >= since and fits(appeal):
                found[appeal.id] = _spot(appeal)
        return found.values()

    async def foresee(self, pairs: Collection[tuple[str, str]], since: datetime) -> None:
        """Read what `near` and `authors_alike` will be asked for these (topic, place key)."""
        execute, own = self._uow.connection.execute, self._uow.is_sqlite
        given: Any = json.dumps([*pairs]) if own else pairs
        rows = (await execute(_at_places(is_sqlite=own), {"pairs": given})).all()
        sets = [(key, topic) for topic, key in pairs]
        self._uow.know(Problem, ("place_key", "topic"), sets, rows)
        alike: dict[tuple[str, str], dict[int, _Spot]] = {pair: {} for pair in pairs}
        statement = _alike_at_places(is_sqlite=own)
        for row in (await execute(statement, {"pairs": given, "since": since})).all():
            alike[row.topic, row.place_key][row.id] = _spot(row)
        for (topic, key), found in alike.items():
            self._uow.answers[_ALIKE, topic, key] = found

    async def members(
        self, problem_id: int, *, merged: bool = True, limit: int = 100, after: int = 0
    ) -> list[Appeal]:
        """Appeals in a problem, by number; `merged`: only those that still follow it."""
        c = t.appeals.c
        where = [c.problem_id == problem_id, c.id > after]
        if merged:
            where.append(c.state == State.MERGED)
        return await self._uow.select(Appeal, *where, order=[c.id], limit=limit)

    async def in_state(self, state: ProblemState, *, limit: int = 20) -> list[Problem]:
        """Problems in a state, oldest first."""
        c = t.problems.c
        return await self._uow.select(Problem, c.state == state, order=[c.id], limit=limit)

    async def wrote(self, problem_id: int, person_id: int) -> bool:
        """This person already has a report in the problem."""
        return bool(await self._uow.by(Appeal, problem_id=problem_id, person_id=person_id))

    async def summary(self, problem_id: int, now: datetime) -> Summary:
        """Counted by the database: a problem may have thousands of reports."""
        c = t.appeals.c
        await self._uow.flush()
        execute = self._uow.connection.execute
        fresh = await execute(
            select(func.count()).where(c.problem_id == problem_id, c.received_at > now - _HOUR)
        )
        named = await execute(
            select(c.place)
            .where(c.problem_id == problem_id, c.place.is_not(None))
            .group_by(c.place)
            .order_by(func.count().desc(), c.place)
            .limit(3)
        )
        return Summary(int(fresh.scalar_one()), tuple(row[0] for row in named.all()))
