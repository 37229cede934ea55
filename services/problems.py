"""Mass problems: reports that match become one case with a live counter (domain.md §3).

What matches is found by services/comparing.py and services/recurring.py. The work goes on where it
always does, on the card of the lead appeal; the others are `merged` and follow it: one answer goes
to every author.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from services import cases, clocks, menus, neighbours, notify, work
from services.access import HUB, Actor, Deed, authorise
from services.alike import named_place
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import Appeal, AppealId, Problem, ProblemState, Purpose, State
from services.nearness import point_of
from services.neighbours import Group
from services.notices import Kind
from services.problem_rules import (
    NAMELESS,
    authors_of,
    lead_of,
    may_join,
    shared_place,
    span,
    threshold,
)

LIST = "problem_list"
"""The menu that shows who wrote."""


def propose(
    desk: Desk,
    group: Group,
    *,
    state: ProblemState = ProblemState.PROPOSED,
    week: int = 0,
) -> Problem:
    """A problem of these reports, which may all join it; `week`: messages of the slow form."""
    centre, lead = group.centre, lead_of(group.members)
    named = (named_place(desk, appeal) for appeal in (lead, *group.members) if appeal.place)
    return desk.uow.add(
        Problem(
            id=desk.uow.new_id(Problem),
            state=state,
            lead_id=lead.id,
            topic=str(lead.topic),
            place_key=centre.place_key or NAMELESS,
            place=shared_place(next(named, None)),
            opened_at=desk.now,
            opened_by=None,
            authors=authors_of(group.members),
            centre_id=centre.id if point_of(centre) is not None else None,
            week=week,
        )
    )


def opened(desk: Desk, problem: Problem, members: Sequence[Appeal], actor: Actor) -> Problem:
    """What was proposed is one problem, of these reports."""
    return desk.uow.put(
        replace(
            problem,
            state=ProblemState.OPEN,
            lead_id=lead_of(members).id,
            opened_by=actor.person_id,
            authors=authors_of(members),
        )
    )


async def gather(
    desk: Desk,
    problem: Problem,
    appeals: Sequence[Appeal],
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


async def join(desk: Desk, problem: Problem, appeal: Appeal, *, new: bool) -> Appeal:
    """One more report, folded by the hub: counted by its author, told at once (see `fold`)."""
    lead = await cases.locked(desk, problem.lead_id)
    known = await desk.uow.problems.wrote(problem.id, appeal.person_id)
    appeal = await fold(desk, problem, appeal, HUB, new=new)
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


async def show_proposal(desk: Desk, problem: Problem, **ref: Any) -> None:
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
        **ref,
    )


async def locked(desk: Desk, problem_id: int) -> Problem:
    """The problem, held until the transaction ends. Raises DomainError(«no_such_problem»)."""
    found = await desk.uow.lock(Problem, problem_id)
    if found is None:
        raise DomainError("no_such_problem")
    return found


@use_case
async def show(
    desk: Desk, *, actor: Actor, problem_id: int, channel: str, chat: str, name: str
) -> None:
    """«Кто написал», «Показать список», «Ещё»: silent, under the card, for who pressed.

    Of a proposal: what would be joined, and of a week what has been answered as well.
    """
    problem = await desk.uow.get(Problem, problem_id)
    if problem is None:
        raise DomainError("no_such_problem")
    lead = await cases.locked(desk, problem.lead_id)
    authorise(actor, Deed.SPEAK_TO_ALL, block=lead.block)
    where = {"channel": channel, "chat": chat}
    if name != LIST:
        await menus.show(desk, lead, actor=actor, **where, name=name)
        return
    since = problem.opened_at - span(problem)
    proposed = problem.state is ProblemState.PROPOSED
    found = await neighbours.reports_of(desk, problem, since) if proposed else []
    await menus.show(desk, lead, actor=actor, **where, name=name, reports=found)


@use_case
async def confirm(desk: Desk, *, actor: Actor, problem_id: int) -> Problem:
    """«Объединить»: it is one problem. Raises Denied, OutOfDate when it is decided already."""
    authorise(actor, Action.MERGE)
    problem = await locked(desk, problem_id)
    if problem.state is not ProblemState.PROPOSED:
        raise OutOfDate("problem_decided")
    alike = await neighbours.members_of(desk, problem, problem.opened_at - span(problem))
    if not alike:
        raise OutOfDate("problem_decided")
    problem = opened(desk, problem, alike, actor)
    await gather(desk, problem, alike, actor)
    await show_proposal(desk, problem)
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
    await show_proposal(desk, problem)
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
