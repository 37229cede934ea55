"""Living speech: what a citizen says in one go is kept as a draft and becomes one appeal.

Messages without an open question wait until the citizen has spoken (architecture.md §In 7). The
oldest row of a burst says when it is over; the others carry the latest moment possible, so that a
burst that lost its head would still be found.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from services import belonging, flood, greetings, intake, joining, notify, phones
from services.desk import Desk
from services.directory import Known
from services.model import Draft, Person, PersonId
from services.municipality import Speech
from services.policies import Urgency
from services.sameness import names_another
from services.understanding import Understanding
from services.wire import Author, Message, joined, message_from_json

_ASKED = "asked"
"""In a draft's content: a point without words, and the citizen was asked what happened there."""


def over_at(
    speech: Speech, *, first: datetime, last: datetime, understood: bool, alarm: bool = False
) -> datetime:
    """When a burst becomes an appeal: soon after its last message, never long after its first."""
    if alarm:
        return last
    wait = speech.understood_after if understood else speech.unclear_after
    return min(last + wait, first + speech.longest)


async def take(desk: Desk, known: Known, message: Message) -> None:
    """One message that answers no question of ours: an addition, or a part of a burst."""
    rows = await rows_of(desk, known.person.id, message.chat)
    if rows and names_another(_seen(desk, rows), desk.understand(message.text)):
        await settle(desk, known.person, rows)
        rows = []
    recent = None if rows else await belonging.recent(desk, known.person.id, message.chat)
    flooded = flood.in_a_minute(desk, rows, recent) >= desk.town.speech.flood
    if flooded:
        await flood.say_once(desk, known, message)
    elif (
        recent is not None
        and not greetings.alone(message)
        and belonging.fits(desk, recent, message)
    ):
        await joining.append(desk, known.person, recent.appeal.id, [message])
        return
    elif not rows and (appeal := await belonging.answered(desk, known.person.id, message)):
        await joining.append(desk, known.person, appeal.id, [message])
        return
    rows.append(keep(desk, known.person, message, ready_at=desk.now))
    await _schedule(desk, known.person, rows, flooded=flooded)


def keep(
    desk: Desk,
    person: Person,
    message: Message,
    *,
    ready_at: datetime | None,
    alerted: bool = False,
) -> Draft:
    """Keep a message that is no appeal yet; without `ready_at` it waits for consent."""
    return desk.uow.add(
        Draft(
            id=desk.uow.new_id(Draft),
            person_id=person.id,
            channel=message.channel,
            chat_id=message.chat,
            content=message.as_json(),
            received_at=desk.now,
            alerted=alerted,
            ready_at=ready_at,
        )
    )


async def waiting(desk: Desk, person: Person, chat: str) -> list[Draft]:
    """What waits for the person's consent."""
    drafts = await desk.uow.people.drafts_of(person.id)
    return [d for d in drafts if d.chat_id == chat and d.ready_at is None]


async def holds_album(desk: Desk, known: Known, message: Message) -> bool:
    """A part of the message's album waits in the open burst."""
    if message.group is None:
        return False
    rows = await rows_of(desk, known.person.id, message.chat)
    return any(row.content.get("group") == message.group for row in rows)


async def is_open(desk: Desk, person_id: PersonId, chat: str) -> bool:
    """He is in the middle of telling something."""
    return bool(await rows_of(desk, person_id, chat))


async def edit(desk: Desk, known: Known, message: Message) -> Draft | None:
    """The words of a draft were changed; returns the draft, None when there is no such."""
    rows = await rows_of(desk, known.person.id, message.chat, waiting_too=True)
    row = next((r for r in rows if r.content["external_id"] == message.external_id), None)
    if row is None:
        return None
    changed = desk.uow.put(replace(row, content={**row.content, "text": message.text}))
    if row.ready_at is not None:
        rows = [changed if r.id == row.id else r for r in rows if r.ready_at is not None]
        await _schedule(desk, known.person, rows)
    return changed


async def rows_of(
    desk: Desk, person_id: PersonId, chat: str, *, waiting_too: bool = False
) -> list[Draft]:
    """The open burst of a person in a chat, oldest first, its head locked."""
    for _ in range(2):
        rows = [
            r
            for r in await desk.uow.people.drafts_of(person_id)
            if r.chat_id == chat and (waiting_too or r.ready_at is not None)
        ]
        if not rows:
            return []
        head = await desk.uow.lock(Draft, rows[0].id)
        if head is not None:
            return [head, *rows[1:]]
        # Another replica registered it while we waited for the lock: look again.
    return []


