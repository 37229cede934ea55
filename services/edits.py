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
    dangers,
    duty_calls,
    greetings,
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
from services.policies import Urgency
from services.wire import Message, cut

_QUESTIONS = ("question", "triage_question")
"""Prompts whose answers leave for the citizen at once."""
_ANSWERED = (State.ANSWERED, State.CLOSED, State.REJECTED)


@use_case
async def by_citizen(desk: Desk, known: Known, message: Message) -> None:
    """The author changed his words: draft, card and receipt follow, the event keeps both."""
    said = await desk.uow.appeals.utterance_at(message.channel, message.chat, message.external_id)
    if said is None:
        if not await _of_draft(desk, known, message):
            await _of_nothing(desk, known, message)
        return
    if said.author_id != known.person.id or said.text == message.text:
        return
    if said.said_as is SaidAs.COMMENT and not dangers.named(desk, message):
        await afterwords.correct(desk, known, said, message)
        return
    appeal = await cases.locked(desk, said.appeal_id)
    if appeal.state in _ANSWERED:
        await _too_late(desk, known, appeal, message)
        return
    danger = await dangers.is_new(desk, known, message)
    if danger and appeal.urgency is not Urgency.EMERGENCY:
        await bursts.take(desk, known, message)
    appeal = await _follow(desk, known, appeal, said, message)
    if danger and appeal.urgency is Urgency.EMERGENCY:
        # Whoever went there went for other words, or to another house.
        await duty_calls.again(desk, appeal)


async def _follow(
    desk: Desk, known: Known, appeal: Appeal, said: Utterance, message: Message
) -> Appeal:
    """The case is about the words as they stand now."""
    said = desk.uow.put(
        replace(said, text=message.text, masked=desk.understand(message.text).masked)
    )
    appeal = replace(appeal, edited_at=desk.now)
    every = await desk.uow.appeals.utterances_of(said.appeal_id)
    if said.said_as is SaidAs.OPENING or every[0].id == said.id:
        appeal = _told_anew(desk, appeal, every)
    appeal = cases.note_event(desk, appeal, "edit", known.actor, text=message.text)
    if await wordless.hear(desk, replace(appeal, text=""), [said], files=False):
        return appeal
    if appeal.block is None:
        appeal = desk.uow.put(await triage.understand_again(desk, appeal))
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


async def _too_late(desk: Desk, known: Known, appeal: Appeal, message: Message) -> None:
    """Nobody follows the words of an answered case any more; danger goes to work all the same."""
    if dangers.named(desk, message):
        await conversation.danger(desk, known, message)
        return
    notify.to_citizen(desk, appeal, Kind.LATE_EDIT)


async def _of_nothing(desk: Desk, known: Known, message: Message) -> None:
    """A hello or thanks became a report: it goes to work. What cannot be placed is said to be so.

    What a message said before is not kept where it became no case, so the words as they are now
    decide, like words after a rating.
    """
    if not message.text or message.text.startswith("/") or greetings.alone(message):
        return
    seen = desk.understand(message.text)
    if dangers.named(desk, message) or seen.sure or seen.place is not None:
        await conversation.receive_anew(desk, known, message)
        return
    key = f"edit_of_nothing:{message.chat}:{message.external_id}"
    notify.say(desk, known, "edit_of_nothing", chat=message.chat, key=key)


async def _of_draft(desk: Desk, known: Known, message: Message) -> bool:
    """Words that are no appeal yet: danger that only the edit names is danger, too.

    False when the message is no draft.
    """
    before = await bursts.waiting(desk, known.person, message.chat)
    draft = await bursts.edit(desk, known, message)
    if draft is None:
        return False
    if draft.ready_at is not None:
        return True
    others = [d for d in before if d.id != draft.id or d.alerted]
    if await alarms.words_before_consent(desk, known, message, others):
        desk.uow.put(replace(draft, alerted=True))
    return True


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
        _tell_staff(desk, message, "edit_too_late")
        return
    text = sendable.checked_text(message.text)
    desk.uow.put(replace(said, text=text, masked=text))
    answer = desk.uow.put(replace(answer, text=text))
    await work.preview(desk, appeal, answer)


def _tell_staff(desk: Desk, message: Message, text: str) -> None:
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
        _tell_staff(desk, message, "question_left")


async def _written_as(desk: Desk, appeal_id: AppealId, said: Utterance) -> Answer | None:
    """The newest version whose words this message carries."""
    found = [
        a
        for a in await desk.uow.appeals.answers_of(appeal_id)
        if a.author_id == said.author_id and a.text == said.text
    ]
    return found[-1] if found else None
