"""A report is compared with others of its day: does a problem take it, or is there a new one?"""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from services import neighbours, problems
from services.access import HUB
from services.alike import with_key
from services.desk import Desk
from services.lifecycle import Action
from services.model import Appeal, Problem, ProblemState
from services.neighbours import Group
from services.problem_rules import WINDOW, authors_of, lasts, may_join, opens_by_itself, span


async def consider(desk: Desk, appeal: Appeal, *, registering: bool = True) -> Appeal:
    """Compare a routed appeal with what is open; returns it, merged where a problem takes it.

    An open problem takes it at once and the citizen is told, with a button to leave. Without one,
    the third author makes a problem: a critical one opens by itself, another is proposed to the
    duty officer. `registering`: its receipt is still to come, and tells him.
    """
    appeal = with_key(desk, appeal)
    if not may_join(appeal):
        return appeal
    topic, key, near = str(appeal.topic), appeal.place_key, list[Appeal]()
    lasting = partial(lasts, now=desk.now)
    problem = await desk.uow.problems.near(topic, key, lasting) if key is not None else None
    if problem is None:
        near = await neighbours.close(desk, appeal)
        problem = await neighbours.problem_of(desk, appeal, near)
    state = problem.state if problem is not None else None
    if problem is not None and state is ProblemState.OPEN:
        problem = await problems.locked(desk, problem.id)
        if problem.state is ProblemState.OPEN:
            return await problems.join(desk, problem, appeal, new=registering)
    if state is ProblemState.REFUSED:
        return appeal
    pending = problem if state is ProblemState.PROPOSED else None
    if pending is not None and not pending.week:
        await _recount(desk, pending, appeal)
        return appeal
    group = await neighbours.group_of(desk, appeal, near)
    if group is None or (pending is not None and not opens_by_itself(group.members)):
        # What a week has shown is before the duty officer already.
        return appeal
    await _found(desk, group, pending, new=appeal if registering else None)
    return await desk.uow.need(Appeal, appeal.id)


async def placed(desk: Desk, appeal: Appeal) -> Appeal:
    """The place of a registered case has become known: it is compared as a new one would be.

    What somebody holds is not taken out of his hands, nor what continues an answered case, nor
    what has left a problem: these are counted only.
    """
    appeal = with_key(desk, appeal)
    free = appeal.holder_id is None and appeal.parent_id is None
    if not free or appeal.received_at < desk.now - WINDOW:
        return appeal
    if any(event.action == Action.MERGE for event in await desk.uow.appeals.events_of(appeal.id)):
        return appeal
    return await consider(desk, desk.uow.put(appeal), registering=False)


async def counted_anew(desk: Desk, appeal: Appeal) -> None:
    """A report of this topic at this place came or went: what is proposed says how many."""
    if appeal.topic is None or appeal.place_key is None:
        return
    lasting = partial(lasts, now=desk.now)
    near = await desk.uow.problems.near(appeal.topic, appeal.place_key, lasting)
    # What a week has shown is counted by its own job.
    if near is not None and near.state is ProblemState.PROPOSED and not near.week:
        await _recount(desk, near, appeal)


async def _recount(desk: Desk, problem: Problem, appeal: Appeal) -> None:
    """One more report of what is proposed: the proposal says so."""
    since = desk.now - WINDOW
    if problem.centre_id is None and appeal.place_key is not None:
        alike = desk.uow.problems.authors_alike
        authors = len(await alike(problem.topic, appeal.place_key, since, may_join))
    else:
        authors = authors_of(await neighbours.members_of(desk, problem, since))
    problem = desk.uow.put(replace(await problems.locked(desk, problem.id), authors=authors))
    await problems.show_proposal(desk, problem)


async def _found(desk: Desk, group: Group, pending: Problem | None, *, new: Appeal | None) -> None:
    """A new problem, or the one that a week had shown, `pending`, which is urgent now."""
    members, itself = group.members, opens_by_itself(group.members)
    if pending is None:
        state = ProblemState.OPEN if itself else ProblemState.PROPOSED
        problem = problems.propose(desk, group, state=state)
    else:
        since = pending.opened_at - span(pending)
        before = await neighbours.members_of(desk, pending, since)
        members = [*{appeal.id: appeal for appeal in (*before, *members)}.values()]
        problem = problems.opened(desk, await problems.locked(desk, pending.id), members, HUB)
    if itself:
        await problems.gather(desk, problem, members, HUB, new=new)
    await problems.show_proposal(desk, problem)
