"""A citizen's side of the talk, in any messenger: what a message or a press of his means."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services import (
    cases,
    clarity,
    consent,
    dialogs,
    feedback,
    intake,
    notify,
    phones,
    places_asked,
    questions,
    wordless,
)
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import DomainError
from services.lifecycle import OPEN, Action
from services.model import Appeal, AppealId, Dialog, State
from services.notices import Kind
from services.policies import Urgency
from services.wire import Message

_HELLO = "здравствуйте здравствуй привет добрый доброе доброго день утро вечер времени суток"
_THANKS = "спасибо благодарю большое"
_ENGLISH = "hello hi thanks thank you good morning evening"
GREETINGS = frozenset(f"{_HELLO} {_THANKS} {_ENGLISH}".split())


@use_case
async def start(desk: Desk, known: Known, *, chat: str) -> None:
    """/start: who we are, and the consent where it is not given yet."""
    channel = known.account.channel
    if consent.given(desk, known.person):
        notify.plain(desk, known.person, channel=channel, chat_id=chat, text="welcome_back")
        return
    notify.plain(desk, known.person, channel=channel, chat_id=chat, text="welcome")
    consent.request(desk, known.person, channel=channel, chat=chat)


@use_case
async def receive(desk: Desk, known: Known, message: Message) -> None:
    """One message of a citizen: a draft, an addition, an answer to a question, or a new appeal."""
    if not (message.text or message.attachments or message.place or message.contact):
        _say(desk, known, message, "unreadable")
        return
    if not consent.given(desk, known.person):
        await consent.keep_draft(desk, known, message)
        return
    if message.contact is not None:
        await _contact(desk, known, message)
        return
    if not await _is_new_emergency(desk, known, message) and await _continues(desk, known, message):
        return
    if is_greeting(message):
        _say(desk, known, message, "greeting")
        return
    if not message.text and not message.attachments:
        _say(desk, known, message, "what_happened")
        return
    await intake.register(desk, person=known.person, message=message)


async def _contact(desk: Desk, known: Known, message: Message) -> None:
    """A telephone: kept for whoever works, and the answer where one is waited for."""
    await phones.take(desk, known, message)
    for appeal in await desk.uow.appeals.of_person(known.person.id, limit=20):
        if appeal.state is State.WAITING_CITIZEN:
            await _append(desk, known, message, appeal.id)
            return


async def _is_new_emergency(desk: Desk, known: Known, message: Message) -> bool:
    """Danger is never an answer to a question of ours, whatever dialogue is open."""
    if desk.understand(message.text).urgency is not Urgency.EMERGENCY:
        return False
    mine = await desk.uow.appeals.of_person(known.person.id, limit=20)
    worked_on = OPEN - {State.ANSWERED}
    return not any(a.urgency is Urgency.EMERGENCY and a.state in worked_on for a in mine)


def is_greeting(message: Message) -> bool:
    """Nothing but a hello or a thank-you: a kind answer, no case."""
    words = "".join(c if c.isalpha() else " " for c in message.text.lower()).split()
    return bool(words) and not message.attachments and set(words) <= GREETINGS


async def _continues(desk: Desk, known: Known, message: Message) -> bool:
    """The message belongs to an appeal that is already there."""
    if not is_greeting(message) and await _places(desk, known, message):
        return True
    replied = await _replied_appeal(desk, known, message)
    if replied is not None:
        await _append(desk, known, message, replied)
        return True
    dialog = await dialogs.current(desk, known.person.id, message.chat)
    others = {dialogs.PLACE, *dialogs.OF_STAFF}
    asked = dialog is not None and dialog.step not in others
    if dialog is not None and asked and not _reports_anew(desk, dialog, message):
        await _answer_dialog(desk, known, message, dialog)
        return True
    for appeal in await desk.uow.appeals.of_person(known.person.id, limit=20):
        seen = desk.understand(message.text)
        elsewhere = seen.sure and seen.block != appeal.block
        if appeal.state is State.WAITING_CITIZEN and not elsewhere:
            await _append(desk, known, message, appeal.id)
            return True
    return False


async def _places(desk: Desk, known: Known, message: Message) -> bool:
    """«Где это?» is open, and this is its answer or belongs to the same case."""
    heard = await places_asked.hear(desk, known, message)
    if heard.adds_to is not None:
        await _append(desk, known, message, heard.adds_to)
    return heard.taken or heard.adds_to is not None


def _reports_anew(desk: Desk, dialog: Dialog, message: Message) -> bool:
    """Words after a rating that plainly name a problem are a report: none may be swallowed."""
    if dialog.step != dialogs.COMMENT:
        return False
    seen = desk.understand(message.text)
    if seen.urgency is Urgency.QUESTION:
        return False
    return seen.sure or seen.place is not None


async def _replied_appeal(desk: Desk, known: Known, message: Message) -> AppealId | None:
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


async def _answer_dialog(desk: Desk, known: Known, message: Message, dialog: Dialog) -> None:
    number = AppealId(dialog.data["appeal"])
    if dialog.step == dialogs.REST:
        await feedback.rest(desk, known, number, message)
    elif dialog.step == dialogs.COMMENT:
        await feedback.comment(desk, known, dialog.data["answer"], message)
    elif dialog.step == dialogs.UNCLEAR:
        await clarity.words(desk, known, dialog, message)
    else:
        await _append(desk, known, message, number)


async def _append(desk: Desk, known: Known, message: Message, number: AppealId) -> None:
    """More words for an open appeal; the answer to a question when one was asked."""
    appeal = await own(desk, known, number)
    seen = desk.understand(message.text)
    if appeal.state in (State.CLOSED, State.REJECTED):
        # Nobody reads a closed case: the words start a new one rather than vanish.
        await dialogs.close(desk, known.person.id, message.chat)
        await intake.register(desk, person=known.person, message=message)
        return
    said = intake.utter(desk, appeal, message, masked=seen.masked, author=known.person)
    waited = appeal.state is State.WAITING_CITIZEN
    appeal = replace(appeal, attachments=appeal.attachments + len(message.attachments))
    if appeal.place is None:
        place, territory = intake.named_place(desk, message, seen)
        appeal = replace(appeal, place=place, territory=territory)
    if message.place is not None:
        appeal = replace(appeal, latitude=message.place[0], longitude=message.place[1])
    if waited:
        appeal = await cases.move(desk, appeal, Action.REPLY, known.actor, text=message.text)
        await dialogs.close(desk, known.person.id, message.chat)
        notify.to_citizen(desk, appeal, Kind.REPLY_PASSED)
        await questions.settle(desk, appeal)
    else:
        appeal = cases.note_event(desk, appeal, "add", known.actor, text=message.text)
        notify.to_citizen(desk, appeal, Kind.ADDED)
        if await wordless.hear(desk, appeal, said, files=bool(message.attachments)):
            return
    await notify.under_card(
        desk,
        appeal,
        Kind.CITIZEN_REPLIED,
        text=seen.masked,
        place=message.place,
        files=len(message.attachments),
        answer=waited,
        contact=message.contact is not None,
        utterance=said.id,
    )
    if message.attachments:
        await notify.files_under_card(desk, appeal, said.id)
    await notify.card(desk, appeal)
    notify.receipt(desk, appeal)


async def own(desk: Desk, known: Known, number: AppealId) -> Appeal:
    """The citizen's own appeal, locked. Raises DomainError(«not_yours») for anybody else's."""
    return await cases.of_author(desk, known.person.id, number)


@use_case
async def why(desk: Desk, known: Known, number: AppealId) -> None:
    """«Почему такой срок»: the explanation as a silent reply; a second press shows the same one."""
    appeal = await own(desk, known, number)
    notify.to_citizen(desk, appeal, Kind.WHY, key=f"why:{appeal.id}:{appeal.reopened}")


@use_case
async def add_more(desk: Desk, known: Known, number: AppealId, *, chat: str) -> None:
    """«Дополнить»: the next message joins this appeal."""
    appeal = await own(desk, known, number)
    if appeal.state in (State.CLOSED, State.REJECTED):
        raise DomainError("already_closed", number=number)
    await dialogs.ask(desk, known.person.id, chat, dialogs.ADD, appeal=appeal.id)
    _say_chat(desk, known, chat, "write_more", number=appeal.id)


def _say(desk: Desk, known: Known, message: Message, text: str) -> None:
    _say_chat(desk, known, message.chat, text)


def _say_chat(desk: Desk, known: Known, chat: str, text: str, **values: Any) -> None:
    notify.plain(
        desk, known.person, channel=known.account.channel, chat_id=chat, text=text, **values
    )
