"""Further words of a citizen join an appeal that is there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services import (
    cases,
    dialogs,
    feedback,
    greetings,
    intake,
    notify,
    opening,
    questions,
    triage,
    wordless,
)
from services.access import Actor
from services.desk import Desk
from services.lifecycle import OPEN, Action
from services.model import (
    Answer,
    Appeal,
    AppealId,
    Direction,
    Outcome,
    Person,
    PersonId,
    SaidAs,
    State,
    Utterance,
)
from services.notices import Kind
from services.policies import Urgency
from services.sameness import another_danger, elsewhere, names_another, one_subject, same
from services.understanding import Understanding
from services.understanding.urgency import worse
from services.understanding.whereabouts import tells
from services.wire import Message, joined

WORKED_ON = OPEN - {State.ANSWERED, State.DISPUTED}
"""States in which a case goes on by itself, in a department or on the way to one."""
TAKES_WORDS = WORKED_ON | {State.DISPUTED, State.MERGED}
"""States in which somebody reads what is added: whoever works, decides, or answers to all."""
ANSWER_IS_FRESH = timedelta(days=1)
"""How long words on the same thing are taken to be about the answer, until he has judged it."""
_LOOKED_AT = 5
"""How many of the newest appeals may be the one he goes on about."""


@dataclass(frozen=True, slots=True)
class Recent:
    """The appeal a citizen has just been speaking of, and its thread."""

    appeal: Appeal
    said: Sequence[Utterance]


async def recent(desk: Desk, person_id: PersonId, chat: str) -> Recent | None:
    """The newest appeal that further words would join: half an hour since he last spoke of it."""
    for appeal in await desk.uow.appeals.of_person(person_id, limit=_LOOKED_AT):
        if appeal.state not in TAKES_WORDS or appeal.chat_id != chat:
            continue
        found = await _thread(desk, appeal)
        return found if await spoken_of(desk, found) else None
    return None


async def _thread(desk: Desk, appeal: Appeal) -> Recent:
    return Recent(appeal, await desk.uow.appeals.utterances_of(appeal.id))


async def spoken_of(desk: Desk, recent: Recent) -> bool:
    """Its author's last words in it, or his return of it, are half an hour old at most."""
    said = [u.at for u in recent.said if u.direction is Direction.IN]
    brought_back = await _brought_back(desk, recent.appeal)
    last = max([*said, *brought_back, recent.appeal.registered_at])
    return last > desk.now - desk.town.speech.joins_within


async def _brought_back(desk: Desk, appeal: Appeal) -> list[datetime]:
    """When he returned it or disputed the answer: what he says next is why."""
    if not appeal.reopened:
        return []
    events = await desk.uow.appeals.events_of(appeal.id)
    return [event.at for event in events if event.action == Action.REOPEN]


async def answered(desk: Desk, person_id: PersonId, message: Message) -> Appeal | None:
    """The appeal whose fresh answer the words plainly speak of, before he has judged it.

    They name its topic or its place and no other, or are a verdict and nothing else. What is more
    urgent than the case was is a case of its own.
    """
    seen = desk.understand(message.text)
    for appeal in await desk.uow.appeals.of_person(person_id, limit=_LOOKED_AT):
        since = appeal.rated_from or appeal.answered_at
        if appeal.state is not State.ANSWERED or appeal.chat_id != message.chat or since is None:
            continue
        if desk.now > since + ANSWER_IS_FRESH:
            continue
        if not fits(desk, await _thread(desk, appeal), message):
            continue
        worsens = worse(seen.urgency, appeal.urgency) is not appeal.urgency
        if worsens or seen.urgency is Urgency.EMERGENCY:
            continue
        if greetings.verdict(message) or _speaks_of(desk, appeal, seen):
            return appeal
    return None


def _speaks_of(desk: Desk, appeal: Appeal, seen: Understanding) -> bool:
    """It may be the same topic, it is the same place, or a thing that was spoken of."""
    if appeal.topic in {one.topic for one in seen.candidates}:
        return True
    if same(_of(desk, appeal).place, seen.place):
        return True
    return not seen.sure and one_subject(f"{appeal.essence}\n{appeal.text}", seen.masked)


def fits(desk: Desk, recent: Recent, message: Message) -> bool:
    """The words may be about this appeal: no other topic or place is named, no new danger."""
    seen = desk.understand(message.text)
    if seen.urgency is Urgency.EMERGENCY:
        return same_danger(desk, recent, seen)
    before = _of(desk, recent.appeal)
    if recent.appeal.state is State.DISPUTED and not tells(seen.masked):
        # «Выписка из кадастра» is an argument, whatever department a paper belongs to.
        return not elsewhere(before.place, seen.place)
    return not names_another(before, seen)


def same_danger(desk: Desk, recent: Recent, seen: Understanding) -> bool:
    """Words of danger may go on about this emergency: the kind is known, the place no other."""
    if recent.appeal.urgency is not Urgency.EMERGENCY:
        return False
    said = [desk.understand(u.text) for u in recent.said if u.direction is Direction.IN]
    whole = _of(desk, recent.appeal)
    return not (another_danger([whole, *said], seen) or elsewhere(whole.place, seen.place))


def _of(desk: Desk, appeal: Appeal) -> Understanding:
    """What the hub understood of an appeal, its place as it was corrected since."""
    seen = desk.understand(appeal.text)
    return replace(seen, place=desk.understand(appeal.place).place) if appeal.place else seen


async def target(desk: Desk, message: Message) -> AppealId | None:
    """The appeal a message belongs to by its album or by what it replies to."""
    if message.group is not None:
        album = await desk.uow.appeals.album(message.channel, message.chat, message.group)
        if album is not None:
            return album.appeal_id
    if message.reply_to is None:
        return None
    posted = await desk.uow.screens.at(message.channel, message.chat, message.reply_to)
    if posted is not None and posted.appeal_id is not None:
        return posted.appeal_id
    said = await desk.uow.appeals.utterance_at(message.channel, message.chat, message.reply_to)
    return said.appeal_id if said is not None else None


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
    appeal = with_place(desk, appeal, whole)
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


def with_place(desk: Desk, appeal: Appeal, message: Message) -> Appeal:
    """The appeal with the place its further words name, where it had none."""
    seen = desk.understand(message.text)
    if appeal.place is None:
        place, territory = opening.named_place(desk, message, seen)
        appeal = replace(appeal, place=place, territory=territory)
    if message.place is not None:
        appeal = replace(appeal, latitude=message.place[0], longitude=message.place[1])
    return appeal


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
    if appeal.block is None:
        await notify.triage(desk, appeal)
    notify.receipt(desk, appeal)
