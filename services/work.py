"""The executor's work on a card: take, draft, ask, note, send for checking."""

from __future__ import annotations

from dataclasses import replace

from services import cases, holding, intake, menus, notify, questions, sendable
from services.access import Actor, Deed, authorise
from services.attachments import evidence
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import (
    Answer,
    AnswerId,
    AnswerState,
    Appeal,
    AppealId,
    Direction,
    Outcome,
    Person,
    State,
)
from services.notices import Kind
from services.wire import Message

DRAFT_OUTCOMES = (Outcome.SOLVED, Outcome.PARTLY, Outcome.EXPLAINED)
_UNSENT = (AnswerState.DRAFT, AnswerState.WAITING, AnswerState.REVIEW)
_REWORDED = (AnswerState.DRAFT, AnswerState.RETURNED)
"""A version that a further reply takes the place of."""


@use_case
async def take(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> Appeal:
    """«Взять»: one wins, the other learns who (invariant 8).

    Raises Denied, DomainError(«taken_by»), OutOfDate.
    """
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.TAKE, block=appeal.block)
    if appeal.holder_id is not None and appeal.state is not State.ANSWERED:
        if appeal.holder_id == actor.person_id:
            raise DomainError("taken_by_you")
        holder = await desk.uow.need(Person, appeal.holder_id)
        raise DomainError("taken_by", name=holder.first_name, at=appeal.taken_at)
    assert actor.person_id is not None
    return await holding.take_for(desk, appeal, actor, actor.person_id)


@use_case
async def write(
    desk: Desk,
    *,
    actor: Actor,
    person: Person,
    appeal_id: AppealId,
    message: Message,
    outcome: Outcome | None = None,
) -> Answer | None:
    """A reply to a card: the holder's is a draft, another's a note (returns None).

    `outcome`: how it ends, where that was said before the words. Raises Denied,
    DomainError(«too_long», «empty_answer»), OutOfDate.
    """
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Deed.DRAFT, block=appeal.block)
    if appeal.holder_id != actor.person_id:
        await _keep_note(desk, actor, person, appeal, message)
        return None
    if appeal.state not in (State.IN_PROGRESS, State.WAITING_CITIZEN, State.POSTPONED):
        raise OutOfDate("not_in_progress")
    text = sendable.checked_text(message.text)
    refusal = await _refusal_so_far(desk, appeal, actor)
    if refusal is not None:
        outcome = outcome or Outcome.REFUSED
    await _set_aside(desk, appeal, actor)
    answer = Answer(
        id=AnswerId(desk.uow.new_id(Answer)),
        appeal_id=appeal.id,
        author_id=person.id,
        text=text,
        outcome=outcome or _first_outcome(desk, appeal, evidence(message.attachments)),
        state=AnswerState.DRAFT,
        created_at=desk.now,
        submitted_at=None,
        checker_id=None,
        checked_at=None,
        remark=None,
        photos=evidence(message.attachments),
        ground=refusal.ground if refusal else None,
        advice=refusal.advice if refusal else None,
    )
    desk.uow.add(answer)
    said = replace(message, text=text)
    intake.utter(
        desk, appeal, said, masked=text, author=person, direction=Direction.NOTE, answer=answer
    )
    await preview(desk, appeal, answer, reply_to=message.external_id)
    return answer


async def _refusal_so_far(desk: Desk, appeal: Appeal, actor: Actor) -> Answer | None:
    """The refusal that is being put into other words: its ground and its advice stay."""
    answers = await desk.uow.appeals.answers_of(appeal.id)
    mine = [answer for answer in answers if answer.author_id == actor.person_id]
    if not mine or mine[-1].state not in _REWORDED or mine[-1].outcome is not Outcome.REFUSED:
        return None
    return mine[-1]


async def _set_aside(desk: Desk, appeal: Appeal, actor: Actor) -> None:
    """A second reply takes the place of the first: the older draft stays as a note."""
    for older in await desk.uow.appeals.answers_of(appeal.id):
        if older.state is AnswerState.DRAFT and older.author_id == actor.person_id:
            await preview(desk, appeal, desk.uow.put(replace(older, state=AnswerState.NOTE)))


async def _keep_note(
    desk: Desk, actor: Actor, person: Person, appeal: Appeal, message: Message
) -> None:
    masked = desk.understand(message.text).masked
    intake.utter(desk, appeal, message, masked=masked, author=person, direction=Direction.NOTE)
    cases.note_event(desk, appeal, "note", actor, text=message.text)
    held_by = await cases.holder_of(desk, appeal)
    holder = await desk.uow.need(Person, held_by) if held_by else None
    # Who holds it without a role holds nothing: it is as good as free.
    waits = appeal.state is State.ASSIGNED or appeal.holder_id is not None
    free = "kept_as_note_free" if waits else "kept_as_note_over"
    await notify.under_card(
        desk,
        appeal,
        Kind.PLAIN,
        text="kept_as_note" if holder else free,
        values={"name": holder.first_name if holder else ""},
        reply_to=message.external_id,
    )


def _needs_photo(desk: Desk, appeal: Appeal) -> bool:
    topic = desk.town.topics.get(appeal.topic or "")
    return topic is not None and topic.evidence


def _first_outcome(desk: Desk, appeal: Appeal, photos: int) -> Outcome:
    # Invariant 5: without the evidence that the topic demands «solved» is not on offer.
    return Outcome.EXPLAINED if _needs_photo(desk, appeal) and not photos else Outcome.SOLVED


