"""What people and the machine press in a shift: a deed by its name (tests/support/shifts.py)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from services import (
    conversation,
    disputes,
    extensions,
    feedback,
    final_returns,
    postponing,
    quality,
    questions,
    rejecting,
    reminders,
    returns,
    told_topics,
    topic_change,
    triage,
    triage_questions,
    weighing,
    work,
)
from services.desk import Desk
from services.errors import DomainError
from services.model import Matter
from tests.support.desks import CHATS, WORDS

if TYPE_CHECKING:
    from tests.support.shifts import Shift

OUTCOMES = ("solved", "partly", "explained", "refused")

Press = Callable[["Shift", Desk, str, int], Awaitable[Any]]


def _known(shift: Shift, who: str) -> Any:
    if who == "hub":
        raise DomainError("a_machine_writes_nothing")
    return shift.office.people[who]


async def _take(s: Shift, desk: Desk, who: str, pick: int) -> None:
    await work.take(desk, actor=s.actor(who), appeal_id=s.number)


async def _write(s: Shift, desk: Desk, who: str, pick: int) -> None:
    known = _known(s, who)
    message = s.office.message(who, WORDS * (pick > 0), chat=CHATS["HCS"])
    await work.write(
        desk, actor=known.actor, person=known.person, appeal_id=s.number, message=message
    )


async def _submit(s: Shift, desk: Desk, who: str, pick: int) -> None:
    await work.submit(desk, actor=s.actor(who), answer_id=await s.answer(desk, pick))


async def _ask(s: Shift, desk: Desk, who: str, pick: int) -> None:
    known = _known(s, who)
    message = s.office.message(who, WORDS, chat=CHATS["HCS"])
    await questions.own(desk, actor=known.actor, appeal_id=s.number, message=message)


async def _note(s: Shift, desk: Desk, who: str, pick: int) -> None:
    await work.keep_as_note(desk, actor=s.actor(who), answer_id=await s.answer(desk, pick))


async def _outcome(s: Shift, desk: Desk, who: str, pick: int) -> None:
    answer = await s.answer(desk, 0)
    await work.set_outcome(desk, actor=s.actor(who), answer_id=answer, outcome=OUTCOMES[pick])


async def _pass(s: Shift, desk: Desk, who: str, pick: int) -> None:
    await quality.let_pass(desk, actor=s.actor(who), answer_id=await s.answer(desk, pick))


async def _send_back(s: Shift, desk: Desk, who: str, pick: int) -> None:
    answer = await s.answer(desk, pick)
    await quality.send_back(desk, actor=s.actor(who), answer_id=answer, remark="поправьте")


async def _verdict(s: Shift, desk: Desk, who: str, pick: int) -> None:
    answer = await s.answer(desk, pick // 3)
    known, outcome = _known(s, who), "npy"[pick % 3]
    chat = known.account.external_id
    await feedback.verdict(desk, known, answer_id=answer, outcome=outcome, chat=chat)


async def _mark(s: Shift, desk: Desk, who: str, pick: int) -> None:
    known, answer = _known(s, who), await s.answer(desk, 0)
    chat = known.account.external_id
    await feedback.mark(desk, known, answer_id=answer, stars=pick + 2, chat=chat)


async def _add(s: Shift, desk: Desk, who: str, pick: int) -> None:
    known = _known(s, who)
    if pick:
        await conversation.add_more(desk, known, s.number, chat=known.account.external_id)
    await conversation.receive(desk, known, s.office.message(who, "Вот ещё: течёт и в подвале"))


async def _route(s: Shift, desk: Desk, who: str, pick: int) -> None:
    block = ("HCS", "ROD", "HCS", "XXX")[pick]
    await triage.route(desk, actor=s.actor(who), appeal_id=s.number, block=block)


async def _triage(s: Shift, desk: Desk, who: str, pick: int) -> None:
    actor, number = s.actor(who), s.number
    if pick == 0:
        await triage.undo(desk, actor=actor, appeal_id=number)
    elif pick == 1:
        await triage_questions.ask(desk, actor=actor, appeal_id=number, text="Где?")
    elif pick == 2:
        await triage_questions.withdraw(desk, actor=actor, appeal_id=number)
    else:
        await rejecting.reject(desk, actor=actor, appeal_id=number, reason="spam")


async def _weigh(s: Shift, desk: Desk, who: str, pick: int) -> None:
    urgency = ("emergency", "critical", "normal", "question")[pick]
    await weighing.weigh(desk, actor=s.actor(who), appeal_id=s.number, urgency=urgency)


async def _topic(s: Shift, desk: Desk, who: str, pick: int) -> None:
    topic = ("no_water", "manhole", "utility_bill", "weak_water")[pick]
    revision = told_topics.revision(await desk.uow.appeals.events_of(s.number))
    await topic_change.tell(
        desk, actor=s.actor(who), appeal_id=s.number, topic=topic, revision=revision
    )


async def _untopic(s: Shift, desk: Desk, who: str, pick: int) -> None:
    seq = told_topics.revision(await desk.uow.appeals.events_of(s.number))
    await topic_change.take_back(desk, actor=s.actor(who), appeal_id=s.number, seq=seq)


async def _decide(s: Shift, desk: Desk, who: str, pick: int) -> None:
    await disputes.decide(
        desk,
        actor=s.actor(who),
        appeal_id=s.number,
        back=bool(pick % 2),
        reason="посмотрели документы",
    )


async def _return(s: Shift, desk: Desk, who: str, pick: int) -> None:
    block = ("ROD", "HCS", "ROD", "IMP")[pick]
    await returns.give_back(
        desk, actor=s.actor(who), appeal_id=s.number, reason="R1", block=block, words="не наше"
    )


async def _settle(s: Shift, desk: Desk, who: str, pick: int) -> None:
    known = _known(s, who)
    asked = await desk.uow.decisions.of_appeal(s.number, Matter.SECOND_RETURN)
    if not asked:
        raise DomainError("nothing_to_press")
    here: dict[str, Any] = {"actor": known.actor, "decision_id": asked[-1].id}
    chat = known.account.external_id
    block, whose = (("HCS", "both"), ("ROD", "none"), ("IMP", "HCS"), ("HCS", "ROD"))[pick]
    await final_returns.choose(desk, **here, block=block)
    await final_returns.judge(
        desk, **here, person=known.person, whose=whose, channel="t", chat=chat
    )
    await final_returns.decide(desk, **here, person=known.person, chat=chat, words="так")


async def _postpone(s: Shift, desk: Desk, who: str, pick: int) -> None:
    known, today = _known(s, who), s.office.now.date()
    day = today + timedelta(days=(7, 14, 60, 0)[pick])
    message = s.office.message(who, WORDS, chat=CHATS["HCS"])
    await postponing.promise(
        desk,
        actor=known.actor,
        person=known.person,
        appeal_id=s.number,
        day=day.isoformat(),
        message=message,
    )


async def _extend(s: Shift, desk: Desk, who: str, pick: int) -> None:
    asked = await desk.uow.decisions.of_appeal(s.number)
    if not asked:
        raise DomainError("nothing_to_press")
    here: dict[str, Any] = {"actor": s.actor(who), "decision_id": asked[-1].id}
    if pick == 3:
        await extensions.refuse(desk, **here)
        return
    day = s.office.now.date() + timedelta(days=(7, 14, 60)[pick])
    await extensions.grant(desk, **here, day=day.isoformat())


async def _resume(s: Shift, desk: Desk, who: str, pick: int) -> None:
    await postponing.resume(desk, actor=s.actor(who), appeal_id=s.number)


async def _time(s: Shift, desk: Desk, who: str, pick: int) -> None:
    s.office.move(hours=(1, 9, 48, 24 * 8)[pick])


async def _silence(s: Shift, desk: Desk, who: str, pick: int) -> None:
    if pick > 1:
        s.office.move(days=8)
    await feedback.close_silent(s.office.desk(desk.uow), days=7)


async def _speak(s: Shift, desk: Desk, who: str, pick: int) -> None:
    await reminders.speak(desk)


PRESSES: dict[str, Press] = {
    "take": _take,
    "write": _write,
    "submit": _submit,
    "ask": _ask,
    "note": _note,
    "outcome": _outcome,
    "pass": _pass,
    "send_back": _send_back,
    "verdict": _verdict,
    "mark": _mark,
    "add": _add,
    "route": _route,
    "triage": _triage,
    "weigh": _weigh,
    "topic": _topic,
    "untopic": _untopic,
    "decide": _decide,
    "return": _return,
    "settle": _settle,
    "postpone": _postpone,
    "extend": _extend,
    "resume": _resume,
    "time": _time,
    "silence": _silence,
    "speak": _speak,
}
