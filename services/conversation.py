"""A citizen's side of the talk, in any messenger: what a message or a press of his means."""

from __future__ import annotations

from services import (
    afterwords,
    belonging,
    bursts,
    cases,
    clarity,
    clocks,
    consent,
    dangers,
    dialogs,
    greetings,
    joining,
    notify,
    phones,
    places_asked,
)
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import DomainError, OutOfDate
from services.model import AppealId, Dialog, State
from services.notices import Kind
from services.policies import Urgency
from services.wire import Message


@use_case
async def start(desk: Desk, known: Known, *, chat: str) -> None:
    """/start: who we are, and the consent where it is not given yet."""
    if consent.given(desk, known.person):
        notify.say(desk, known, "welcome_back", chat=chat)
        return
    notify.say(desk, known, "welcome", chat=chat)
    await consent.request(desk, known, chat=chat)


@use_case
async def receive(desk: Desk, known: Known, message: Message) -> None:
    """One message of a citizen: a draft, an addition, an answer to a question, or a new appeal."""
    if not (message.text or message.attachments or message.place or message.contact):
        notify.say(desk, known, "unreadable", chat=message.chat)
        return
    if not consent.given(desk, known.person):
        await consent.keep_draft(desk, known, message)
        return
    if message.contact is not None:
        await _contact(desk, known, message)
        return
    if await bursts.holds_album(desk, known, message):
        await bursts.take(desk, known, message)
        return
    if dangers.named(desk, message):
        await danger(desk, known, message)
    elif not await _continues(desk, known, message):
        await bursts.take(desk, known, message)


async def receive_anew(desk: Desk, known: Known, message: Message) -> None:
    """Words that answer nothing, whatever is asked: they begin a case or join the one before."""
    if not consent.given(desk, known.person):
        await consent.keep_draft(desk, known, message)
    elif dangers.named(desk, message):
        await danger(desk, known, message)
    else:
        await bursts.take(desk, known, message)


async def danger(desk: Desk, known: Known, message: Message) -> None:
    """Danger is never an answer about something else: it joins its own case or opens one."""
    same = await dangers.continued(desk, known, message)
    if same is None or not await dangers.goes_on(desk, known, message, same):
        await bursts.take(desk, known, message)
        return
    number = same.appeal.id
    if await places_asked.question(desk, known, message) == number and await _places(
        desk, known, message
    ):
        return
    await joining.append(desk, known.person, number, [message])


async def _contact(desk: Desk, known: Known, message: Message) -> None:
    """A telephone: kept for whoever works, and the answer where one is waited for."""
    await phones.take(desk, known.person, message)
    for appeal in await desk.uow.appeals.of_person(known.person.id, limit=20):
        if appeal.state is State.WAITING_CITIZEN:
            await joining.append(desk, known.person, appeal.id, [message])
            return


async def _continues(desk: Desk, known: Known, message: Message) -> bool:
    """The message belongs to an appeal that is already there."""
    greets = greetings.alone(message)
    if greets and await _is_awaited(desk, known, message):
        return True
    if not greets and await _places(desk, known, message):
        return True
    replied = await belonging.target(desk, message)
    if replied is not None:
        await joining.append(desk, known.person, replied, [message])
        return True
    dialog = await dialogs.current(desk, known.person.id, message.chat)
    others = {dialogs.PLACE, *dialogs.OF_STAFF, *([dialogs.WORDS] if greets else [])}
    asked = dialog is not None and dialog.step not in others
    if dialog is not None and asked and not _reports_anew(desk, dialog, message):
        await _answer_dialog(desk, known, message, dialog)
        return True
    for appeal in await desk.uow.appeals.of_person(known.person.id, limit=20):
        seen = desk.understand(message.text)
        elsewhere = seen.sure and appeal.block is not None and seen.block != appeal.block
        if appeal.state is State.WAITING_CITIZEN and not elsewhere:
            await joining.append(desk, known.person, appeal.id, [message])
            return True
    return False


async def _is_awaited(desk: Desk, known: Known, message: Message) -> bool:
    """A hello or a thank-you answers no question of ours; which one is open is said kindly."""
    dialog = await dialogs.current(desk, known.person.id, message.chat)
    number = None
    if dialog is not None and dialog.step in (dialogs.REST, dialogs.UNCLEAR):
        number = AppealId(dialog.data["appeal"])
    for appeal in await desk.uow.appeals.of_person(known.person.id, limit=20):
        if appeal.state is State.WAITING_CITIZEN:
            number = number or appeal.id
    if number is not None:
        notify.say(desk, known, "still_awaited", chat=message.chat, number=number)
    return number is not None


