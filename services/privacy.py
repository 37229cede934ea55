"""What we keep of a person, a copy of it for him, and «delete me» (domain.md §8)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services import cases, consent, contacts, dialogs, files, notify, problem_work, work
from services.access import Actor
from services.desk import Desk, use_case
from services.directory import Known
from services.lifecycle import OPEN, Action
from services.model import (
    Account,
    Appeal,
    Direction,
    Erasure,
    EventText,
    Outcome,
    Person,
    State,
)
from services.notices import Kind

NOBODY = "—"
"""The name of a person who asked to be forgotten."""
_ALL = 100_000


@use_case
async def show(desk: Desk, known: Known, *, chat: str) -> None:
    """/privacy: what is kept, who sees it, for how long."""
    _say(desk, known, Kind.PRIVACY, chat)


@use_case
async def export(desk: Desk, known: Known, *, chat: str) -> None:
    """«Мои данные файлом»: everything that is the person's own, as one file."""
    _say(desk, known, Kind.EXPORT, chat)


@use_case
async def ask(desk: Desk, known: Known, *, chat: str) -> None:
    """/forgetme: says what will happen, and asks."""
    _say(desk, known, Kind.FORGET, chat, open=[a.id for a in await _open(desk, known.person)])


def _say(desk: Desk, known: Known, kind: Kind, chat: str, **ref: Any) -> None:
    channel = known.account.channel
    notify.to_person(desk, known.person, kind, channel=channel, chat_id=chat, **ref)


async def _open(desk: Desk, person: Person) -> list[Appeal]:
    appeals = await desk.uow.appeals.of_person(person.id, limit=_ALL)
    return [a for a in appeals if a.state in OPEN]


@use_case
async def wait_for_answer(desk: Desk, known: Known, *, chat: str) -> None:
    """«Сначала ответ»: erased by itself once nothing is open (see `forget_closed`)."""
    waiting = await _open(desk, known.person)
    if not waiting:
        await forget(desk, known, chat=chat)
        return
    desk.uow.put(replace(known.person, forget_when_closed=True))
    numbers = ", ".join(f"№ {a.id}" for a in reversed(waiting[:5]))
    channel, person = known.account.channel, known.person
    notify.plain(desk, person, channel=channel, chat_id=chat, text="forget_later", numbers=numbers)


@use_case
async def forget(desk: Desk, known: Known, *, chat: str) -> None:
    """Erase the profile, the consent, every word and file; cases stay without them.

    Open cases are closed as withdrawn: there is nobody left to answer.
    """
    act = await _erase(desk, known.person, known.actor)
    await dialogs.close(desk, known.person.id, chat)
    _tell(desk, known.person, known.account, chat, act)


@use_case
async def forget_closed(desk: Desk) -> int:
    """Erase those who asked for it once nothing of theirs is open (a job)."""
    done = 0
    for person in await desk.uow.people.to_forget():
        if await _open(desk, person):
            continue
        done += 1
        accounts = await desk.uow.people.accounts_of(person.id)
        act = await _erase(desk, person, Actor(person.id))
        for account in accounts:
            _tell(desk, person, account, account.external_id, act)
    return done


def _tell(desk: Desk, person: Person, account: Account, chat: str, act: Erasure) -> None:
    channel = account.channel
    notify.plain(desk, person, channel=channel, chat_id=chat, text="forgotten", act=act.id)


async def _erase(desk: Desk, person: Person, actor: Actor) -> Erasure:
    """Everything of the person, in every messenger; returns the record of it."""
    numbers = [a.id for a in await desk.uow.appeals.of_person(person.id, limit=_ALL)]
    for number in sorted(numbers):
        await _strip(desk, person, actor, await cases.locked(desk, number))
    await consent.drop_drafts(desk, person)
    await contacts.erase(desk, person.id)
    nobody = replace(
        person,
        first_name=NOBODY,
        consent_version=None,
        consent_at=None,
        forget_when_closed=False,
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
    appeal = replace(
        appeal,
        text="",
        essence="",
        latitude=None,
        longitude=None,
        reason=[],
        urgency_reason=None,
        attachments=0,
    )
    appeal = cases.note_event(desk, appeal, "erase", actor)
    await notify.card(desk, appeal)
    if await desk.uow.screens.of_appeal(appeal.id, Kind.TRIAGE):
        await notify.triage(desk, appeal)
