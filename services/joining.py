"""Further words of a citizen join an appeal that is there already."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from services import cases, dialogs, intake, notify, opening, questions, triage, wordless
from services.access import Actor
from services.desk import Desk
from services.lifecycle import OPEN, Action
from services.model import (
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
from services.sameness import another_danger, elsewhere, names_another
from services.understanding import Understanding
from services.wire import Message, joined

TAKES_WORDS = OPEN - {State.ANSWERED, State.DISPUTED}
"""States in which somebody still reads what is added without being asked."""
_LOOKED_AT = 5
"""How many of the newest appeals may be the one he goes on about."""


@dataclass(frozen=True, slots=True)
class Recent:
    """The appeal a citizen has just been speaking of, and its thread."""

    appeal: Appeal
    said: Sequence[Utterance]


async def recent(desk: Desk, person_id: PersonId, chat: str) -> Recent | None:
    """The newest appeal that further words would join: half an hour since his last words in it."""
    for appeal in await desk.uow.appeals.of_person(person_id, limit=_LOOKED_AT):
        if appeal.state not in TAKES_WORDS or appeal.chat_id != chat:
            continue
        found = Recent(appeal, await desk.uow.appeals.utterances_of(appeal.id))
        return found if spoken_of(desk, found) else None
    return None


def spoken_of(desk: Desk, recent: Recent) -> bool:
    """The author's last words in it are half an hour old at most."""
    said = [u.at for u in recent.said if u.direction is Direction.IN]
    last = max([*said, recent.appeal.registered_at])
    return last > desk.now - desk.town.speech.joins_within


def fits(desk: Desk, recent: Recent, message: Message) -> bool:
    """The words may be about this appeal: no other topic or place is named, no new danger."""
    seen = desk.understand(message.text)
    if seen.urgency is Urgency.EMERGENCY:
        return same_danger(desk, recent, seen)
    return not names_another(_of(desk, recent.appeal), seen)


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
    if appeal.state in (State.CLOSED, State.REJECTED):
        # Nobody reads a closed case: the words start a new one rather than vanish.
        await dialogs.close(desk, person.id, whole.chat)
        parts = [intake.Part(m, desk.now) for m in messages]
        await intake.register(desk, person=person, message=whole, parts=parts)
        return
    before = await desk.uow.appeals.utterances_of(appeal.id)
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
    late = _is_late(before, whole)
    if not late:
        every = [*before, *said]
        notify.added(desk, appeal, series(every, desk.town.speech.series)[0].id)
    if await wordless.hear(desk, appeal, said, files=bool(whole.attachments)):
        return
    await _show(desk, appeal, whole, said, answer=False, silently=late)


async def _answer(
    desk: Desk, person: Person, appeal: Appeal, whole: Message, said: Sequence[Utterance]
) -> None:
    appeal = await cases.move(desk, appeal, Action.REPLY, Actor(person.id), text=whole.text)
    await dialogs.close(desk, person.id, whole.chat)
    notify.to_citizen(desk, appeal, Kind.REPLY_PASSED)
    await questions.settle(desk, appeal)
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
        danger = seen.urgency is appeal.urgency is Urgency.EMERGENCY
        # The duty officer reads it too when the same danger is told of again.
        await (notify.under_every_card if danger else notify.under_card)(
            desk,
            appeal,
            Kind.CITIZEN_REPLIED,
            text=seen.masked,
            danger=danger,
            place=whole.place,
            files=len(whole.attachments),
            answer=answer,
            contact=whole.contact is not None,
            utterance=said[0].id,
        )
    if whole.attachments:
        for one in said:
            await notify.files_under_card(desk, appeal, one.id)
    await notify.card(desk, appeal)
    if appeal.block is None:
        await notify.triage(desk, appeal)
    notify.receipt(desk, appeal)
