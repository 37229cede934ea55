"""«Delete me» (domain.md §8): what is erased at once, what stays without a name."""

from __future__ import annotations

from dataclasses import replace

from services import cases, consent, contacts, dialogs, files, notify
from services.desk import Desk, use_case
from services.directory import Known
from services.lifecycle import OPEN, Action
from services.model import Appeal, Direction, EventText, Outcome
from services.notices import Kind

NOBODY = "—"
"""The name of a person who asked to be forgotten."""
_ALL = 100_000


@use_case
async def ask(desk: Desk, known: Known, *, chat: str) -> None:
    """/forgetme: says what will happen, and asks."""
    appeals = await desk.uow.appeals.of_person(known.person.id, limit=_ALL)
    notify.to_person(
        desk,
        known.person,
        Kind.FORGET,
        channel=known.account.channel,
        chat_id=chat,
        open=sum(a.state in OPEN for a in appeals),
    )


@use_case
async def forget(desk: Desk, known: Known, *, chat: str) -> None:
    """Erase the profile, the consent, every word and file; cases stay without them.

    Open cases are closed as withdrawn: there is nobody left to answer.
    """
    numbers = [a.id for a in await desk.uow.appeals.of_person(known.person.id, limit=_ALL)]
    for number in sorted(numbers):
        await _strip(desk, known, await cases.locked(desk, number))
    await consent.drop_drafts(desk, known)
    await contacts.erase(desk, known.person.id)
    await dialogs.close(desk, known.person.id, chat)
    desk.uow.put(replace(known.person, first_name=NOBODY, consent_version=None, consent_at=None))
    await desk.uow.outbox.erase(numbers, channel=known.account.channel, chat_id=chat)
    await desk.uow.people.erase_updates(known.account.channel, chat)
    notify.plain(desk, known.person, channel=known.account.channel, chat_id=chat, text="forgotten")


async def _strip(desk: Desk, known: Known, appeal: Appeal) -> None:
    """One case without its author's words. The chain of events stays whole."""
    if appeal.state in OPEN:
        appeal = await cases.move(
            desk, appeal, Action.WITHDRAW, known.actor, outcome=Outcome.WITHDRAWN
        )
    appeals = desk.uow.appeals
    for said in await appeals.utterances_of(appeal.id):
        if said.direction is Direction.IN:
            desk.uow.put(replace(said, text="", masked=""))
    for file in await appeals.attachments_of(appeal.id):
        await files.doom(desk, file)
    for event in await appeals.events_of(appeal.id):
        if event.actor_id == known.person.id and event.text_hash is not None:
            desk.uow.put(EventText(event.id, "", ""))
    for rating in await appeals.ratings_of(appeal.id):
        desk.uow.put(replace(rating, comment=None))
    appeal = replace(
        appeal, text="", essence="", latitude=None, longitude=None, reason=[], attachments=0
    )
    appeal = cases.note_event(desk, appeal, "erase", known.actor)
    await notify.card(desk, appeal)
    if await desk.uow.screens.of_appeal(appeal.id, Kind.TRIAGE):
        await notify.triage(desk, appeal)
