"""What is done for a whole problem: news, the cause, one answer for all, a lead that goes."""

from __future__ import annotations

from dataclasses import replace

from services import cases, clocks, intake, menus, notify, prompts
from services.access import HUB, Actor, Deed, authorise
from services.alike import named_place
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import (
    Answer,
    AnswerId,
    Appeal,
    AppealId,
    Problem,
    ProblemState,
    Purpose,
    State,
)
from services.notices import Kind, Priority
from services.phrases import within
from services.problem_rules import may_join, shared_place
from services.problems import fold

NEWS_LIMIT = 1000
"""In UTF-16 units: news are a line or two."""
AT_ONCE = 100
"""Authors answered in one transaction; the job goes on with the others."""


async def _opened(desk: Desk, actor: Actor, problem_id: int) -> tuple[Problem, Appeal]:
    """The problem and its lead, for somebody who may work on it."""
    problem = await desk.uow.lock(Problem, problem_id)
    if problem is None:
        raise DomainError("no_such_problem")
    lead = await cases.locked(desk, problem.lead_id)
    authorise(actor, Deed.SPEAK_TO_ALL, block=lead.block)
    if problem.state is not ProblemState.OPEN:
        raise OutOfDate("problem_decided")
    return problem, lead


@use_case
async def ask_words(
    desk: Desk, *, actor: Actor, problem_id: int, channel: str, chat: str, purpose: str
) -> None:
    """«Новости всем», «Причина», «Отделить»: a prompt to who pressed."""
    problem, lead = await _opened(desk, actor, problem_id)
    await menus.close(desk, lead.id, actor=actor)
    where = {"channel": channel, "chat": chat}
    await prompts.ask(desk, lead, actor=actor, **where, purpose=purpose, problem=problem.id)


def _public(desk: Desk, text: str) -> str:
    """Words that many will read. Raises DomainError(«empty_news», «too_long», «news_personal»)."""
    text = within(text, limit=NEWS_LIMIT, empty="empty_news")
    if desk.understand(text).masked != text:
        raise DomainError("news_personal")
    return text


@use_case
async def tell_all(desk: Desk, *, actor: Actor, problem_id: int, text: str, key: str) -> int:
    """«Новости всем»: silent, to everyone who did not ask for the outcome only; returns how many.

    `key` names the message that said it: said twice it is told once.
    """
    problem, lead = await _opened(desk, actor, problem_id)
    words = _public(desk, text)
    cases.note_event(desk, lead, "news", actor, text=words)
    told = 0
    for appeal in [lead, *await desk.uow.problems.members(problem.id, limit=100_000)]:
        if appeal.quiet:
            continue
        told += 1
        notify.to_citizen(
            desk,
            appeal,
            Kind.PROBLEM_NEWS,
            key=f"news:{problem.id}:{key}:{appeal.id}",
            priority=Priority.BROADCAST,
            text=words,
        )
    await notify.under_card(
        desk, lead, Kind.PROBLEM_TOLD, key=f"news_told:{problem.id}:{key}", told=told
    )
    return told


@use_case
async def name_cause(desk: Desk, *, actor: Actor, problem_id: int, text: str) -> Problem:
    """«Причина»: shown on the card and to everyone who reports it from now on."""
    problem, lead = await _opened(desk, actor, problem_id)
    words = _public(desk, text)
    cases.note_event(desk, lead, "cause", actor, text=words)
    problem = desk.uow.put(replace(problem, cause=words))
    await notify.card(desk, await desk.uow.need(Appeal, lead.id))
    return problem


def can_lead(appeal: Appeal) -> bool:
    """Its block works on it, so others may follow it."""
    return appeal.block is not None and appeal.state in (State.ASSIGNED, State.IN_PROGRESS)


async def propose_by_hand(desk: Desk, *, lead: Appeal, appeal: Appeal) -> None:
    """The duty officer named a case of another author: is it one problem?"""
    await notify.in_chat(
        desk,
        await desk.uow.people.chat_for(Purpose.TRIAGE),
        Kind.PROBLEM_BY_HAND,
        appeal=appeal,
        anchor=f"by_hand:{appeal.id}:{lead.id}",
        coalesce=True,
        lead=lead.id,
    )


@use_case
async def join_by_hand(
    desk: Desk, *, actor: Actor, lead_id: AppealId, appeal_id: AppealId
) -> Problem:
    """Two authors, one cause: the second report follows the first.

    Raises Denied, DomainError(«no_such_appeal», «cannot_join») when either can't: the first has no
    block that works on it, the second is an emergency, held, or in a problem already.
    """
    authorise(actor, Action.MERGE)
    # Two cases are locked in the order of their numbers, as everywhere.
    found = {key: await cases.locked(desk, key) for key in sorted({lead_id, appeal_id})}
    lead, appeal = found[lead_id], found[appeal_id]
    if not can_lead(lead) or lead_id == appeal_id:
        raise DomainError("cannot_join", number=lead.id)
    problem = await desk.uow.problems.led_by(lead.id)
    if problem is None:
        problem = desk.uow.add(_by_hand(desk, lead, actor))
        lead = desk.uow.put(replace(lead, problem_id=problem.id))
    named = replace(
        appeal,
        topic=appeal.topic or problem.topic,
        block=appeal.block or lead.block,
        place_key=appeal.place_key or problem.place_key,
    )
    if not may_join(named):
        raise DomainError("cannot_join", number=appeal.id)
    if appeal.state is State.NEW:
        intake.count(desk, named, "received")
    if not await desk.uow.problems.wrote(problem.id, appeal.person_id):
        problem = desk.uow.put(replace(problem, authors=problem.authors + 1))
    folded = await fold(desk, problem, named, actor)
    await notify.triage_if_shown(desk, folded)
    await notify.card(desk, lead)
    await propose_by_hand(desk, lead=lead, appeal=folded)
    return problem


