"""The executor takes his answer back before it is checked; the answer of the time before."""

from __future__ import annotations

from dataclasses import replace

from services import cases, notify, work
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import DomainError, OutOfDate
from services.lifecycle import Action
from services.model import Answer, AnswerId, AnswerState, Appeal, AppealId, Person, State
from services.notices import Kind


@use_case
async def take_back(desk: Desk, *, actor: Actor, appeal_id: AppealId) -> Answer:
    """«Отозвать ответ»: a new draft goes on from the words; the frozen version stays as it was.

    Raises Denied, DomainError(«not_your_draft»), OutOfDate.
    """
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.RECALL, block=appeal.block)
    frozen = await desk.uow.lock(Answer, appeal.answer_id) if appeal.answer_id else None
    if appeal.state is not State.REVIEW or frozen is None:
        raise OutOfDate("moved_on")
    if frozen.author_id != actor.person_id:
        author = await desk.uow.need(Person, frozen.author_id)
        raise DomainError("not_your_draft", name=author.first_name)
    before = await given(desk, appeal)
    desk.uow.put(replace(frozen, state=AnswerState.RECALLED))
    draft = desk.uow.add(
        replace(
            frozen,
            id=AnswerId(desk.uow.new_id(Answer)),
            state=AnswerState.DRAFT,
            created_at=desk.now,
            submitted_at=None,
        )
    )
    for file in await desk.uow.appeals.attachments_of(appeal.id, answer_id=frozen.id):
        desk.uow.put(replace(file, answer_id=draft.id))
    appeal = await cases.move(
        desk, appeal, Action.RECALL, actor, answer_id=before.id if before else None
    )
    await notify.quality(desk, appeal, frozen)
    await work.preview(desk, appeal, frozen)
    await work.preview(desk, appeal, draft)
    await notify.card(desk, appeal)
    return draft


async def given(desk: Desk, appeal: Appeal) -> Answer | None:
    """The newest answer that went to the citizen."""
    answers = await desk.uow.appeals.answers_of(appeal.id)
    return next((a for a in reversed(answers) if a.state is AnswerState.PASSED), None)


@use_case
async def show_last(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, channel: str, chat: str
) -> None:
    """«Прошлый ответ», under the card; a second press shows the same message."""
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Deed.DRAFT, block=appeal.block)
    answer = await given(desk, appeal)
    if answer is None:
        raise OutOfDate("moved_on")
    await notify.in_chat(
        desk,
        await desk.uow.people.chat(channel, chat),
        Kind.LAST_ANSWER,
        appeal=appeal,
        anchor=f"last:{answer.id}:{chat}",
        answer=answer.id,
    )
