"""A place that people keep writing of: the slow form of a problem (domain.md §3).

At least five messages of a topic in seven days, of one named place or within 500 m of one of them.
Messages count, not authors; of an author with an open case there only that one. Who was answered
meanwhile counts too: the place is sick still, and its cause is what is looked for. What a problem
has already does not: it has been told as one. The cases that are open yet are what is joined.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services import cases, neighbours, problems
from services.desk import Desk, use_case
from services.lifecycle import Action
from services.model import Appeal, Problem, ProblemState, Report
from services.nearness import NEAR_IN_A_WEEK, gatherings
from services.neighbours import Group
from services.problem_rules import MESSAGES, WEEK, counted, may_join


@use_case
async def look(desk: Desk) -> int:
    """Propose what a week shows, or bring it up to date (a job). Returns how many it told of.

    A place is proposed once: not while the last proposal waits, not within a week of «Разные», and
    an open problem there takes the reports instead.
    """
    since, uow = desk.now - WEEK, desk.uow
    topics = await uow.nearby.busy(list(desk.town.topics), since, enough=MESSAGES)
    if not topics:
        return 0
    known = await uow.nearby.lately(since)
    told = 0
    for topic in topics:
        reports = await uow.nearby.of_week(topic, since, limit=neighbours.IN_A_WEEK)
        mine = [problem for problem in known if problem.topic == topic]
        for centre, members in gatherings(reports, NEAR_IN_A_WEEK, _weight, enough=MESSAGES):
            problem = await _there(desk, mine, members)
            if problem is None:
                told += await _propose(desk, centre, members)
            elif problem.state is ProblemState.OPEN:
                told += await _join(desk, problem, members)
            elif problem.state is ProblemState.PROPOSED:
                told += await _recount(desk, problem, members)
    return told


def _weight(reports: Sequence[Report]) -> int:
    return len(counted(reports))


async def _there(desk: Desk, known: Sequence[Problem], reports: Sequence[Report]) -> Problem | None:
    """The newest problem at the place of one of these, an open one before others."""
    found = [problem for problem in known if await neighbours.at_place(desk, problem, reports)]
    is_open = (problem for problem in found if problem.state is ProblemState.OPEN)
    return next(is_open, found[0] if found else None)


async def _free(desk: Desk, reports: Sequence[Report]) -> list[Appeal]:
    found = await desk.uow.foresee(Appeal, "id", sorted(report.id for report in reports))
    return [appeal for appeal in found if may_join(appeal)]


async def _propose(desk: Desk, centre: Report, reports: Sequence[Report]) -> bool:
    """Told while a case is open there: it is what the problem will be worked on."""
    members = await _free(desk, reports)
    if not members:
        return False
    middle = await desk.uow.need(Appeal, centre.id)
    problem = problems.propose(desk, Group(middle, members), week=_weight(reports))
    await _show(desk, problem, reports)
    return True


async def _recount(desk: Desk, problem: Problem, reports: Sequence[Report]) -> bool:
    """What waits for the duty officer says how many there are by now."""
    n = _weight(reports)
    if not problem.week or problem.week == n:
        return False
    problem = await problems.locked(desk, problem.id)
    if problem.state is not ProblemState.PROPOSED:
        return False
    await _show(desk, desk.uow.put(replace(problem, week=n)), reports)
    return True


async def _show(desk: Desk, problem: Problem, reports: Sequence[Report]) -> None:
    answered = sum(report.ended_at is not None for report in counted(reports))
    await problems.show_proposal(desk, problem, answered=answered)


async def _join(desk: Desk, problem: Problem, reports: Sequence[Report]) -> bool:
    """An open problem takes what is where it is, nobody holds, and has not left it before."""
    problem = await problems.locked(desk, problem.id)
    if problem.state is not ProblemState.OPEN:
        return False
    taken = False
    for appeal in await _free(desk, await neighbours.at_place(desk, problem, reports)):
        fresh = await cases.locked(desk, appeal.id)
        if may_join(fresh) and fresh.holder_id is None and not await _left(desk, problem, fresh):
            await problems.join(desk, problem, fresh, new=False)
            taken = True
    return taken


async def _left(desk: Desk, problem: Problem, appeal: Appeal) -> bool:
    """Its author or a person on duty has said that it is something else."""
    events = await desk.uow.appeals.events_of(appeal.id)
    return any(
        event.action == Action.MERGE and event.code == f"problem:{problem.id}" for event in events
    )
