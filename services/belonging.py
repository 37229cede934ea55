"""Which of his cases a citizen's further words belong to, or that they are about another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from services import greetings
from services.desk import Desk
from services.lifecycle import OPEN, Action
from services.model import Appeal, AppealId, Direction, PersonId, State, Utterance
from services.policies import Urgency
from services.sameness import another_danger, elsewhere, names_another, one_subject, same
from services.understanding import Understanding
from services.understanding.urgency import worse
from services.understanding.whereabouts import tells
from services.wire import Message

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
        found = await thread(desk, appeal)
        return found if await spoken_of(desk, found) else None
    return None


async def thread(desk: Desk, appeal: Appeal) -> Recent:
    """The case with everything that was said in it."""
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
        if not fits(desk, await thread(desk, appeal), message):
            continue
        worsens = worse(seen.urgency, appeal.urgency) is not appeal.urgency
        if worsens or seen.urgency is Urgency.EMERGENCY:
            continue
        if greetings.verdict(message) or _speaks_of(desk, appeal, seen):
            return appeal
    return None


def _speaks_of(desk: Desk, appeal: Appeal, seen: Understanding) -> bool:
    """It may be the same topic, it is the same place, or a thing that was spoken of."""
    topics = {one.topic for one in seen.candidates}
    if appeal.topic in topics or same(desk.place_of(appeal.place or appeal.text), seen.place):
        return True
    # Staff may have said another topic than his words name; he goes on in his own.
    if not appeal.reason and desk.understand(appeal.text).topic in topics:
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
    return replace(seen, place=desk.place_of(appeal.place)) if appeal.place else seen


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
