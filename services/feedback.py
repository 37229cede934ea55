"""The citizen's verdict: solved, partly, not; then 1–5 and a reason."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services import cases, dialogs, intake, notify, reopenings
from services.access import HUB
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import (
    Answer,
    AnswerId,
    Appeal,
    AppealId,
    Outcome,
    Rating,
    Source,
    State,
)
from services.notices import Kind

if TYPE_CHECKING:
    from services.directory import Known

SOLVED, PARTLY, NOT_SOLVED = "y", "p", "n"
REST_LIFE = timedelta(days=1)
"""How long «Что осталось?» waits for its answer."""
REASONS = ("none", "bad", "off", "again")
"""After «Не решено»."""
LOW_REASONS = ("slow", "rude", "off", "bad")
"""After a mark of 1–2."""
LOW_MARK = 2
CORRECTION = timedelta(minutes=10)
"""How long a mark can be corrected."""


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


def show(desk: Desk, appeal: Appeal, answer: Answer, *, at: datetime | None = None) -> None:
    """Bring the answer's message up to date: the next question stands where the last one was."""
    if appeal.source is not Source.BOT:
        # He was told by phone: there is no message of his to bring up to date.
        return
    anchor = f"answer:{answer.id}"
    notify.to_citizen(desk, appeal, Kind.ANSWER, anchor=anchor, at=at, answer=answer.id)


async def show_everywhere(desk: Desk, appeal: Appeal, answer: Answer) -> None:
    """The same where it was asked again."""
    show(desk, appeal, answer)
    for posted in await desk.uow.screens.of_appeal(appeal.id, Kind.ASK_AGAIN):
        anchor = posted.anchor or ""
        if anchor == again_anchor(answer.id) or anchor.startswith(again_anchor(answer.id, "")):
            notify.to_citizen(desk, appeal, Kind.ASK_AGAIN, anchor=anchor, answer=answer.id)


def again_anchor(answer_id: AnswerId, first: int | str | None = None) -> str:
    """The message that asks once more: on the third day, or after words that begin with `first`."""
    return f"again:{answer_id}" if first is None else f"again:{answer_id}:{first}"


def words_before(anchor: str) -> int | None:
    """The first of the words that such a message answers; None on the third day."""
    parts = anchor.split(":")
    return int(parts[2]) if len(parts) > 2 else None


@use_case
async def verdict(
    desk: Desk, known: Known, *, answer_id: AnswerId, outcome: str, chat: str
) -> Appeal:
    """«Решено / Частично / Не решено». Raises DomainError(«already_rated»), OutOfDate."""
    if outcome not in (SOLVED, PARTLY, NOT_SOLVED):
        raise OutOfDate("outdated")
    appeal, answer = await _answered(desk, known, answer_id)
    if answer.outcome is Outcome.REFUSED:
        # Invariant 10: a refusal is never rated, whatever button is forged.
        raise OutOfDate("outdated")
    if await desk.uow.appeals.rating_of(answer.id) is not None:
        raise DomainError("already_rated")
    if appeal.state is not State.ANSWERED:
        raise OutOfDate("moved_on")
    await _judge(desk, known, appeal, answer, outcome)
    if outcome == NOT_SOLVED:
        appeal = await reopenings.to_work(desk, known, appeal)
    elif outcome == PARTLY:
        appeal = await cases.move(
            desk, appeal, Action.RATE, known.actor, code=outcome, outcome=Outcome.PARTLY
        )
        await dialogs.ask(
            desk, known.person.id, chat, dialogs.REST, life=REST_LIFE, appeal=appeal.id
        )
        notify.to_citizen(desk, appeal, Kind.REST_ASKED, key=f"rest:{answer.id}")
        # No word of what is left: then only the mark is asked, nothing is made of silence.
        show(desk, appeal, answer, at=desk.now + REST_LIFE)
    else:
        closing = answer.outcome if answer.outcome is Outcome.EXPLAINED else Outcome.SOLVED
        appeal = await cases.move(
            desk, appeal, Action.RATE, known.actor, code=outcome, outcome=closing
        )
        # The rating is open from here on: what he writes before his mark is said of it, too.
        await dialogs.ask(
            desk, known.person.id, chat, dialogs.COMMENT, appeal=appeal.id, answer=answer.id
        )
    await show_everywhere(desk, appeal, answer)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


