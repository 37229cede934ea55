"""/new: the duty officer registers a call, a walk-in or a letter for somebody else (DUT, §11)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services import audit, cases, contacts, dialogs, intake, notify
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import DomainError
from services.lifecycle import Action
from services.model import (
    Appeal,
    AppealId,
    Dialog,
    Person,
    PersonId,
    Purpose,
    Source,
    State,
)
from services.notices import Kind
from services.understanding.callers import caller
from services.wire import Author, File, Message

STEP = dialogs.CALL
LIFE = dialogs.LIFE * 2


@use_case
async def begin(desk: Desk, known: Known) -> None:
    """Open the form in the officer's private chat. Raises Denied, DomainError(«write_me_first»)."""
    authorise(known.actor, Deed.REGISTER_FOR)
    if not known.account.reachable:
        raise DomainError("write_me_first")
    await _step(desk, known, {"at": "source"})


async def open_form(desk: Desk, known: Known, chat: str) -> Dialog | None:
    """The form the person is filling in, if any."""
    found = await dialogs.current(desk, known.person.id, chat)
    return found if found is not None and found.step == STEP else None


@use_case
async def choose(desk: Desk, known: Known, *, source: str) -> None:
    """How the citizen came. Raises Denied, DomainError(«outdated»)."""
    data = await _at(desk, known, "source")
    if source not in set(Source) - {Source.BOT}:
        raise DomainError("outdated")
    await _step(desk, known, {**data, "source": source, "at": "words"})


@use_case
async def say(desk: Desk, known: Known, message: Message) -> None:
    """The officer's words for the question that is open. Raises Denied, DomainError."""
    data = await _at(desk, known, "words", "place", "who")
    if not message.text.strip():
        raise DomainError("words_please")
    match data["at"]:
        case "words":
            files = [[f.kind, f.file_id, f.size] for f in message.attachments]
            found = desk.place_of(message.text) is not None
            data = {**data, "text": message.text, "files": files, "at": "who" if found else "place"}
        case "place":
            data = {**data, "place": message.text, "at": "who"}
        case _:
            data = {**data, **_who(message.text), "at": "check"}
    await _step(desk, known, data)


def _who(text: str) -> dict[str, str]:
    """A card shows the first name alone; the rest of the line is for whoever calls back."""
    found = caller(text)
    phones = ", ".join(found.phones)
    whole = ", ".join(filter(None, (found.rest, phones)))
    contact = whole if len(whole) <= contacts.LIMIT else phones
    return {"name": found.name[:64], "phone": contact if phones else ""}


@use_case
async def skip(desk: Desk, known: Known) -> None:
    """«Без места», «Без имени». Raises Denied, DomainError(«outdated»)."""
    data = await _at(desk, known, "place", "who")
    await _step(desk, known, {**data, "at": "who" if data["at"] == "place" else "check"})


@use_case
async def stop(desk: Desk, known: Known) -> None:
    """«Отмена»: nothing is registered."""
    await _at(desk, known, "source", "words", "place", "who", "check")
    await dialogs.close(desk, known.person.id, known.account.external_id)
    notify.say(desk, known, "call_dropped", chat=known.account.external_id)


@use_case
async def register(desk: Desk, known: Known) -> Appeal:
    """«Зарегистрировать»: a case of a person without a messenger: no receipt, no survey.

    Raises Denied, DomainError(«outdated»).
    """
    data = await _at(desk, known, "check")
    await dialogs.close(desk, known.person.id, known.account.external_id)
    person = desk.uow.add(
        Person(
            id=PersonId(desk.uow.new_id(Person)),
            first_name=data.get("name") or "—",
            locale="ru",
            consent_version=None,
            consent_at=None,
            created_at=desk.now,
        )
    )
    chat = await desk.uow.people.chat_for(Purpose.TRIAGE)
    channel = chat.channel if chat else known.account.channel
    where = chat.external_id if chat else known.account.external_id
    words = "\n".join(filter(None, (data["text"], data.get("place"))))
    files = tuple(File(*f) for f in data["files"])
    author = Author(channel, "", person.first_name, person.locale)
    message = Message(channel, "", author, where, desk.now, words, files)
    appeal = await intake.register(
        desk, person=person, message=message, source=Source(data["source"]), by=known.actor
    )
    if data.get("phone"):
        contacts.keep(desk, person, data["phone"], appeal=appeal)
        await notify.card(desk, appeal)
    _say(desk, known, at="done", appeal=appeal, block=appeal.block)
    return appeal


