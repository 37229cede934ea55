"""A message was edited in the chat: the case, or the draft, follows it."""

from __future__ import annotations

from dataclasses import replace

from services import cases, intake, notify, sendable, wordless, work
from services.desk import Desk, use_case
from services.directory import Known
from services.model import (
    Answer,
    AnswerState,
    AppealId,
    Direction,
    State,
    Utterance,
)
from services.notices import Kind
from services.wire import Message, cut

_ANSWERED = (State.ANSWERED, State.CLOSED, State.REJECTED)


@use_case
async def by_citizen(desk: Desk, known: Known, message: Message) -> None:
    """The author changed his words: card and receipt show the new ones, the event keeps both."""
    said = await desk.uow.appeals.utterance_at(message.channel, message.chat, message.external_id)
    if said is None or said.author_id != known.person.id or said.text == message.text:
        return
    appeal = await cases.locked(desk, said.appeal_id)
    if appeal.state in _ANSWERED:
        notify.plain(
            desk,
            known.person,
            channel=message.channel,
            chat_id=message.chat,
            text="edit_after_answer",
            key=f"late_edit:{appeal.id}",
        )
        return
    seen = desk.understand(message.text)
    said = desk.uow.put(replace(said, text=message.text, masked=seen.masked))
    if await _is_first(desk, said):
        appeal = replace(appeal, text=cut(seen.masked, intake.CARD_TEXT))
        if seen.place is not None:
            appeal = replace(appeal, place=seen.place.text, territory=seen.place.territory)
    appeal = cases.note_event(desk, appeal, "edit", known.actor, text=message.text)
    if await wordless.hear(desk, replace(appeal, text=""), said, files=False):
        return
    await notify.card(desk, appeal)
    if appeal.block is None:
        await notify.triage(desk, appeal)
    notify.receipt(desk, appeal)


async def _is_first(desk: Desk, said: Utterance) -> bool:
    every = await desk.uow.appeals.utterances_of(said.appeal_id)
    return every[0].id == said.id


@use_case
async def by_staff(desk: Desk, known: Known, message: Message) -> None:
    """The holder changed his reply: the draft follows; past the draft he is told it is too late."""
    said = await desk.uow.appeals.utterance_at(message.channel, message.chat, message.external_id)
    if said is None or said.direction is not Direction.NOTE or said.text == message.text:
        return
    if said.author_id != known.person.id:
        return
    appeal = await cases.locked(desk, said.appeal_id)
    answer = await _written_as(desk, appeal.id, said)
    if answer is None:
        return
    if answer.state is not AnswerState.DRAFT:
        notify.reply_in_group(
            desk,
            channel=message.channel,
            chat_id=message.chat,
            kind=Kind.PLAIN,
            text="edit_too_late",
            values={},
            reply_to=message.external_id,
        )
        return
    text = sendable.checked_text(message.text)
    desk.uow.put(replace(said, text=text, masked=text))
    answer = desk.uow.put(replace(answer, text=text))
    await work.preview(desk, appeal, answer)


async def _written_as(desk: Desk, appeal_id: AppealId, said: Utterance) -> Answer | None:
    """The newest version whose words this message carries."""
    found = [
        a
        for a in await desk.uow.appeals.answers_of(appeal_id)
        if a.author_id == said.author_id and a.text == said.text
    ]
    return found[-1] if found else None