@use_case
async def reopen(desk: Desk, known: Known, *, appeal_id: AppealId) -> Appeal:
    """«Вернуть в работу» within a week of the answer, rated or not: as «Не решено» (§1.12).

    Raises DomainError(«not_yours», «too_late_to_reopen»), OutOfDate when there is no answer to
    return or work goes on already.
    """
    appeal = await cases.locked(desk, appeal_id)
    if appeal.person_id != known.person.id:
        raise DomainError("not_yours", number=appeal_id)
    if appeal.answer_id is None or appeal.state not in (State.ANSWERED, State.CLOSED):
        raise OutOfDate("moved_on")
    if not reopenings.may_return(appeal, desk.now):
        raise DomainError("too_late_to_reopen", number=appeal_id)
    answer = await desk.uow.need(Answer, appeal.answer_id)
    if answer.outcome is not Outcome.REFUSED:
        await _judge(desk, known, appeal, answer, NOT_SOLVED)
    # What is written now is about the case, not a remark to the answer nor «что осталось».
    await dialogs.close(desk, known.person.id, appeal.chat_id)
    appeal = await reopenings.to_work(desk, known, appeal)
    await show_everywhere(desk, appeal, answer)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


async def _judge(desk: Desk, known: Known, appeal: Appeal, answer: Answer, outcome: str) -> None:
    """Record the verdict; a newer one takes the place of the one before."""
    before = await desk.uow.appeals.rating_of(answer.id)
    intake.count(desk, appeal, f"verdict_{outcome}")
    if before is not None:
        intake.count(desk, appeal, f"verdict_{before.verdict}", -1, at=before.at)
        desk.uow.put(replace(before, verdict=outcome, reason=None, at=desk.now))
        return
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
    rating = desk.uow.put(replace(rating, mark=stars, marked_at=desk.now))
    intake.count(desk, appeal, "marks")
    intake.count(desk, appeal, "marks_sum", stars)
    await dialogs.ask(
        desk, known.person.id, chat, dialogs.COMMENT, appeal=appeal.id, answer=answer.id
    )
    await show_everywhere(desk, appeal, answer)
    # «Исправить» goes when its time is over.
    show(desk, appeal, answer, at=desk.now + CORRECTION)
    await notify.card(desk, appeal)
    return rating


@use_case
async def correct(desk: Desk, known: Known, *, answer_id: AnswerId) -> None:
    """«Исправить»: within ten minutes the mark is asked again. Raises OutOfDate later."""
    appeal, answer = await _answered(desk, known, answer_id)
    rating = await desk.uow.appeals.rating_of(answer.id)
    if rating is None or rating.mark is None or rating.marked_at is None:
        raise OutOfDate("moved_on")
    if desk.now >= rating.marked_at + CORRECTION:
        raise DomainError("too_late_to_correct")
    intake.count(desk, appeal, "marks", -1, at=rating.marked_at)
    intake.count(desk, appeal, "marks_sum", -rating.mark, at=rating.marked_at)
    reason = rating.reason if rating.verdict == NOT_SOLVED else None
    desk.uow.put(replace(rating, mark=None, marked_at=None, reason=reason))
    await show_everywhere(desk, appeal, answer)
    await notify.card(desk, appeal)


@use_case
async def reason(desk: Desk, known: Known, *, answer_id: AnswerId, code: str) -> None:
    """«Что не так?» after «Не решено», or after a mark of 1–2."""
    answer = await desk.uow.get(Answer, answer_id)
    rating = await desk.uow.appeals.rating_of(answer_id)
    if answer is None or rating is None or code not in _reasons(rating):
        raise OutOfDate("moved_on")
    if rating.person_id != known.person.id:
        raise DomainError("not_yours", number=answer.appeal_id)
    appeal = await cases.locked(desk, answer.appeal_id)
    desk.uow.put(replace(rating, reason=code))
    await show_everywhere(desk, appeal, answer)
    await notify.card(desk, appeal)


def _reasons(rating: Rating) -> tuple[str, ...]:
    """What may be said about this rating now; nothing once a reason is given."""
    if rating.reason is not None:
        return ()
    if rating.verdict == NOT_SOLVED:
        return REASONS
    low = rating.mark is not None and rating.mark <= LOW_MARK
    return LOW_REASONS if low else ()


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
        answer = await desk.uow.get(Answer, closed.answer_id) if closed.answer_id else None
        if answer is not None:
            await show_everywhere(desk, closed, answer)
        await notify.card(desk, closed)
        notify.receipt(desk, closed)
    return closed_now
