"""«Понятно, почему так?»: all that is asked after a refusal, a forwarding, a decision.

Never 1–5 (invariant 10). «Не понятно» about a refusal brings the case back to those who refused;
about anything else the duty officer explains it in the same chat.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from services import cases, clocks, deadlines, dialogs, intake, notify, reopenings, sendable
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import DomainError, OutOfDate
from services.lifecycle import REOPENINGS, Action
from services.model import Answer, Appeal, AppealId, Dialog, Outcome, Posted, Purpose, State
from services.notices import Kind
from services.wire import Message

CLEAR, UNCLEAR, DISPUTED = "y", "n", "d"
LIFE = timedelta(days=1)
"""How long «Что осталось неясно?» waits for its answer."""


@use_case
async def say(
    desk: Desk,
    known: Known,
    *,
    appeal_id: AppealId,
    said: str,
    chat: str,
    posted: Posted | None,
    about_answer: bool,
) -> Appeal:
    """«Понятно» or «Не понятно» under the message `posted`.

    `about_answer`: under a refusal, else under a forwarding, a decision or an explanation. Raises
    DomainError, OutOfDate.
    """
    if said not in (CLEAR, UNCLEAR):
        raise OutOfDate("outdated")
    appeal = await _own(desk, known, appeal_id)
    if about_answer:
        await _refusal(desk, appeal)
    if said == UNCLEAR:
        await _ask(desk, known, appeal, chat, answer=about_answer)
    elif about_answer:
        appeal = await cases.move(
            desk, appeal, Action.RATE, known.actor, code="clear", outcome=Outcome.REFUSED
        )
        intake.count(desk, appeal, "clear")
        await notify.card(desk, appeal)
        notify.receipt(desk, appeal)
    else:
        appeal = cases.note_event(desk, appeal, "clear", known.actor)
    if said == CLEAR or not about_answer:
        _mark(desk, appeal, posted, said)
    return appeal


async def _own(desk: Desk, known: Known, appeal_id: AppealId) -> Appeal:
    appeal = await cases.locked(desk, appeal_id)
    if appeal.person_id != known.person.id:
        raise DomainError("not_yours", number=appeal_id)
    return appeal


async def _refusal(desk: Desk, appeal: Appeal) -> Answer:
    """The refusal that waits for a word. Raises OutOfDate when the case has moved on."""
    answer = await desk.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    if (
        answer is None
        or answer.outcome is not Outcome.REFUSED
        or appeal.state is not State.ANSWERED
    ):
        raise OutOfDate("moved_on")
    return answer


def _mark(desk: Desk, appeal: Appeal, posted: Posted | None, said: str) -> None:
    """The message that was pressed says what was answered; its buttons go."""
    if posted is None or posted.anchor is None:
        return
    ref = {**posted.data, "said": said}
    notify.to_citizen(desk, appeal, Kind(posted.kind), anchor=posted.anchor, **ref)


async def _ask(desk: Desk, known: Known, appeal: Appeal, chat: str, *, answer: bool) -> None:
    asked = desk.now.isoformat()
    await dialogs.ask(
        desk,
        known.person.id,
        chat,
        dialogs.UNCLEAR,
        life=LIFE,
        appeal=appeal.id,
        asked=asked,
        refusal=answer,
    )
    due = None
    if answer and appeal.reopened < REOPENINGS:
        policy = clocks.policy_of(desk, appeal)
        due = deadlines.halved(policy, desk.town.calendar, start=desk.now).due.isoformat()
    notify.to_citizen(desk, appeal, Kind.UNCLEAR_ASKED, due=due)


@use_case
async def words(desk: Desk, known: Known, dialog: Dialog, message: Message) -> Appeal:
    """What is not clear: to those who refused, with half the clock, or to the duty officer."""
    appeal = await _own(desk, known, AppealId(dialog.data["appeal"]))
    await dialogs.close(desk, known.person.id, message.chat)
    masked = desk.understand(message.text).masked
    said = intake.utter(desk, appeal, message, masked=masked, author=known.person)
    if dialog.data["refusal"] and appeal.state is State.ANSWERED:
        since = datetime.fromisoformat(dialog.data["asked"])
        answer = await _refusal(desk, appeal)
        appeal = await reopenings.to_work(desk, known, appeal, code="unclear", since=since)
        appeal = cases.note_event(desk, appeal, "unclear", known.actor, text=message.text)
        intake.count(desk, appeal, "unclear")
        about: dict[str, Any] = {"text": masked, "answer": True, "unclear": True}
        await notify.under_card(desk, appeal, Kind.CITIZEN_REPLIED, **about)
        if message.attachments:
            await notify.files_under_card(desk, appeal, said.id)
        notify.to_citizen(
            desk,
            appeal,
            Kind.ANSWER,
            anchor=f"answer:{answer.id}",
            answer=answer.id,
            said=UNCLEAR,
        )
    else:
        appeal = cases.note_event(desk, appeal, "unclear", known.actor, text=message.text)
        triage = await desk.uow.people.chat_for(Purpose.TRIAGE)
        await notify.in_chat(desk, triage, Kind.UNCLEAR, appeal=appeal, text=masked)
        notify.to_citizen(desk, appeal, Kind.UNCLEAR_PASSED)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


@use_case
async def dispute(
    desk: Desk, known: Known, *, appeal_id: AppealId, posted: Posted | None
) -> Appeal:
    """«Хочу оспорить» under a refusal, «Вы ошиблись» under a rejection: decided above."""
    appeal = await _own(desk, known, appeal_id)
    appeal = await reopenings.dispute(desk, known, appeal)
    _mark(desk, appeal, posted, DISPUTED)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


@use_case
async def explain(desk: Desk, *, actor: Actor, appeal_id: AppealId, text: str) -> Appeal:
    """The duty officer's reply in the duty chat goes to the citizen, who may ask again.

    So he also passes on what an outside service has answered. Raises Denied,
    DomainError(«empty_answer», «visible_…»).
    """
    text = text.strip()
    if not text:
        raise DomainError("empty_answer")
    sendable.check_words(text)
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Deed.EXPLAIN, block=appeal.block)
    appeal = cases.note_event(desk, appeal, "explain", actor, text=text, deed=Deed.EXPLAIN)
    anchor = f"explained:{appeal.id}:{appeal.event_seq}"
    notify.to_citizen(desk, appeal, Kind.EXPLAINED, anchor=anchor, text=text)
    return appeal