async def _at(desk: Desk, known: Known, *steps: str) -> dict[str, Any]:
    authorise(known.actor, Deed.REGISTER_FOR)
    form = await open_form(desk, known, known.account.external_id)
    if form is None or form.data["at"] not in steps:
        raise DomainError("outdated")
    return dict(form.data)


async def _step(desk: Desk, known: Known, data: dict[str, Any]) -> None:
    await dialogs.ask(desk, known.person.id, known.account.external_id, STEP, life=LIFE, **data)
    shown: dict[str, Any] = {}
    if data["at"] == "check":
        seen = desk.understand("\n".join(filter(None, (data["text"], data.get("place")))))
        shown = {
            "source": data["source"],
            "text": seen.masked,
            "topic": seen.topic,
            "block": seen.block if seen.sure else None,
            "place": seen.place.text if seen.place else data.get("place"),
            "urgency": seen.urgency,
            "name": data.get("name") or "",
            "phone": data.get("phone", "")[-2:],
        }
    _say(desk, known, at=data["at"], **shown)


def _say(desk: Desk, known: Known, *, at: str, appeal: Appeal | None = None, **ref: Any) -> None:
    notify.here(
        desk,
        known,
        Kind.CALL_FORM,
        chat=known.account.external_id,
        at=at,
        number=appeal.id if appeal else None,
        **ref,
    )


# --- what the citizen must be told by phone ---


@use_case
async def told(desk: Desk, *, actor: Actor, appeal_id: AppealId, task: int) -> None:
    """«Сообщили»: the citizen knows. Raises Denied, DomainError(«already_told»)."""
    role = authorise(actor, Deed.REGISTER_FOR)
    appeal = await cases.locked(desk, appeal_id)
    events = await desk.uow.appeals.events_of(appeal.id)
    if any(e.action == "told" and e.code == str(task) for e in events):
        raise DomainError("already_told")
    appeal = audit.record(
        desk,
        appeal,
        action="told",
        actor=actor,
        role=role,
        source=appeal.state,
        code=str(task),
    )
    desk.uow.put(appeal)
    notify.tell_again(desk, appeal, task)


@use_case
async def heard(desk: Desk, *, known: Known, appeal_id: AppealId, message: Message) -> Appeal:
    """What the citizen said on the phone to a question: the officer's reply to the task.

    Raises Denied, OutOfDate, DomainError(«words_please»).
    """
    appeal = await cases.locked(desk, appeal_id)
    authorise(known.actor, Deed.REGISTER_FOR)
    if appeal.source is Source.BOT or not message.text.strip():
        raise DomainError("words_please")
    waited = appeal.state is State.WAITING_CITIZEN
    citizen = await desk.uow.need(Person, appeal.person_id)
    seen = desk.understand(message.text)
    said = intake.utter(
        desk, appeal, replace(message, external_id=""), masked=seen.masked, author=citizen
    )
    if waited:
        appeal = await cases.move(desk, appeal, Action.REPLY, known.actor, text=message.text)
    await notify.under_card(
        desk,
        appeal,
        Kind.CITIZEN_REPLIED,
        text=seen.masked,
        files=len(message.attachments),
        answer=waited,
        utterance=said.id,
    )
    await notify.card(desk, appeal)
    return appeal


@use_case
async def reveal(desk: Desk, *, known: Known, appeal_id: AppealId) -> None:
    """«Телефон»: told in private; the look is an event. Raises Denied, DomainError(«no_phone»,
    «write_me_first»).
    """
    role = authorise(known.actor, Deed.REGISTER_FOR)
    appeal = await cases.locked(desk, appeal_id)
    contact = await contacts.phone_of(desk, appeal.person_id)
    if contact is None:
        raise DomainError("no_phone")
    desk.uow.put(
        audit.record(
            desk, appeal, action="reveal", actor=known.actor, role=role, source=appeal.state
        )
    )
    told = await notify.in_private(
        desk, known.person.id, Kind.CONTACT, about=appeal.id, contact=contact.id
    )
    if not told:
        raise DomainError("write_me_first")
