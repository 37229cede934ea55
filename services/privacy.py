"""What we keep of a person, a copy of it for him, and «delete me» (domain.md §8)."""

from __future__ import annotations

from dataclasses import replace

from services import dialogs, erasing, notify
from services.access import Actor
from services.desk import Desk, use_case
from services.directory import Known
from services.lifecycle import OPEN
from services.model import Account, Appeal, Erasure, Person, Posted
from services.notices import Kind

_ACT = "act"
"""In a question's data: the record of the erasure that it led to."""


@use_case
async def show(desk: Desk, known: Known, *, chat: str) -> None:
    """/privacy: what is kept, who sees it, for how long."""
    notify.here(desk, known, Kind.PRIVACY, chat=chat)


@use_case
async def export(desk: Desk, known: Known, *, chat: str) -> None:
    """«Мои данные файлом»: everything that is the person's own, as one file."""
    notify.here(desk, known, Kind.EXPORT, chat=chat)


@use_case
async def ask(desk: Desk, known: Known, *, chat: str) -> None:
    """/forgetme: says what will happen, and asks."""
    notify.here(
        desk,
        known,
        Kind.FORGET,
        chat=chat,
        anchor=f"forget:{desk.uow.new_number('posted')}",
        open=[a.id for a in await _open(desk, known.person)],
        works=await erasing.holds_role(desk, known.person),
    )


async def _open(desk: Desk, person: Person) -> list[Appeal]:
    appeals = await desk.uow.appeals.of_person(person.id, limit=erasing.ALL)
    return [a for a in appeals if a.state in OPEN]


@use_case
async def wait_for_answer(
    desk: Desk, known: Known, *, chat: str, posted: Posted | None = None
) -> None:
    """«Сначала ответ»: erased by itself once nothing is open (see `forget_closed`)."""
    waiting = await _open(desk, known.person)
    if not waiting:
        await forget(desk, known, chat=chat, posted=posted)
        return
    desk.uow.put(replace(known.person, forget_when_closed=True))
    numbers = ", ".join(f"№ {a.id}" for a in reversed(waiting[:5]))
    notify.say(desk, known, "forget_later", chat=chat, numbers=numbers)


@use_case
async def forget(desk: Desk, known: Known, *, chat: str, posted: Posted | None = None) -> None:
    """Erase the profile, the consent, every word and file; cases stay without them.

    Open cases are closed as withdrawn: there is nobody left to answer. `posted` is the question;
    each leads to one erasure at most, and without one we ask before we do what can't be undone.
    """
    if posted is None or posted.kind != Kind.FORGET:
        await ask(desk, known, chat=chat)
        return
    if _ACT in posted.data:
        _tell(desk, known.person, known.account, chat, posted.data[_ACT], text="forgotten_already")
        return
    act = await erasing.erase(desk, known.person, known.actor)
    await dialogs.close(desk, known.person.id, chat)
    await _settle_questions(desk, known.person, act)
    if posted.anchor is None:
        _tell(desk, known.person, known.account, chat, act.id)


async def _settle_questions(desk: Desk, person: Person, act: Erasure) -> None:
    """Every «Удалить ваши данные?» that stands says that it is done, and can't be pressed."""
    for account in await desk.uow.people.accounts_of(person.id):
        channel, chat = account.channel, account.external_id
        for asked in await desk.uow.screens.of_kind_in(channel, chat, Kind.FORGET):
            if _ACT in asked.data:
                continue
            desk.uow.put(replace(asked, data={**asked.data, _ACT: act.id}))
            if asked.anchor is not None:
                notify.to_person(
                    desk,
                    person,
                    Kind.FORGET,
                    channel=channel,
                    chat_id=chat,
                    anchor=asked.anchor,
                    act=act.id,
                )


@use_case
async def forget_closed(desk: Desk) -> int:
    """Erase those who asked for it once nothing of theirs is open (a job)."""
    done = 0
    for person in await desk.uow.people.to_forget():
        # Of who works here and was erased but for his name nothing more goes until he leaves.
        named = person.consent_version is None and await erasing.holds_role(desk, person)
        if named or await _open(desk, person):
            continue
        done += 1
        accounts = await desk.uow.people.accounts_of(person.id)
        act = await erasing.erase(desk, person, Actor(person.id))
        await _settle_questions(desk, person, act)
        for account in accounts:
            _tell(desk, person, account, account.external_id, act.id)
    return done


def _tell(
    desk: Desk, person: Person, account: Account, chat: str, act: int, *, text: str = "forgotten"
) -> None:
    channel = account.channel
    notify.plain(desk, person, channel=channel, chat_id=chat, text=text, act=act)