async def _places(desk: Desk, known: Known, message: Message) -> bool:
    """«Где это?» is open, and this is its answer or belongs to the same case."""
    heard = await places_asked.hear(desk, known, message)
    if heard.adds_to is not None:
        await joining.append(desk, known.person, heard.adds_to, [message])
    return heard.taken or heard.adds_to is not None


def _reports_anew(desk: Desk, dialog: Dialog, message: Message) -> bool:
    """Words after a rating that plainly name a problem are a report: none may be swallowed."""
    if dialog.step != dialogs.COMMENT:
        return False
    seen = desk.understand(message.text)
    if seen.urgency is Urgency.QUESTION:
        return False
    return seen.sure or seen.place is not None


async def _answer_dialog(desk: Desk, known: Known, message: Message, dialog: Dialog) -> None:
    number = AppealId(dialog.data["appeal"])
    if dialog.step == dialogs.REST:
        await afterwords.rest(desk, known, dialog, message)
    elif dialog.step == dialogs.COMMENT:
        await afterwords.comment(desk, known, dialog, message)
    elif dialog.step == dialogs.UNCLEAR:
        await clarity.words(desk, known, dialog, message)
    else:
        await joining.append(desk, known.person, number, [message])


@use_case
async def why(desk: Desk, known: Known, number: AppealId) -> None:
    """«Почему такой срок»: the explanation as a silent reply, anew when a date has moved.

    Raises DomainError(«shown_above») when nothing has changed since (§1.14).
    """
    appeal = await cases.of_author(desk, known.person.id, number)
    dates = [clocks.micros(clock.due_at) for clock in await desk.uow.appeals.clocks_of(number)]
    anchor = f"why:{appeal.id}:{len(dates)}:{sum(dates)}"
    if await desk.uow.screens.anchored(anchor) is not None:
        raise DomainError("shown_above")
    notify.to_citizen(desk, appeal, Kind.WHY, key=anchor, anchor=anchor)


@use_case
async def add_more(desk: Desk, known: Known, number: AppealId, *, chat: str) -> None:
    """«Дополнить»: the next message joins this appeal."""
    appeal = await cases.of_author(desk, known.person.id, number)
    if appeal.state in (State.CLOSED, State.REJECTED):
        raise DomainError("already_closed", number=number)
    anchor = f"adding:{appeal.id}:{desk.now:%Y%m%d%H%M%S}"
    await dialogs.ask(desk, known.person.id, chat, dialogs.ADD, appeal=appeal.id, anchor=anchor)
    notify.to_citizen(desk, appeal, Kind.ADD_MORE, anchor=anchor)


@use_case
async def add_done(desk: Desk, known: Known, number: AppealId, *, chat: str) -> None:
    """«Готово»: what follows is a new matter. Raises OutOfDate when nothing is being added."""
    appeal = await cases.of_author(desk, known.person.id, number)
    dialog = await dialogs.current(desk, known.person.id, chat)
    if dialog is None or dialog.step != dialogs.ADD or dialog.data["appeal"] != number:
        raise OutOfDate("outdated")
    await dialogs.close(desk, known.person.id, chat)
    notify.to_citizen(desk, appeal, Kind.ADD_MORE, anchor=dialog.data["anchor"], done=True)


@use_case
async def calm(desk: Desk, known: Known, number: AppealId) -> None:
    """«Уже не опасно»: the duty people are told; only a person lowers urgency (domain.md §1).

    Raises DomainError(«not_yours»), OutOfDate once it is no open emergency any more.
    """
    appeal = await cases.of_author(desk, known.person.id, number)
    if appeal.urgency is not Urgency.EMERGENCY or appeal.state not in belonging.WORKED_ON:
        raise OutOfDate("outdated")
    said = [e for e in await desk.uow.appeals.events_of(number) if e.action == "calm"]
    if said:
        return
    appeal = cases.note_event(desk, appeal, "calm", known.actor)
    notify.to_citizen(desk, appeal, Kind.PLAIN, text="calm_passed", values={})
    await notify.under_every_card(desk, appeal, Kind.CALM)
