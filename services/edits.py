"""A message was edited in the chat: the case, or the draft, follows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from services import (
    afterwords,
    alarms,
    bursts,
    cases,
    conversation,
    notify,
    opening,
    questions,
    sendable,
    triage,
    wordless,
    work,
)
from services.desk import Desk, use_case
from services.directory import Known
from services.model import (
    Answer,
    AnswerState,
    Appeal,
    AppealId,
    Direction,
    EventText,
    SaidAs,
    State,
    Utterance,
)
from services.notices import Kind
from services.wire import Message, cut

_QUESTIONS = ("question", "triage_question")
"""Prompts whose answers leave for the citizen at once."""
_ANSWERED = (State.ANSWERED, State.CLOSED, State.REJECTED)


@use_case
async def by_citizen(desk: Desk, known: Known, message: Message) -> None:
    """The author changed his words: draft, card and receipt follow, the event keeps both."""
    said = await desk.uow.appeals.utterance_at(message.channel, message.chat, message.external_id)
    if said is None:
        await _of_draft(desk, known, message)
        return
    if said.author_id != known.person.id or said.text == message.text:
        return
    if said.said_as is SaidAs.COMMENT:
        await afterwords.correct(desk, known, said, message)
        return
    appeal = await cases.locked(desk, said.appeal_id)
    if appeal.state in _ANSWERED:
        key = f"late_edit:{appeal.id}:{appeal.answer_id}"
        notify.to_citizen(desk, appeal, Kind.LATE_EDIT, key=key)
        return
    if await conversation.is_new_emergency(desk, known, message):
        await bursts.take(desk, known, message)
    said = desk.uow.put(
        replace(said, text=message.text, masked=desk.understand(message.text).masked)
    )
    appeal = replace(appeal, edited_at=desk.now)
    every = await desk.uow.appeals.utterances_of(said.appeal_id)
    if said.said_as is SaidAs.OPENING or every[0].id == said.id:
        appeal = _told_anew(desk, appeal, every)
    appeal = cases.note_event(desk, appeal, "edit", known.actor, text=message.text)
    if await wordless.hear(desk, replace(appeal, text=""), [said], files=False):
        return
    if appeal.block is None:
        appeal = desk.uow.put(await triage.understand_again(desk, appeal))
    await notify.card(desk, appeal)
    if appeal.block is None:
        await notify.triage(desk, appeal)
    notify.receipt(desk, appeal)


async def _of_draft(desk: Desk, known: Known, message: Message) -> None:
    """Words that are no appeal yet: danger that only the edit names is danger, too."""
    before = await bursts.waiting(desk, known.person, message.chat)
    draft = await bursts.edit(desk, known, message)
    if draft is None or draft.ready_at is not None:
        return
    others = [d for d in before if d.id != draft.id or d.alerted]
    if await alarms.words_before_consent(desk, known, message, others):
        desk.uow.put(replace(draft, alerted=True))


def _told_anew(desk: Desk, appeal: Appeal, every: Sequence[Utterance]) -> Appeal:
    """The appeal with the words that opened it as they stand now."""
    opened = [u for u in every if u.said_as is SaidAs.OPENING] or list(every[:1])
    seen = desk.understand("\n".join(u.text for u in opened if u.text))
    appeal = replace(appeal, text=cut(seen.masked, opening.CARD_TEXT))
    if seen.place is None:
        return appeal
    return replace(appeal, place=seen.place.text[:255], territory=seen.place.territory)


@use_case
async def by_staff(desk: Desk, known: Known, message: Message) -> None:
    """The holder changed his reply: the draft follows; past the draft he is told it is too late."""
    said = await desk.uow.appeals.utterance_at(message.channel, message.chat, message.external_id)
    if said is None:
        await _of_question(desk, known, message)
        return
    if said.direction is not Direction.NOTE or said.text == message.text:
        return
    if said.author_id != known.person.id:
        return
    appeal = await cases.locked(desk, said.appeal_id)
    answer = await _written_as(desk, appeal.id, said)
    if answer is None:
        return
    if answer.state is not AnswerState.DRAFT:
        _too_late(desk, message, "edit_too_late")
        return
    text = sendable.checked_text(message.text)
    desk.uow.put(replace(said, text=text, masked=text))
    answer = desk.uow.put(replace(answer, text=text))
    await work.preview(desk, appeal, answer)


def _too_late(desk: Desk, message: Message, text: str) -> None:
    notify.reply_in_group(
        desk,
        channel=message.channel,
        chat_id=message.chat,
        kind=Kind.PLAIN,
        text=text,
        values={},
        reply_to=message.external_id,
    )


async def _of_question(desk: Desk, known: Known, message: Message) -> None:
    """His own words to the citizen have left already: the edit changes nothing there."""
    if message.reply_to is None:
        return
    prompt = await desk.uow.screens.at(message.channel, message.chat, message.reply_to)
    if prompt is None or prompt.data.get("purpose") not in _QUESTIONS or prompt.appeal_id is None:
        return
    asked = questions.newest(await desk.uow.appeals.events_of(prompt.appeal_id))
    if asked is None or asked.actor_id != known.person.id or asked.at < prompt.at:
        return
    kept = await desk.uow.get(EventText, asked.id)
    if kept is not None and kept.text != message.text:
        _too_late(desk, message, "question_left")


async def _written_as(desk: Desk, appeal_id: AppealId, said: Utterance) -> Answer | None:
    """The newest version whose words this message carries."""
    found = [
        a
        for a in await desk.uow.appeals.answers_of(appeal_id)
        if a.author_id == said.author_id and a.text == said.text
    ]
    return found[-1] if found else None