async def _schedule(
    desk: Desk, person: Person, rows: list[Draft], *, flooded: bool = False
) -> None:
    """Say when the burst is over; register it at once where that moment has come."""
    speech = desk.town.speech
    first = _first(rows).received_at
    seen = _seen(desk, rows)
    only = [message(row, person) for row in rows]
    understood = seen.sure or all(greetings.alone(m) or _is_point(m) for m in only)
    alarm = any(_is_alarm(desk.understand(m.text)) for m in only) or _is_alarm(seen)
    ready = over_at(
        speech, first=first, last=desk.now, understood=understood and not flooded, alarm=alarm
    )
    if ready <= desk.now:
        await settle(desk, person, rows)
        return
    desk.uow.put(replace(rows[0], ready_at=ready))
    if len(rows) > 1:
        desk.uow.put(replace(rows[-1], ready_at=first + speech.longest))


def _is_alarm(seen: Understanding) -> bool:
    return seen.urgency is Urgency.EMERGENCY


def _is_point(message: Message) -> bool:
    return message.place is not None and not message.text and not message.attachments


def _first(rows: Sequence[Draft]) -> Draft:
    """What the burst is counted from: a point that was asked about does not hurry the words."""
    return next((r for r in rows if not r.content.get(_ASKED)), rows[0])


def message(row: Draft, person: Person) -> Message:
    """What a draft keeps."""
    author = Author(row.channel, row.chat_id, person.first_name, person.locale)
    return message_from_json(row.content, author, row.chat_id)


def text_of(rows: Sequence[Draft]) -> str:
    """All words of a burst."""
    return "\n".join(r.content["text"] for r in rows if r.content["text"])


def _seen(desk: Desk, rows: Sequence[Draft]) -> Understanding:
    return desk.understand(text_of(rows))


async def register(desk: Desk, person: Person, rows: Sequence[Draft]) -> None:
    """Words that waited for consent become one appeal at once; a telephone is kept apart."""
    told = []
    for row in rows:
        one = message(row, person)
        await phones.take(desk, person, one)
        if one.text or one.attachments or one.place:
            told.append(row)
        else:
            desk.uow.remove(row)
    if told:
        await settle(desk, person, told)


async def settle(desk: Desk, person: Person, rows: Sequence[Draft]) -> None:
    """Decide what a burst was: a hello, a point, an addition, or an appeal."""
    parts = [intake.Part(message(row, person), row.received_at) for row in rows]
    whole = joined([p.message for p in parts])
    if _is_point(whole) and await _ask_about(desk, person, rows, whole):
        return
    for row in rows:
        desk.uow.remove(row)
    if greetings.alone(whole):
        await greetings.answer(desk, person, whole)
        return
    recent = await belonging.recent(desk, person.id, whole.chat)
    if recent is not None and belonging.fits(desk, recent, whole):
        await joining.append(desk, person, recent.appeal.id, [p.message for p in parts])
        return
    answered = await belonging.answered(desk, person.id, whole)
    if answered is not None:
        await joining.append(desk, person, answered.id, [p.message for p in parts])
        return
    if _is_point(whole):
        return
    since = _first(rows).received_at
    parts = [replace(p, at=max(p.at, since)) for p in parts]
    danger = _is_alarm(desk.understand(whole.text))
    beside = None if recent is None or danger else recent.appeal
    await intake.register(desk, person=person, message=whole, parts=parts, beside=beside)


async def _ask_about(desk: Desk, person: Person, rows: Sequence[Draft], whole: Message) -> bool:
    """A point without a word: ask once what is there, and keep it for the answer."""
    if await belonging.recent(desk, person.id, whole.chat) is not None:
        return False
    if all(row.content.get(_ASKED) for row in rows):
        return False
    until = desk.now + desk.town.speech.joins_within
    for row in rows:
        desk.uow.put(replace(row, content={**row.content, _ASKED: True}, ready_at=until))
    notify.plain(desk, person, channel=whole.channel, chat_id=whole.chat, text="what_happened")
    return True