async def preview(
    desk: Desk, appeal: Appeal, answer: Answer, *, reply_to: str | None = None
) -> None:
    """The bot's reply to a draft: sent, or brought up to date."""
    chat = await notify.home(desk, appeal)
    await notify.in_chat(
        desk,
        chat,
        Kind.DRAFT,
        appeal=appeal,
        anchor=f"draft:{answer.id}",
        coalesce=True,
        answer=answer.id,
        reply_to=reply_to,
    )


async def own_draft(desk: Desk, actor: Actor, answer_id: AnswerId) -> tuple[Appeal, Answer]:
    """The actor's own draft on a case he holds. Raises Denied, DomainError, OutOfDate."""
    answer = await desk.uow.get(Answer, answer_id)
    if answer is None:
        raise DomainError("no_such_answer")
    appeal = await cases.locked(desk, answer.appeal_id)
    answer = await desk.uow.lock(Answer, answer_id) or answer
    authorise(actor, Deed.DRAFT, block=appeal.block)
    if answer.author_id != actor.person_id:
        author = await desk.uow.need(Person, answer.author_id)
        raise DomainError("not_your_draft", name=author.first_name)
    if answer.state is not AnswerState.DRAFT:
        raise OutOfDate("moved_on")
    if appeal.holder_id != actor.person_id:
        # The case went on to somebody else since: what was written stays a draft.
        raise OutOfDate("moved_on")
    return appeal, answer


@use_case
async def set_outcome(desk: Desk, *, actor: Actor, answer_id: AnswerId, outcome: str) -> Answer:
    """Choose how the draft ends.

    Raises DomainError(«photo_needed») by invariant 5, («outcome_chosen») when it is ticked.
    """
    appeal, answer = await own_draft(desk, actor, answer_id)
    chosen = next((o for o in DRAFT_OUTCOMES if o == outcome), None)
    if chosen is None:
        raise DomainError("no_such_outcome")
    if chosen is Outcome.SOLVED and sendable.evidence_missing(desk, appeal, answer):
        raise DomainError("photo_needed")
    if chosen is answer.outcome:
        raise DomainError("outcome_chosen")
    answer = desk.uow.put(replace(answer, outcome=chosen))
    await preview(desk, appeal, answer)
    return answer


@use_case
async def submit(desk: Desk, *, actor: Actor, answer_id: AnswerId) -> Appeal:
    """«Отправить»: the version is frozen and waits for the quality gate."""
    appeal, answer = await own_draft(desk, actor, answer_id)
    sendable.check(desk, appeal, answer)
    if appeal.state is State.WAITING_CITIZEN:
        # Whoever answers needs the citizen's word no more.
        appeal = await questions.withdraw(desk, appeal, actor)
    answer = replace(answer, state=AnswerState.REVIEW, submitted_at=desk.now)
    desk.uow.put(answer)
    appeal = await back_to_work(desk, appeal, actor)
    appeal = await cases.move(
        desk,
        appeal,
        Action.SUBMIT,
        actor,
        code="interim" if answer.until is not None else answer.outcome,
        text=answer.text,
        answer_id=answer.id,
    )
    await preview(desk, appeal, answer)
    await notify.quality(desk, appeal, answer)
    await notify.card(desk, appeal)
    return appeal


@use_case
async def keep_as_note(desk: Desk, *, actor: Actor, answer_id: AnswerId) -> Answer:
    """«Не ответ»: the words stay inside."""
    appeal, answer = await own_draft(desk, actor, answer_id)
    answer = desk.uow.put(replace(answer, state=AnswerState.NOTE))
    cases.note_event(desk, appeal, "note", actor, text=answer.text)
    await preview(desk, appeal, answer)
    return answer


@use_case
async def give_up(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> Appeal:
    """«Снять с себя»: the case is free again; the head of the block may free it from another.

    Within a minute of taking it this is an undo: nothing has been said, the clock runs on.
    """
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.GIVE_UP, block=appeal.block)
    if appeal.holder_id is None:
        raise OutOfDate("moved_on")
    await cases.check_may_free(desk, appeal, actor)
    await shelve_drafts(desk, appeal)
    taking = await holding.just_taken(desk, appeal, actor)
    if taking is not None:
        appeal = await holding.untake(desk, appeal, actor, seq=taking)
    else:
        appeal = await cases.move(desk, appeal, Action.GIVE_UP, actor)
    await menus.close(desk, appeal.id, actor=actor)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


async def back_to_work(desk: Desk, appeal: Appeal, actor: Actor) -> Appeal:
    """A postponed case that its holder goes on with is in work again."""
    if appeal.state is not State.POSTPONED:
        return appeal
    return await cases.move(desk, appeal, Action.RESUME, actor)


async def shelve_drafts(desk: Desk, appeal: Appeal) -> None:
    """The case goes to other hands, or ends: what was written for it stays inside."""
    for found in await desk.uow.appeals.answers_of(appeal.id):
        if found.state not in _UNSENT:
            continue
        note = desk.uow.put(replace(found, state=AnswerState.NOTE))
        await preview(desk, appeal, note)
        if found.state is AnswerState.REVIEW:
            await notify.quality(desk, appeal, note)


@use_case
async def withdraw_question(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> Appeal:
    """«Снять вопрос»: work goes on without the citizen's answer, and so do the clocks."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.UNASK, block=appeal.block)
    await cases.check_holder(desk, appeal, actor)
    appeal = await questions.withdraw(desk, appeal, actor)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal
