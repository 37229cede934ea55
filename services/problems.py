"""Mass problems: reports that match become one case with a live counter (domain.md §3).

The work goes on where it always does, on the card of the lead appeal; the others are `merged` and
follow it: one answer goes to every author.
"""

from __future__ import annotations

from dataclasses import replace

from services import cases, clocks, notify, work
from services.access import HUB, Actor, authorise
from services.alike import named_place, with_key
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import Appeal, AppealId, Problem, ProblemState, Purpose, State
from services.notices import Kind
from services.problem_rules import (
    AUTHORS,
    WINDOW,
    authors_of,
    lead_of,
    may_join,
    opens_by_itself,
    shared_place,
    threshold,
)


async def consider(desk: Desk, appeal: Appeal) -> Appeal:
    """Compare a routed appeal with what is open; returns it, merged where a problem takes it.

    An open problem takes it at once and the citizen is told, with a button to leave. Without one,
    the third author makes a problem: a critical one opens by itself, another is proposed to the
    duty officer.
    """
    appeal = with_key(desk, appeal)
    if not may_join(appeal) or appeal.topic is None or appeal.place_key is None:
        return appeal
    near = await desk.uow.problems.near(appeal.topic, appeal.place_key, desk.now - WINDOW)
    if near is not None and near.state is ProblemState.OPEN:
        problem = await locked(desk, near.id)
        if problem.state is ProblemState.OPEN:
            return await _join(desk, problem, appeal, HUB)
    if near is not None and near.state is ProblemState.REFUSED:
        return appeal
    since = desk.now - WINDOW
    authors = len(
        await desk.uow.problems.authors_alike(appeal.topic, appeal.place_key, since, may_join)
    )
    if near is not None and near.state is ProblemState.PROPOSED:
        near = desk.uow.put(replace(await locked(desk, near.id), authors=authors))
        await _show_proposal(desk, near)
        return appeal
    if authors < AUTHORS:
        return appeal
    alike = await desk.uow.problems.alike(appeal.topic, appeal.place_key, since)
    alike = [a for a in alike if may_join(a)]
    await _found(desk, alike, new=appeal)
    return await desk.uow.need(Appeal, appeal.id)


async def _found(desk: Desk, alike: list[Appeal], *, new: Appeal) -> None:
    lead = lead_of(alike)
    itself = opens_by_itself(alike)
    problem = desk.uow.add(
        Problem(
            id=desk.uow.new_id(Problem),
            state=ProblemState.OPEN if itself else ProblemState.PROPOSED,
            lead_id=lead.id,
            topic=str(lead.topic),
            place_key=str(lead.place_key),
            place=shared_place(named_place(desk, lead)),
            opened_at=desk.now,
            opened_by=None,
            authors=authors_of(alike),
        )
    )
    if itself:
        await _gather(desk, problem, alike, HUB, new=new)
    await _show_proposal(desk, problem)


async def _gather(
    desk: Desk,
    problem: Problem,
    appeals: list[Appeal],
    actor: Actor,
    *,
    new: Appeal | None = None,
) -> Problem:
    """The lead keeps its state, the others follow it; `new` is being registered just now."""
    for appeal in sorted(appeals, key=lambda a: a.id):
        fresh = await cases.locked(desk, appeal.id)
        if appeal.id == problem.lead_id:
            fresh = desk.uow.put(replace(fresh, problem_id=problem.id))
            await notify.card(desk, fresh)
        elif may_join(fresh):
            await fold(desk, problem, fresh, actor, new=new is not None and fresh.id == new.id)
    return problem


async def _join(desk: Desk, problem: Problem, appeal: Appeal, actor: Actor) -> Appeal:
    """One more report: counted by its author, told at once."""
    lead = await cases.locked(desk, problem.lead_id)
    known = await desk.uow.problems.wrote(problem.id, appeal.person_id)
    appeal = await fold(desk, problem, appeal, actor, new=True)
    problem = await desk.uow.need(Problem, problem.id)
    if not known and lead.person_id != appeal.person_id:
        problem = desk.uow.put(replace(problem, authors=problem.authors + 1))
    called = threshold(problem.authors, problem.told)
    if called is not None:
        problem = desk.uow.put(replace(problem, told=called))
        await notify.under_card(
            desk,
            lead,
            Kind.PROBLEM_GROWS,
            key=f"problem_grows:{problem.id}:{called}",
            problem=problem.id,
            authors=called,
        )
    await notify.card(desk, lead)
    return appeal


async def fold(
    desk: Desk, problem: Problem, appeal: Appeal, actor: Actor, *, new: bool = False
) -> Appeal:
    """One report follows the problem from now on; its author is told, with a way out.

    A `new` one is told so by the receipt that it has not got yet.
    """
    appeal = await cases.move(
        desk, appeal, Action.MERGE, actor, code=f"problem:{problem.id}", problem_id=problem.id
    )
    await work.shelve_drafts(desk, appeal)
    # What already stands in the chat says where it went; a new card is not put up.
    if await desk.uow.screens.of_appeal(appeal.id, Kind.CARD):
        await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    if new:
        return appeal
    notify.to_citizen(
        desk,
        appeal,
        Kind.PROBLEM_JOINED,
        key=f"problem_joined:{problem.id}:{appeal.id}",
        anchor=f"problem_joined:{appeal.id}",
        problem=problem.id,
        step="ask",
    )
    return appeal


async def _show_proposal(desk: Desk, problem: Problem) -> None:
    """The duty officer sees it: to confirm, or to undo what opened by itself."""
    chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    lead = await desk.uow.need(Appeal, problem.lead_id)
    await notify.in_chat(
        desk,
        chat,
        Kind.PROBLEM_PROPOSED,
        appeal=lead,
        anchor=f"problem:{problem.id}",
        coalesce=True,
        problem=problem.id,
    )


async def counted_anew(desk: Desk, appeal: Appeal) -> None:
    """A report of this topic at this place came or went: what is proposed says how many."""
    if appeal.topic is None or appeal.place_key is None:
        return
    near = await desk.uow.problems.near(appeal.topic, appeal.place_key, desk.now - WINDOW)
    if near is not None and near.state is ProblemState.PROPOSED:
        await _show_proposal(desk, near)


async def locked(desk: Desk, problem_id: int) -> Problem:
    """The problem, held until the transaction ends. Raises DomainError(«no_such_problem»)."""
    found = await desk.uow.lock(Problem, problem_id)
    if found is None:
        raise DomainError("no_such_problem")
    return found


@use_case
async def confirm(desk: Desk, *, actor: Actor, problem_id: int) -> Problem:
    """«Объединить»: it is one problem. Raises Denied, OutOfDate when it is decided already."""
    authorise(actor, Action.MERGE)
    problem = await locked(desk, problem_id)
    if problem.state is not ProblemState.PROPOSED:
        raise OutOfDate("problem_decided")
    since = problem.opened_at - WINDOW
    alike = await desk.uow.problems.alike(problem.topic, problem.place_key, since)
    alike = [a for a in alike if may_join(a)]
    if not alike:
        raise OutOfDate("problem_decided")
    lead = lead_of(alike)
    problem = desk.uow.put(
        replace(
            problem,
            state=ProblemState.OPEN,
            lead_id=lead.id,
            opened_by=actor.person_id,
            authors=authors_of(alike),
        )
    )
    await _gather(desk, problem, alike, actor)
    await _show_proposal(desk, problem)
    return problem


@use_case
async def refuse(desk: Desk, *, actor: Actor, problem_id: int) -> Problem:
    """«Разные»: never mind, or take apart what the hub had folded by itself."""
    authorise(actor, Action.SPLIT)
    problem = await locked(desk, problem_id)
    if problem.state not in (ProblemState.PROPOSED, ProblemState.OPEN):
        raise OutOfDate("problem_decided")
    problem = desk.uow.put(replace(problem, state=ProblemState.REFUSED))
    for member in await desk.uow.problems.members(problem.id, limit=1000):
        await apart(desk, await cases.locked(desk, member.id), actor)
    lead = await cases.locked(desk, problem.lead_id)
    if lead.problem_id == problem.id:
        await notify.card(desk, desk.uow.put(replace(lead, problem_id=None)))
    await _show_proposal(desk, problem)
    return problem


async def apart(desk: Desk, appeal: Appeal, actor: Actor) -> Appeal:
    """A case of its own again, with the deadlines it had."""
    appeal = await cases.move(desk, appeal, Action.SPLIT, actor, problem_id=None)
    clocks.restart(desk, appeal)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


@use_case
async def split(desk: Desk, *, actor: Actor, problem_id: int, number: str) -> Appeal:
    """«Отделить»: one report is about something else.

    Raises DomainError(«not_in_problem») for anything that is no number of a report in it.
    """
    problem = await locked(desk, problem_id)
    lead = await desk.uow.need(Appeal, problem.lead_id)
    authorise(actor, Action.SPLIT, block=lead.block)
    digits = "".join(c for c in number if c.isdigit())
    appeal = await desk.uow.lock(Appeal, AppealId(int(digits))) if 0 < len(digits) < 18 else None
    if appeal is None or appeal.problem_id != problem.id or appeal.state is not State.MERGED:
        raise DomainError("not_in_problem", number=number[:20])
    appeal = await apart(desk, appeal, actor)
    await fewer(desk, problem, lead)
    return appeal


async def fewer(desk: Desk, problem: Problem, lead: Appeal) -> None:
    """One author less: the counter of the card falls."""
    problem = await desk.uow.need(Problem, problem.id)
    desk.uow.put(replace(problem, authors=max(problem.authors - 1, 1)))
    await notify.card(desk, lead)
