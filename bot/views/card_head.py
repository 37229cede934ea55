"""The first line of a card: marks, number, the state in words (conversations.md §2.1)."""

from __future__ import annotations

from datetime import timedelta

from bot.i18n import _
from bot.views import moments, postponed_words, return_words
from bot.views.frame import Frame, mark_of, urgency_word
from services.calendar import working_minutes_between
from services.forwarding import passed_to
from services.internal_terms import CHECK_RETURNS, RATING, check_due
from services.lifecycle import REOPENINGS
from services.model import Answer, AnswerState, Appeal, Clock, ClockState, Outcome, State
from services.policies import ClockKind, Urgency, version_of

_SETTLED = (State.ANSWERED, State.CLOSED, State.DISPUTED, State.MERGED, State.REJECTED)
_UNSOLVED = {
    Outcome.WITHDRAWN: lambda: _("withdrawn by the citizen"),
    Outcome.REFUSED: lambda: _("refused"),
    Outcome.FORWARDED: lambda: _("sent on"),
    Outcome.REJECTED: lambda: _("rejected"),
    Outcome.TERMINATED: lambda: _("ended by the head of the centre"),
}
"""Closed without a solution: the mark is ▫️."""


def overdue(frame: Frame, appeal: Appeal, clocks: list[Clock]) -> Clock | None:
    """The clock that has run out and is still owed."""
    if appeal.state in _SETTLED:
        return None
    running = (ClockState.RUNNING, ClockState.MISSED)
    late = (
        c for c in clocks if c.stopped_at is None and c.state in running and c.due_at <= frame.now
    )
    return next(late, None)


async def head(frame: Frame, appeal: Appeal, late: Clock | None, clocks: list[Clock]) -> str:
    """«⏰ 🔧 № 1042 · Иван · срок вышел пт 4.12 17:00, +3 рабочих ч»."""
    emergency = appeal.urgency is Urgency.EMERGENCY
    overlay = ("🚨 " if emergency else "") + ("⏰ " if late else "")
    words = [_("No. {number}", number=appeal.id), await _state(frame, appeal, late, clocks)]
    line = f"{overlay}{mark_of(appeal)} <b>{' · '.join(words)}</b>"
    tail = [_late(frame, appeal, late)] if late else []
    if emergency:
        tail.append(_("24×7"))
    elif appeal.state in (State.ASSIGNED, State.NEW) or appeal.urgency is not Urgency.NORMAL:
        tail.append(urgency_word(appeal.urgency))
    return " · ".join([line, *tail])


def _late(frame: Frame, appeal: Appeal, clock: Clock) -> str:
    text = _("overdue since {moment}", moment=frame.short(clock.due_at))
    policy = version_of(frame.town.policies, appeal.policy, appeal.policy_version)
    if policy.around_the_clock:
        hours = (frame.now - clock.due_at) // timedelta(hours=1)
        more = _("+{n} h", n=hours)
    else:
        hours = working_minutes_between(frame.town.calendar, clock.due_at, frame.now) // 60
        more = _("+{n} working h", n=hours)
    return f"{text}, {more}" if hours else text


async def _state(frame: Frame, appeal: Appeal, late: Clock | None, clocks: list[Clock]) -> str:
    holder = await frame.name(appeal.holder_id)
    match appeal.state:
        case State.IN_PROGRESS:
            return await _in_progress(frame, appeal, holder, late)
        case State.WAITING_CITIZEN:
            return await _waiting(frame, appeal, holder)
        case State.POSTPONED | State.RETURNING:
            return await _set_aside(frame, appeal, holder)
        case State.REVIEW:
            return await _review(frame, appeal)
        case State.ANSWERED:
            return await _answered(frame, appeal)
        case State.CLOSED:
            return await _closed(frame, appeal)
        case State.DISPUTED:
            return _("the head of the centre decides")
        case State.ASSIGNED if appeal.reopened:
            said = _(
                "returned by the citizen ({n} of {times})", n=appeal.reopened, times=REOPENINGS
            )
            return ", ".join(filter(None, (said, await _why_returned(frame, appeal))))
        case State.ASSIGNED if appeal.urgency is Urgency.EMERGENCY and late is None:
            return _accept_by(frame, clocks)
        case _:
            return _("nobody has taken it")


def _accept_by(frame: Frame, clocks: list[Clock]) -> str:
    clock = next((c for c in clocks if c.kind is ClockKind.REACTION), None)
    if clock is None or clock.stopped_at is not None:
        return _("nobody has taken it")
    return _("accept by {hour}", hour=frame.hour(clock.due_at))


