"""Erasing one person: his words and files everywhere, in our tables and in the staff's chats.

The chain of events stays whole, and cases stay without what would lead to him (domain.md §8).
"""

from __future__ import annotations

from dataclasses import replace

from services import (
    cases,
    consent,
    contacts,
    files,
    labels,
    menus,
    notify,
    problem_work,
    work,
)
from services.access import Actor, held
from services.desk import Desk
from services.lifecycle import OPEN, Action
from services.model import (
    Appeal,
    Direction,
    Erasure,
    EventText,
    Outcome,
    Person,
    Posted,
    State,
)
from services.notices import Kind, Priority

NOBODY = "—"
"""The name of a person who asked to be forgotten."""
ALL = 100_000
_EMPTIED = frozenset(
    {
        Kind.ALARM,
        Kind.ALARM_UNANSWERED,
        Kind.CARD_COPY,
        Kind.CASE_TEXT,
        Kind.CITIZEN_ASKS,
        Kind.CITIZEN_OPINION,
        Kind.CITIZEN_REPLIED,
        Kind.CITIZEN_RETURNED,
        Kind.CONTACT,
        Kind.DECISION,
        Kind.HIDDEN,
        Kind.HISTORY,
        Kind.LAST_ANSWER,
        Kind.LONG_WORDS,
        Kind.QUALITY,
        Kind.REPEAT_PROPOSED,
        Kind.UNCLEAR,
    }
)
"""Texts of staff that quote the citizen, or show how to reach him: edited at any age."""
_DELETED = frozenset({Kind.MEDIA, Kind.MENU})
"""Files can't be edited away, and a menu may quote him."""


async def holds_role(desk: Desk, person: Person) -> bool:
    """He works here: who did what must be told by a name."""
    return bool(held(await desk.uow.people.grants_of(person.id), desk.now))


async def erase(desk: Desk, person: Person, actor: Actor) -> Erasure:
    """Everything of the person, in every messenger; returns the record of it.

    The first name of somebody with a role stays until he has none.
    """
    numbers = [a.id for a in await desk.uow.appeals.of_person(person.id, limit=ALL)]
    for number in sorted(numbers):
        await _strip(desk, person, actor, await cases.locked(desk, number))
    await desk.uow.outbox.withhold(numbers, [*_EMPTIED, *_DELETED])
    await consent.drop_drafts(desk, person)
    await contacts.erase(desk, person.id)
    works = await holds_role(desk, person)
    nobody = replace(
        person,
        first_name=person.first_name if works else NOBODY,
        consent_version=None,
        consent_at=None,
        forget_when_closed=works,
    )
    desk.uow.put(nobody)
    for account in await desk.uow.people.accounts_of(person.id):
        chat = account.external_id
        await desk.uow.outbox.erase(numbers, channel=account.channel, chat_id=chat)
        await desk.uow.people.erase_updates(account.channel, chat)
    act = Erasure(desk.uow.new_id(Erasure), person.id, desk.now, len(numbers))
    return desk.uow.add(act)


async def _strip(desk: Desk, person: Person, actor: Actor, appeal: Appeal) -> None:
    """One case without its author's words. The chain of events stays whole."""
    if appeal.state in OPEN or appeal.state is State.MERGED:
        await problem_work.lead_leaves(desk, appeal)
        appeal = await cases.move(desk, appeal, Action.WITHDRAW, actor, outcome=Outcome.WITHDRAWN)
        await work.shelve_drafts(desk, appeal)
    await _silence(desk, person, appeal)
    appeal = cases.note_event(desk, _emptied(desk, appeal), "erase", actor)
    await notify.card(desk, appeal)
    await notify.triage_if_shown(desk, appeal)
    for posted in await desk.uow.screens.about(appeal.id, [*_EMPTIED, *_DELETED]):
        if (posted.channel, posted.chat_id) != (appeal.channel, appeal.chat_id):
            _off_the_wall(desk, appeal, posted)


async def _silence(desk: Desk, person: Person, appeal: Appeal) -> None:
    """His messages, files, comments, and what the events keep of his words."""
    appeals = desk.uow.appeals
    for said in await appeals.utterances_of(appeal.id):
        if said.direction is Direction.IN:
            desk.uow.put(replace(said, text="", masked=""))
    for file in await appeals.attachments_of(appeal.id):
        await files.doom(desk, file)
    for event in await appeals.events_of(appeal.id):
        if event.actor_id == person.id and event.text_hash is not None:
            desk.uow.put(EventText(event.id, "", ""))
    for rating in await appeals.ratings_of(appeal.id):
        desk.uow.put(replace(rating, comment=None))
    await labels.erase(desk, appeal.id)


def _emptied(desk: Desk, appeal: Appeal) -> Appeal:
    # Of a place only what the map knows stays: «у Ивановых, кв. 5» are somebody's words.
    place = desk.place_of(appeal.place) if appeal.place else None
    return replace(
        appeal,
        text="",
        essence="",
        place=place.text[:255] if place else None,
        latitude=None,
        longitude=None,
        reason=[],
        urgency_reason=None,
        attachments=0,
        wordless=None,
    )


def _off_the_wall(desk: Desk, appeal: Appeal, posted: Posted) -> None:
    """What stands in a chat of the staff shows the citizen's words no more."""
    if posted.kind in _DELETED:
        menus.remove(desk, posted)
        return
    anchor = posted.anchor or f"erased:{posted.id}"
    desk.uow.put(replace(posted, anchor=anchor))
    notify.queue(
        desk,
        Kind.ERASED,
        channel=posted.channel,
        chat_id=posted.chat_id,
        appeal_id=appeal.id,
        priority=Priority.EDIT,
        anchor=anchor,
    )
