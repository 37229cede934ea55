"""Consent to keep personal data, and what happens before it (domain.md §8).

Before consent the words are kept a day as a draft and shown to nobody; emergency words call the
duty people at once, with text and place, without a name.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from services import alarms, bursts, duty_calls, notify
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import DomainError, OutOfDate
from services.model import Person, Posted
from services.notices import Kind
from services.understanding import Understanding
from services.wire import Message

DRAFT_LIFE = timedelta(hours=24)


def given(desk: Desk, person: Person) -> bool:
    """The person agreed to the version in force."""
    return person.consent_version == desk.town.consent.version


async def request(
    desk: Desk, known: Known, *, chat: str, seen: Understanding | None = None
) -> None:
    """Ask for consent; says what was understood of the words that wait for it."""
    anchor = f"consent:{known.person.id}"
    # He reads the question below what he has written since.
    await desk.uow.screens.anew(anchor)
    notify.here(
        desk,
        known,
        Kind.CONSENT,
        chat=chat,
        anchor=anchor,
        version=desk.town.consent.version,
        changed=known.person.consent_version is not None,
        topic=seen.topic if seen else None,
        place=seen.place.text if seen and seen.place else None,
    )


async def keep_draft(desk: Desk, known: Known, message: Message) -> None:
    """Store the words of somebody who has not consented; an emergency is passed on at once."""
    before = await bursts.waiting(desk, known.person, message.chat)
    alarm = await alarms.words_before_consent(desk, known, message, before)
    bursts.keep(desk, known.person, message, ready_at=None, alerted=alarm)
    if not before:
        seen = desk.understand(message.text)
        await request(desk, known, chat=message.chat, seen=seen)
    else:
        key = f"waiting:{known.person.id}:{desk.now:%Y%m%d%H}"
        notify.say(desk, known, "consent_waiting", chat=message.chat, key=key)


@use_case
async def agree(
    desk: Desk, known: Known, *, version: int, chat: str, posted: Posted | None = None
) -> None:
    """«Даю согласие»: what was written before goes to work as one appeal.

    `posted`, the message that asked, says from now on that it was given. Raises
    DomainError(«consent_given») when it was before.
    """
    if version != desk.town.consent.version:
        await request(desk, known, chat=chat)
        return
    if given(desk, known.person):
        raise DomainError("consent_given")
    person = replace(
        known.person,
        first_name=known.name,
        consent_version=version,
        consent_at=desk.now,
        # Who was erased but for his working name begins anew; a wish to be erased stays a wish.
        forget_when_closed=known.person.forget_when_closed
        and known.person.consent_version is not None,
    )
    desk.uow.put(person)
    drafts = await desk.uow.people.drafts_of(person.id)
    notify.here(
        desk,
        known,
        Kind.CONSENT,
        chat=chat,
        anchor=posted.anchor if posted is not None else None,
        version=version,
        given=desk.now.isoformat(),
    )
    if not drafts:
        notify.say(desk, known, "consent_given_ask", chat=chat)
        return
    await bursts.register(desk, person, drafts)


@use_case
async def decline(desk: Desk, known: Known, *, chat: str) -> None:
    """«Пока нет»: nothing is kept. An old button takes nothing from who has consented."""
    if given(desk, known.person):
        raise OutOfDate("outdated")
    await drop_drafts(desk, known.person)
    notify.say(desk, known, "consent_refused", chat=chat)


async def drop_drafts(desk: Desk, person: Person) -> None:
    """Delete what the person wrote and what is no appeal yet."""
    for draft in await desk.uow.people.drafts_of(person.id):
        desk.uow.remove(draft)
    for alarm in await desk.uow.duty.nameless(person.id):
        await duty_calls.forget(desk, alarm)


@use_case
async def forget_old_drafts(desk: Desk) -> int:
    """Delete drafts that waited a day for consent (a job)."""
    old = await desk.uow.people.drafts_before(desk.now - DRAFT_LIFE)
    for draft in old:
        desk.uow.remove(draft)
    return len(old)
