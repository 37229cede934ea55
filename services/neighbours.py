"""What of a report's topic is near to it: other reports, and the problem they are in already.

A report without a point whose namesakes have none asks the map nothing: most don't.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from services.areas import box
from services.desk import Desk
from services.model import Appeal, AppealId, Problem, Report
from services.nearness import NEAR, NEAR_IN_A_WEEK, fullest, one_place, point_of
from services.problem_rules import (
    AUTHORS,
    NAMELESS,
    WEEK,
    WINDOW,
    authors_of,
    counted,
    lasts,
    lead_of,
    may_join,
    reach,
)

LOOKED_AT = 30
"""Of very many neighbours the newest that a new report is compared with."""
IN_A_WEEK = 300
"""The same for the reports of a topic in a week."""
MANY = 100
"""Reports that one press joins."""


@dataclass(frozen=True, slots=True)
class Group:
    """Reports of one place."""

    centre: Appeal
    members: list[Appeal]


async def close(desk: Desk, appeal: Appeal) -> list[Appeal]:
    """Other appeals of its topic of the last week, in any state, that may be of its place.

    Around its own point, and around those of reports that share its named place.
    """
    topic, key = str(appeal.topic), appeal.place_key
    points = [point] if (point := point_of(appeal)) is not None else []
    if key is not None:
        since = desk.now - WINDOW
        points += await desk.uow.problems.points_alike(topic, key, since, may_join)
    if not points:
        return []
    # Of two that are near to one in their middle each is twice as far from the other.
    place, since = box(points, 2 * NEAR), desk.now - WEEK
    found = await desk.uow.nearby.around(topic, place, since, limit=LOOKED_AT)
    return [other for other in found if other.id != appeal.id]


async def problem_of(desk: Desk, appeal: Appeal, near: Sequence[Appeal]) -> Problem | None:
    """The newest problem that lasts and whose centre is close to the appeal.

    Where nobody is near there is none.
    """
    if point_of(appeal) is None or not near:
        return None
    for problem in await desk.uow.nearby.recent(str(appeal.topic), desk.now - WEEK):
        if not lasts(problem, desk.now):
            continue
        centre = await desk.uow.get(Appeal, problem.centre_id) if problem.centre_id else None
        if centre is not None and one_place(appeal, centre, reach(problem)):
            return problem
    return None


async def group_of(desk: Desk, appeal: Appeal, near: Sequence[Appeal]) -> Group | None:
    """The reports of the last day that are one problem with this one, if they are enough."""
    since = desk.now - WINDOW
    topic, key = str(appeal.topic), appeal.place_key
    alike = desk.uow.problems
    if not near:
        if key is None or len(await alike.authors_alike(topic, key, since, may_join)) < AUTHORS:
            return None
        members = [a for a in await alike.alike(topic, key, since) if may_join(a)]
        return Group(lead_of(members), members)
    named = await alike.alike(topic, key, since) if key is not None else []
    every = {a.id: a for a in (*near, *named) if may_join(a) and a.received_at >= since}
    every[appeal.id] = appeal
    centre, members = fullest([*every.values()], appeal, NEAR, authors_of)
    return Group(centre, members) if authors_of(members) >= AUTHORS else None


async def members_of(desk: Desk, problem: Problem, since: datetime) -> list[Appeal]:
    """Reports at the place of a problem, received after `since`, that may join it; by number."""
    found: dict[int, Appeal] = {}
    if problem.place_key != NAMELESS:
        named = await desk.uow.problems.alike(problem.topic, problem.place_key, since)
        found |= {appeal.id: appeal for appeal in named}
    centre = await desk.uow.get(Appeal, problem.centre_id) if problem.centre_id else None
    point = point_of(centre) if centre is not None else None
    if centre is not None and point is not None:
        within = reach(problem)
        place = box([point], within)
        near = await desk.uow.nearby.around(problem.topic, place, since, limit=MANY)
        found |= {a.id: a for a in near if one_place(centre, a, within)}
    return [found[number] for number in sorted(found) if may_join(found[number])]


async def reports_of(desk: Desk, problem: Problem, since: datetime) -> list[AppealId]:
    """Numbers of what a proposed problem was proposed for: of a week also what was answered."""
    found = {appeal.id for appeal in await members_of(desk, problem, since)}
    if problem.week:
        week = await desk.uow.nearby.of_week(problem.topic, since, limit=IN_A_WEEK)
        found |= {report.id for report in counted(await at_place(desk, problem, week))}
    return sorted(found)


async def at_place(desk: Desk, problem: Problem, reports: Sequence[Report]) -> list[Report]:
    """Those of the reports that are where the problem is."""
    centre = await desk.uow.get(Appeal, problem.centre_id) if problem.centre_id else None
    return [
        report
        for report in reports
        if report.place_key == problem.place_key
        or (centre is not None and one_place(centre, report, NEAR_IN_A_WEEK))
    ]