def _by_hand(desk: Desk, lead: Appeal, actor: Actor) -> Problem:
    return Problem(
        id=desk.uow.new_id(Problem),
        state=ProblemState.OPEN,
        lead_id=lead.id,
        topic=lead.topic or "-",
        place_key=lead.place_key or "-",
        place=shared_place(named_place(desk, lead)),
        opened_at=desk.now,
        opened_by=actor.person_id,
        authors=1,
    )


async def answer_all(desk: Desk, lead: Appeal, answer: Answer) -> None:
    """The lead's answer passed: every author gets it (invariant 6), the first of them at once."""
    problem = await desk.uow.problems.led_by(lead.id)
    if problem is None:
        return
    problem = desk.uow.put(
        replace(problem, state=ProblemState.ANSWERING, answer_id=AnswerId(answer.id))
    )
    await _answer_some(desk, problem)


@use_case
async def go_on_answering(desk: Desk) -> int:
    """Answer more of the authors whose turn did not come yet (a job)."""
    done = 0
    for problem in await desk.uow.problems.in_state(ProblemState.ANSWERING):
        fresh = await desk.uow.lock(Problem, problem.id)
        if fresh is not None and fresh.state is ProblemState.ANSWERING:
            done += await _answer_some(desk, fresh)
    return done


async def _answer_some(desk: Desk, problem: Problem) -> int:
    assert problem.answer_id is not None
    answer = await desk.uow.need(Answer, problem.answer_id)
    members = await desk.uow.problems.members(problem.id, limit=AT_ONCE)
    for member in members:
        await _answer_one(desk, answer, await cases.locked(desk, member.id))
    if len(members) < AT_ONCE:
        desk.uow.put(replace(problem, state=ProblemState.CLOSED))
    return len(members)


async def _answer_one(desk: Desk, answer: Answer, appeal: Appeal) -> None:
    """The same version for another author: his own to rate."""
    if appeal.state is not State.MERGED:
        return
    copy = replace(answer, id=AnswerId(desk.uow.new_id(Answer)), appeal_id=appeal.id)
    desk.uow.add(copy)
    appeal = await cases.move(
        desk,
        appeal,
        Action.ANSWER_FOLLOWS,
        HUB,
        code=f"answer:{answer.id}",
        outcome=answer.outcome,
        answer_id=copy.id,
        answered_at=desk.now,
    )
    notify.to_citizen(
        desk,
        appeal,
        Kind.ANSWER,
        key=f"answer:{copy.id}",
        anchor=f"answer:{copy.id}",
        answer=copy.id,
    )
    if answer.photos:
        notify.to_citizen(
            desk,
            appeal,
            Kind.MEDIA,
            key=f"answer_media:{copy.id}",
            answer=answer.id,
            of=answer.appeal_id,
            under=copy.id,
        )
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)


async def interim_follows(
    desk: Desk, lead: Appeal, answer: Answer, *, before: Answer | None, allowed: bool
) -> None:
    """The promised day of the lead is the day of everyone who follows it and wants news."""
    problem = await desk.uow.problems.led_by(lead.id)
    if problem is None:
        return
    for member in await desk.uow.problems.members(problem.id, limit=100_000):
        if member.quiet:
            continue
        notify.to_citizen(
            desk,
            member,
            Kind.INTERIM,
            key=f"interim:{answer.id}:{member.id}",
            priority=Priority.BROADCAST,
            answer=answer.id,
            before=before.id if before else None,
            allowed=allowed,
        )


async def lead_leaves(desk: Desk, lead: Appeal) -> None:
    """The lead's author took it back: the next report carries the problem on."""
    problem = await desk.uow.problems.led_by(lead.id)
    if problem is None:
        return
    members = await desk.uow.problems.members(problem.id, limit=1)
    if not members:
        desk.uow.put(replace(problem, state=ProblemState.CLOSED))
        return
    heir = await cases.locked(desk, members[0].id)
    heir = await cases.move(desk, heir, Action.SPLIT, HUB, code="lead", block=lead.block)
    clocks.restart(desk, heir)
    desk.uow.put(replace(problem, lead_id=heir.id, authors=max(problem.authors - 1, 1)))
    notify.receipt(desk, heir)
    await notify.card(desk, heir)
