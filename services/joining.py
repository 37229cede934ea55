"""Further words of a citizen join an appeal that is there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from services import (
    alike,
    cases,
    comparing,
    dialogs,
    feedback,
    intake,
    notify,
    opening,
    place_questions,
    questions,
    triage,
    wordless,
)
from services.access import Actor
from services.desk import Desk
from services.model import (
    Answer,
    Appeal,
    AppealId,
    Direction,
    Outcome,
    Person,
    SaidAs,
    State,
    Utterance,
)
from services.notices import Kind
from services.policies import Urgency
from services.wire import Message, joined


async def append(desk: Desk, person: Person, number: AppealId, messages: Sequence[Message]) -> None:
    """More words for an open appeal; the answer to a question when one was asked."""
    appeal = await cases.of_author(desk, person.id, number)
    whole = joined(messages)
    if appeal.outcome is Outcome.DUPLICATE and appeal.beside_id is not None:
        appeal = await cases.of_author(desk, person.id, appeal.beside_id)
    if appeal.state in (State.CLOSED, State.REJECTED) and not await _is_rest_of_album(
        desk, appeal, whole
    ):
        # Nobody reads a closed case: the words start a new one rather than vanish.
        await dialogs.close(desk, person.id, whole.chat)
        parts = [intake.Part(m, desk.now) for m in messages]
        await intake.register(desk, person=person, message=whole, parts=parts)
        return
    before = await desk.uow.appeals.utterances_of(appeal.id)
    late = _is_late(before, whole)
    said = [
        intake.utter(
            desk,
            appeal,
            m,
            masked=desk.understand(m.text).masked,
            author=person,
            said_as=_as(appeal, before, m),
        )
        for m in messages
    ]
    located = (appeal.place, appeal.latitude, appeal.longitude)
    appeal = _with_place_asked(desk, appeal, whole)
    moved = located != (appeal.place, appeal.latitude, appeal.longitude)
    appeal = replace(appeal, attachments=appeal.attachments + len(whole.attachments))
    if appeal.state is State.WAITING_CITIZEN:
        await _answer(desk, person, appeal, whole, said)
        return
    appeal = cases.note_event(desk, appeal, "add", Actor(person.id), text=whole.text)
    if not late:
        every = [*before, *said]
        await acknowledge(desk, appeal, series(every, desk.town.speech.series)[0].id)
    if await wordless.hear(desk, appeal, said, files=bool(whole.attachments)):
        return
    await _show(desk, appeal, whole, said, answer=False, silently=late)
    if moved:
        await comparing.placed(desk, await desk.uow.need(Appeal, appeal.id))


async def acknowledge(desk: Desk, appeal: Appeal, first: int) -> None:
    """A series of additions has its line; after an answer he is asked for his verdict with it."""
    answer = await desk.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    refused = answer is not None and answer.outcome is Outcome.REFUSED
    if appeal.state is not State.ANSWERED or answer is None or refused:
        notify.added(desk, appeal, first)
        return
    anchor = feedback.again_anchor(answer.id, first)
    notify.to_citizen(desk, appeal, Kind.ASK_AGAIN, anchor=anchor, answer=answer.id)


async def _answer(
    desk: Desk, person: Person, appeal: Appeal, whole: Message, said: Sequence[Utterance]
) -> None:
    appeal = await questions.replied(desk, appeal, Actor(person.id), text=whole.text)
    await dialogs.close(desk, person.id, whole.chat)
    if await wordless.hear(desk, appeal, said, files=bool(whole.attachments)):
        return
    await _show(desk, appeal, whole, said, answer=True)


def _as(appeal: Appeal, before: Sequence[Utterance], message: Message) -> SaidAs | None:
    """An answer to a question is no addition; a late item is what its album was."""
    if appeal.state is State.WAITING_CITIZEN:
        return None
    if not _is_late(before, message):
        return SaidAs.ADDED
    return next(u.said_as for u in before if u.group_key == message.group)


async def _is_rest_of_album(desk: Desk, appeal: Appeal, message: Message) -> bool:
    return _is_late(await desk.uow.appeals.utterances_of(appeal.id), message)


def _is_late(before: Sequence[Utterance], message: Message) -> bool:
    """A late item of an album that is there already, without words: it joins silently."""
    if message.group is None or message.text:
        return False
    return any(u.group_key == message.group for u in before)


def series(said: Sequence[Utterance], window: timedelta) -> list[Utterance]:
    """The newest additions of the citizen, no further apart than `window`: acknowledged as one."""
    found: list[Utterance] = []
    for one in reversed([u for u in said if u.direction is Direction.IN]):
        if one.said_as is not SaidAs.ADDED or (found and found[0].at - one.at > window):
            break
        found.insert(0, one)
    return found


def _with_place_asked(desk: Desk, appeal: Appeal, message: Message) -> Appeal:
    """A point outside of the municipality is asked about first."""
    if message.place is None or not opening.is_outside(desk, appeal, message.place):
        return with_place(desk, appeal, message)
    place_questions.of_point(desk, appeal, message, message.place)
    return with_place(desk, appeal, replace(message, place=None))


def with_place(desk: Desk, appeal: Appeal, message: Message) -> Appeal:
    """The appeal with the place its further words name, where it had none."""
    point = message.place
    if point is None and appeal.latitude is not None and appeal.longitude is not None:
        point = appeal.latitude, appeal.longitude
    if appeal.place is None:
        place, territory = opening.named_place(desk, message, desk.understand(message.text))
        appeal = alike.keyed(desk, replace(appeal, place=place, territory=territory))
    return opening.with_point(desk, appeal, point) if point is not None else appeal


async def _show(
    desk: Desk,
    appeal: Appeal,
    whole: Message,
    said: Sequence[Utterance],
    *,
    answer: bool,
    silently: bool = False,
) -> None:
    """Staff read it under the card; card and receipt follow, and what the duty officer is told."""
    if appeal.block is None:
        appeal = await triage.understand_again(desk, appeal)
    desk.uow.put(appeal)
    if not silently:
        seen = desk.understand(whole.text)
        words = {
            "text": seen.masked,
            "danger": seen.urgency is appeal.urgency is Urgency.EMERGENCY,
            "place": whole.place,
            "files": len(whole.attachments),
            "answer": answer,
            "contact": whole.contact is not None,
            "utterance": said[0].id,
        }
        await notify.words_of_citizen(desk, appeal, **words)
    if whole.attachments:
        for one in said:
            await notify.files_under_card(desk, appeal, one.id)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)
