"""Consent to keep personal data, and what happens before it (domain.md §8).

Before consent the words are kept a day as a draft and shown to nobody; emergency words call the
duty people at once, with text and place, without a name.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services import intake, notify
from services.desk import Desk, use_case
from services.directory import Known
from services.model import Draft, Person, Purpose
from services.notices import Kind, Priority
from services.policies import Urgency
from services.understanding import Understanding
from services.wire import Author, Message, message_from_json

DRAFT_LIFE = timedelta(hours=24)


def given(desk: Desk, person: Person) -> bool:
    """The person agreed to the version in force."""
    return person.consent_version == desk.town.consent.version


def request(
    desk: Desk,
    person: Person,
    *,
    channel: str,
    chat: str,
    seen: Understanding | None = None,
) -> None:
    """Ask for consent; says what was understood of the words that wait for it."""
    notify.to_person(
        desk,
        person,
        Kind.CONSENT,
        channel=channel,
        chat_id=chat,
        version=desk.town.consent.version,
        changed=person.consent_version is not None,
        topic=seen.topic if seen else None,
        place=seen.place.text if seen and seen.place else None,
    )


async def keep_draft(desk: Desk, known: Known, message: Message) -> None:
    """Store the words of somebody who has not consented; an emergency is passed on at once."""
    seen = desk.understand(message.text)
    emergency = seen.urgency is Urgency.EMERGENCY
    first = not await desk.uow.people.drafts_of(known.person.id)
    desk.uow.add(
        Draft(
            id=desk.uow.new_id(Draft),
            person_id=known.person.id,
            channel=message.channel,
            chat_id=message.chat,
            content=message.as_json(),
            received_at=desk.now,
            alerted=emergency,
        )
    )
    if emergency:
        await _alarm(desk, known, message, seen)
    if first:
        request(desk, known.person, channel=message.channel, chat=message.chat, seen=seen)
    else:
        notify.plain(
            desk,
            known.person,
            channel=message.channel,
            chat_id=message.chat,
            text="consent_waiting",
            key=f"waiting:{known.person.id}:{desk.now:%Y%m%d%H}",
        )


async def _alarm(desk: Desk, known: Known, message: Message, seen: Understanding) -> None:
    notify.to_person(
        desk,
        known.person,
        Kind.EMERGENCY_ADVICE,
        channel=message.channel,
        chat_id=message.chat,
        priority=Priority.EMERGENCY,
        **intake.advice(seen),
    )
    await notify.in_chat(
        desk,
        await desk.uow.people.chat_for(Purpose.TRIAGE),
        Kind.EMERGENCY_UNCONSENTED,
        priority=Priority.EMERGENCY,
        text=seen.masked,
        place=seen.place.text if seen.place else None,
    )


@use_case
async def agree(desk: Desk, known: Known, *, version: int, chat: str) -> None:
    """«Даю согласие»: what was written before goes to work as one appeal."""
    channel = known.account.channel
    if version != desk.town.consent.version:
        request(desk, known.person, channel=channel, chat=chat)
        return
    if given(desk, known.person):
        return
    person = replace(
        known.person,
        first_name=known.name,
        consent_version=version,
        consent_at=desk.now,
    )
    desk.uow.put(person)
    drafts = await desk.uow.people.drafts_of(person.id)
    notify.plain(
        desk,
        person,
        channel=channel,
        chat_id=chat,
        text="consent_given" if drafts else "consent_given_ask",
        version=version,
        date=desk.now.astimezone(desk.town.calendar.zone).strftime("%d.%m.%Y"),
    )
    if not drafts:
        return
    author = Author(channel, known.account.external_id, person.first_name, person.locale)
    kept = [message_from_json(d.content, author, d.chat_id) for d in drafts]
    for draft in drafts:
        await desk.uow.remove(draft)
    await intake.register(desk, person=person, message=_joined(kept))


def _joined(messages: list[Message]) -> Message:
    """Several messages of a newcomer as one."""
    return replace(
        messages[0],
        text="\n".join(m.text for m in messages if m.text),
        attachments=tuple(f for m in messages for f in m.attachments),
        place=next((m.place for m in messages if m.place), None),
    )


@use_case
async def decline(desk: Desk, known: Known, *, chat: str) -> None:
    """«Пока нет»: nothing is kept."""
    await drop_drafts(desk, known.person)
    notify.plain(
        desk, known.person, channel=known.account.channel, chat_id=chat, text="consent_refused"
    )


async def drop_drafts(desk: Desk, person: Person) -> None:
    """Delete what the person wrote before consenting."""
    for draft in await desk.uow.people.drafts_of(person.id):
        await desk.uow.remove(draft)


@use_case
async def forget_old_drafts(desk: Desk) -> int:
    """Delete drafts that waited a day for consent (a job)."""
    old = await desk.uow.people.drafts_before(desk.now - DRAFT_LIFE)
    for draft in old:
        await desk.uow.remove(draft)
    return len(old)