async def _in_progress(frame: Frame, appeal: Appeal, holder: str, late: Clock | None) -> str:
    if await sent_back(frame, appeal) is not None:
        n = appeal.check_returns
        return _(
            "{name}, sent back to mend ({n} of {times})", name=holder, n=n, times=CHECK_RETURNS
        )
    if late is not None or appeal.taken_at is None:
        return holder
    return _("{name}, since {moment}", name=holder, moment=frame.stamp(appeal.taken_at))


async def sent_back(frame: Frame, appeal: Appeal) -> Answer | None:
    """The version a checker returned, while nothing newer was sent."""
    if not appeal.check_returns or appeal.state is not State.IN_PROGRESS:
        return None
    sent = (AnswerState.REVIEW, AnswerState.PASSED, AnswerState.RETURNED)
    versions = [a for a in await frame.uow.appeals.answers_of(appeal.id) if a.state in sent]
    return versions[-1] if versions and versions[-1].state is AnswerState.RETURNED else None


async def _set_aside(frame: Frame, appeal: Appeal, holder: str) -> str:
    if appeal.state is State.RETURNING:
        return await return_words.state(frame, appeal)
    return await postponed_words.state(frame, appeal, holder)


async def _waiting(frame: Frame, appeal: Appeal, holder: str) -> str:
    events = await frame.uow.appeals.events_of(appeal.id)
    asked = next((e for e in reversed(events) if e.action == "ask"), None)
    since = frame.stamp(asked.at) if asked else ""
    return _("waiting for the citizen since {moment}, {name}", moment=since, name=holder)


async def _review(frame: Frame, appeal: Appeal) -> str:
    answer = await frame.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    if answer is None or answer.submitted_at is None:
        return _("answer being checked")
    due = check_due(frame.town.calendar, appeal.urgency, answer.submitted_at)
    zone = frame.town.calendar.zone
    same_day = due.astimezone(zone).date() == answer.submitted_at.astimezone(zone).date()
    return _(
        "answer being checked since {since}, until {until}",
        since=frame.hour(answer.submitted_at),
        until=frame.hour(due) if same_day else frame.short(due),
    )


async def _refused(frame: Frame, appeal: Appeal) -> bool:
    answer = await frame.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    return answer is not None and answer.outcome is Outcome.REFUSED


async def _answered(frame: Frame, appeal: Appeal) -> str:
    if await _refused(frame, appeal):
        return _("refused, waiting for the citizen's word")
    if appeal.answered_at is None:
        return _("answered")
    until = (appeal.answered_at + RATING).astimezone(frame.town.calendar.zone).date()
    at = _("answered {moment}", moment=frame.stamp(appeal.answered_at))
    return f"{at} · " + _("waiting for a rating until {day}", day=moments.digits(until))


async def _why_returned(frame: Frame, appeal: Appeal) -> str:
    if await _refused(frame, appeal):
        return _("the refusal is not clear")
    rating = await frame.uow.appeals.rating_of(appeal.answer_id) if appeal.answer_id else None
    return {
        "none": _("nothing was done"),
        "bad": _("done badly"),
        "off": _("beside the point"),
        "again": _("broke again"),
    }.get(rating.reason or "" if rating else "", "")


async def _passed_on(frame: Frame, appeal: Appeal) -> str:
    event = passed_to(await frame.uow.appeals.events_of(appeal.id))
    if event is None:
        return _("passed to another service")
    return _(
        "passed on: {service}, {day}",
        service=frame.service(event.word),
        day=frame.stamp(event.at).split()[0],
    )


async def _closed(frame: Frame, appeal: Appeal) -> str:
    if appeal.outcome is Outcome.FORWARDED:
        return await _passed_on(frame, appeal)
    if appeal.outcome is Outcome.DUPLICATE:
        return _("the same as No. {number}", number=appeal.beside_id)
    unsolved = _UNSOLVED.get(appeal.outcome) if appeal.outcome else None
    if unsolved is not None:
        zone = frame.town.calendar.zone
        at = appeal.closed_at
        return f"{unsolved()}, {moments.digits(at.astimezone(zone).date())}" if at else unsolved()
    rating = await frame.uow.appeals.rating_of(appeal.answer_id) if appeal.answer_id else None
    if rating is None:
        return _("closed without a rating")
    word = {"y": _("solved"), "p": _("partly"), "n": _("not solved")}[rating.verdict]
    return f"{word}, {rating.mark}" if rating.mark else word
