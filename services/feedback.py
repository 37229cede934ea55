"""The citizen's verdict: solved, partly, not; then 1–5, a reason, a few words."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from services import cases, clocks, dialogs, intake, notify
from services.access import HUB
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import REOPENINGS, Action
from services.model import (
    Answer,
    AnswerId,
    Appeal,
    AppealId,
    Outcome,
    Purpose,
    Rating,
    Role,
    State,
)
from services.notices import Kind
from services.wire import Message

if TYPE_CHECKING:
    from services.directory import Known

SOLVED, PARTLY, NOT_SOLVED = "y", "p", "n"
REST_LIFE = timedelta(days=1)
"""How long «Что осталось?» waits for its answer."""
REASONS = ("none", "bad", "off", "again")


async def _answered(desk: Desk, known: Known, answer_id: AnswerId) -> tuple[Appeal, Answer]:
    """The answer and its appeal, if it is the citizen's own and the newest one."""
    answer = await desk.uow.get(Answer, answer_id)
    if answer is None:
        raise DomainError("no_such_answer")
    appeal = await cases.locked(desk, answer.appeal_id)
    if appeal.person_id != known.person.id:
        raise DomainError("not_yours", number=appeal.id)
    if appeal.answer_id != answer.id:
        raise OutOfDate("moved_on")
    return appeal, answer


def _show(desk: Desk, appeal: Appeal, answer: Answer) -> None:
    """Bring the answer's message up to date: the next question stands where the last one was."""
    notify.to_citizen(desk, appeal, Kind.ANSWER, anchor=f"answer:{answer.id}", answer=answer.id)


@use_case
async def verdict(
    desk: Desk, known: Known, *, answer_id: AnswerId, outcome: str, chat: str
) -> Appeal:
    """«Решено / Частично / Не решено». Raises DomainError(«already_rated»), OutOfDate."""
    if outcome not in (SOLVED, PARTLY, NOT_SOLVED):
        raise OutOfDate("outdated")
    appeal, answer = await _answered(desk, known, answer_id)
    if await desk.uow.appeals.rating_of(answer.id) is not None:
        raise DomainError("already_rated")
    if appeal.state is not State.ANSWERED:
        raise OutOfDate("moved_on")
    desk.uow.add(
        Rating(
            id=desk.uow.new_id(Rating),
            appeal_id=appeal.id,
            answer_id=answer.id,
            person_id=known.person.id,
            verdict=outcome,
            mark=None,
            reason=None,
            comment=None,
            at=desk.now,
        )
    )
    intake.count(desk, appeal, f"verdict_{outcome}")
    if outcome == NOT_SOLVED:
        appeal = await _reopen(desk, known, appeal)
    elif outcome == PARTLY:
        appeal = await cases.move(
            desk, appeal, Action.RATE, known.actor, code=outcome, outcome=Outcome.PARTLY
        )
        await dialogs.ask(
            desk, known.person.id, chat, dialogs.REST, life=REST_LIFE, appeal=appeal.id
        )
        notify.to_citizen(desk, appeal, Kind.REST_ASKED, key=f"rest:{answer.id}")
    else:
        closing = answer.outcome if answer.outcome is Outcome.EXPLAINED else Outcome.SOLVED
        appeal = await cases.move(
            desk, appeal, Action.RATE, known.actor, code=outcome, outcome=closing
        )
    _show(desk, appeal, answer)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


async def _reopen(desk: Desk, known: Known, appeal: Appeal) -> Appeal:
    """Back to work with half the clock; the third time it is a dispute (domain.md §1)."""
    appeal = await cases.move(
        desk,
        appeal,
        Action.REOPEN,
        known.actor,
        reopened=appeal.reopened + 1,
        outcome=None,
        answered_at=None,
    )
    intake.count(desk, appeal, "reopened")
    if appeal.reopened > REOPENINGS:
        appeal = await cases.move(desk, appeal, Action.DISPUTE, HUB)
        notify.to_citizen(desk, appeal, Kind.DISPUTED, key=f"disputed:{appeal.id}")
        await _ask_for_decision(desk, appeal)
        return appeal
    appeal = await cases.move(desk, appeal, Action.REASSIGN, HUB)
    clocks.start_half(desk, appeal)
    times = appeal.reopened
    notify.to_citizen(desk, appeal, Kind.REOPENED, key=f"reopened:{appeal.id}:{times}")
    await notify.under_card(
        desk, appeal, Kind.CITIZEN_RETURNED, key=f"returned:{appeal.id}:{times}"
    )
    await notify.to_deputies(
        desk, appeal, Kind.CITIZEN_RETURNED, key=f"returned:{appeal.id}:{times}"
    )
    return appeal


async def _ask_for_decision(desk: Desk, appeal: Appeal) -> None:
    """The head of МЦУ, the coordinator where he checked that answer, else the duty chat."""
    answer = await desk.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    told = 0
    for role in (Role.MHD, Role.CRD):
        for grant in await desk.uow.people.holders(role, desk.now):
            if answer is not None and answer.checker_id == grant.person_id:
                continue
            told += await notify.in_private(
                desk, grant.person_id, Kind.DISPUTE, appeal=appeal, key=f"dispute:{appeal.id}"
            )
        if told:
            return
    triage = await desk.uow.people.chat_for(Purpose.TRIAGE)
    await notify.in_chat(desk, triage, Kind.DISPUTE, appeal=appeal, key=f"dispute:{appeal.id}")


@use_case
async def mark(desk: Desk, known: Known, *, answer_id: AnswerId, stars: int, chat: str) -> Rating:
    """1–5 for the work done. Raises OutOfDate before the verdict or after a mark."""
    if not 1 <= stars <= 5:
        raise DomainError("no_such_mark")
    answer = await desk.uow.get(Answer, answer_id)
    if answer is None:
        raise DomainError("no_such_answer")
    appeal = await cases.locked(desk, answer.appeal_id)
    if appeal.person_id != known.person.id:
        raise DomainError("not_yours", number=appeal.id)
    rating = await desk.uow.appeals.rating_of(answer.id)
    if rating is None:
        raise OutOfDate("moved_on")
    if rating.mark is not None:
        raise DomainError("already_rated")
    rating = desk.uow.put(replace(rating, mark=stars))
    intake.count(desk, appeal, "marks")
    intake.count(desk, appeal, "marks_sum", stars)
    await dialogs.ask(
        desk, known.person.id, chat, dialogs.COMMENT, appeal=appeal.id, answer=answer.id
    )
    _show(desk, appeal, answer)
    await notify.card(desk, appeal)
    return rating


@use_case
async def reason(desk: Desk, known: Known, *, answer_id: AnswerId, code: str) -> None:
    """«Что не так?» after «Не решено»."""
    answer = await desk.uow.get(Answer, answer_id)
    rating = await desk.uow.appeals.rating_of(answer_id)
    if answer is None or rating is None or code not in REASONS:
        raise OutOfDate("moved_on")
    if rating.verdict != NOT_SOLVED or rating.reason is not None:
        raise OutOfDate("moved_on")
    if rating.person_id != known.person.id:
        raise DomainError("not_yours", number=answer.appeal_id)
    appeal = await cases.locked(desk, answer.appeal_id)
    desk.uow.put(replace(rating, reason=code))
    _show(desk, appeal, answer)
    await notify.card(desk, appeal)


@use_case
async def comment(desk: Desk, known: Known, answer_id: int, message: Message) -> None:
    """While a rating is open, free text is its comment."""
    rating = await desk.uow.appeals.rating_of(AnswerId(answer_id))
    if rating is None or rating.person_id != known.person.id:
        raise OutOfDate("moved_on")
    desk.uow.put(replace(rating, comment=message.text))
    await dialogs.close(desk, known.person.id, message.chat)
    appeal = await cases.locked(desk, rating.appeal_id)
    cases.note_event(desk, appeal, "comment", known.actor, text=message.text)
    await notify.under_card(
        desk,
        appeal,
        Kind.CITIZEN_REPLIED,
        text=desk.understand(message.text).masked,
        answer=False,
        comment=True,
    )
    await notify.card(desk, appeal)
    notify.to_citizen(desk, appeal, Kind.COMMENT_PASSED)


@use_case
async def rest(desk: Desk, known: Known, number: AppealId, message: Message) -> Appeal:
    """What «Частично» left undone becomes an appeal of its own, with half the clock."""
    parent = await cases.locked(desk, number)
    if parent.person_id != known.person.id or parent.outcome is not Outcome.PARTLY:
        raise DomainError("not_yours", number=number)
    await dialogs.close(desk, known.person.id, message.chat)
    child = await intake.register(desk, person=known.person, message=message, parent=parent)
    notify.to_citizen(desk, child, Kind.CHILD_MADE, key=f"child:{child.id}")
    answer = await desk.uow.get(Answer, parent.answer_id) if parent.answer_id else None
    if answer is not None:
        _show(desk, parent, answer)
    return child


@use_case
async def close_silent(desk: Desk, *, days: int) -> int:
    """Close what was answered and not rated for `days` calendar days (a job)."""
    found = await desk.uow.appeals.silent_since(desk.now - timedelta(days=days))
    closed_now = 0
    for seen in found:
        appeal = await cases.locked(desk, seen.id)
        if appeal.state is not State.ANSWERED:
            continue
        closed_now += 1
        closed = await cases.move(desk, appeal, Action.SILENCE, HUB, outcome=Outcome.NO_FEEDBACK)
        await notify.card(desk, closed)
        notify.receipt(desk, closed)
    return closed_now
