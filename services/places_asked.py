"""A citizen says where it is: in words, by a point on the map, by a choice of two streets."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from services import bursts, cases, comparing, dialogs, intake, notify, opening, place_questions
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import OutOfDate
from services.lifecycle import OPEN
from services.model import Appeal, AppealId, Posted, State
from services.notices import Kind
from services.understanding import Understanding
from services.understanding.whereabouts import is_link, names_a_spot, settled, tells
from services.wire import Message, cut, units

SKIP = frozenset({"без места", "не знаю", "нет", "skip", "i don't know", "no"})
"""Answers that mean «no place»; the key of the keyboard in every locale is one of them."""
_KEYS = frozenset({"без места", "skip"})
"""That key: nobody writes it in answer to another question."""
_KEYBOARD_LIFE = timedelta(days=1)
"""The keyboard outlives the question: so long its keys belong to the case it was shown for."""
LONGEST = 255
"""Units of a place; longer words are an addition to the case."""
_LOOKED_AT = 5
"""How many of the newest cases may be the one a late key is about."""
DETAIL = 15
"""So many units more than the place itself, and staff read the whole answer under the card."""


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of a message while a place was asked."""

    taken: bool = False
    """It was the answer, and it is written down."""
    adds_to: AppealId | None = None
    """It is no place, but belongs to this appeal."""


@use_case
async def ask(desk: Desk, known: Known, number: AppealId) -> None:
    """«Место», «Другое место», «Другая точка». Raises DomainError(«already_closed»)."""
    appeal = await cases.of_author_open(desk, known.person.id, number)
    await place_questions.ask(desk, appeal)


async def hear(desk: Desk, known: Known, message: Message) -> Heard:
    """Take a message as the answer to an open «Где это?», if it is one."""
    number = await question(desk, known, message)
    if number is None:
        return Heard()
    appeal = await cases.of_author(desk, known.person.id, number)
    if appeal.state is State.ANSWERED or appeal.state not in OPEN:
        return Heard()
    awaited = appeal.state is State.WAITING_CITIZEN and _word(message.text) not in _KEYS
    if message.attachments or awaited:
        return Heard(adds_to=number)
    if message.place is not None:
        await _point(desk, known, appeal, message, message.place)
        return Heard(taken=True)
    if _word(message.text) in SKIP:
        await _close(desk, known, message.chat)
        notify.to_citizen(desk, appeal, Kind.PLACE_NOTED, noted=False)
        return Heard(taken=True)
    return await _words(desk, known, appeal, message)


async def question(desk: Desk, known: Known, message: Message) -> AppealId | None:
    """The appeal whose question is replied to, or open; a reply to anything else is no answer."""
    if message.reply_to is not None:
        posted = await desk.uow.screens.at(message.channel, message.chat, message.reply_to)
        if posted is not None and posted.kind == Kind.PLACE_ASKED:
            return posted.appeal_id
        return None
    if message.group is not None:
        # A late item of an album joins what its album became.
        return None
    dialog = await dialogs.current(desk, known.person.id, message.chat)
    if dialog is not None and dialog.step == dialogs.PLACE:
        return AppealId(dialog.data["appeal"])
    if message.place is not None and dialog is not None:
        # Something else was asked since, and a point may be its answer.
        return None
    return await _of_keyboard(desk, known, message)


async def _of_keyboard(desk: Desk, known: Known, message: Message) -> AppealId | None:
    """A key of the keyboard pressed late: about his newest open case of an unknown place.

    A point in the middle of a new report belongs to that report.
    """
    point = message.place is not None and message.venue is None and not message.text
    if not point and _word(message.text) not in _KEYS:
        return None
    if point and await bursts.is_open(desk, known.person.id, message.chat):
        return None
    mine = await desk.uow.appeals.of_person(known.person.id, limit=_LOOKED_AT)
    if point and any(appeal.state is State.WAITING_CITIZEN for appeal in mine):
        return None
    for appeal in mine:
        nowhere = appeal.place is None and appeal.latitude is None
        fresh = desk.now <= appeal.registered_at + _KEYBOARD_LIFE
        here = appeal.chat_id == message.chat and appeal.state in OPEN - {State.ANSWERED}
        if nowhere and fresh and here:
            asked = await desk.uow.screens.of_appeal(appeal.id, Kind.PLACE_ASKED)
            return appeal.id if asked else None
    return None


async def _close(desk: Desk, known: Known, chat: str) -> None:
    """«Где это?» is answered; another question that has taken its place stays open."""
    dialog = await dialogs.current(desk, known.person.id, chat)
    if dialog is not None and dialog.step == dialogs.PLACE:
        await dialogs.close(desk, known.person.id, chat)


def _word(text: str) -> str:
    return " ".join(text.lower().strip(" .").replace("’", "'").split())


async def _words(desk: Desk, known: Known, appeal: Appeal, message: Message) -> Heard:
    seen = desk.understand(message.text)
    if not seen.masked.strip() or _is_another_problem(appeal, seen):
        return Heard()
    if _is_addition(seen):
        return Heard(adds_to=appeal.id)
    found = seen.place
    words = found.text if found else " ".join(seen.masked.split())
    appeal = replace(
        appeal,
        place=cut(words, LONGEST),
        territory=found.territory if found else None,
        latitude=None,
        longitude=None,
    )
    appeal = await _record(desk, known, appeal, message, masked=seen.masked)
    if units(seen.masked) > units(words) + DETAIL:
        await notify.under_card(
            desk, appeal, Kind.CITIZEN_REPLIED, text=seen.masked, answer=False, files=0
        )
    return Heard(taken=True)


def _is_another_problem(appeal: Appeal, seen: Understanding) -> bool:
    """Something plainly happens that is another block's: a report, not a place."""
    blocks = {appeal.block} if appeal.block else {c["block"] for c in appeal.candidates}
    return bool(blocks) and seen.sure and seen.block not in blocks and tells(seen.masked)


def _is_addition(seen: Understanding) -> bool:
    """More of the same, or a question to us: nothing that could stand behind «Где:»."""
    nameless = seen.place is None and (is_link(seen.masked) or not names_a_spot(seen.masked))
    more = seen.sure and seen.place is None and tells(seen.masked)
    return nameless or more or seen.masked.rstrip().endswith("?") or units(seen.masked) > LONGEST


async def _point(
    desk: Desk, known: Known, appeal: Appeal, message: Message, point: tuple[float, float]
) -> None:
    if opening.is_outside(desk, appeal, point):
        place_questions.of_point(desk, appeal, message, point)
        return
    if message.venue is not None:
        place, territory = opening.named_place(desk, message, desk.understand(""))
        appeal = replace(appeal, place=place, territory=territory)
    appeal = opening.with_point(desk, appeal, point)
    await _record(desk, known, appeal, message, masked="")


async def _record(
    desk: Desk, known: Known, appeal: Appeal, message: Message, *, masked: str
) -> Appeal:
    """Keep the words with the case, close the question, and ask which street if there are two."""
    intake.utter(desk, appeal, message, masked=masked, author=known.person)
    named = message.place is None or message.venue is not None
    appeal = await _written(
        desk, known, appeal, text=message.text, place=appeal.place if named else None
    )
    await _close(desk, known, message.chat)
    place = place_questions.unsettled(desk, appeal)
    if place is not None and message.place is None:
        place_questions.which_street(desk, appeal, place)
    return appeal


async def _written(
    desk: Desk, known: Known, appeal: Appeal, *, text: str | None, place: str | None
) -> Appeal:
    """`place` is what is said back; None is a point on the map."""
    appeal = cases.note_event(desk, appeal, "place", known.actor, text=text)
    notify.to_citizen(desk, appeal, Kind.PLACE_NOTED, noted=True, place=place)
    return await _show(desk, appeal)


async def _show(desk: Desk, appeal: Appeal) -> Appeal:
    """It is compared with what is there, and shown."""
    appeal = await comparing.placed(desk, appeal)
    await notify.card(desk, appeal)
    if appeal.block is None:
        await notify.triage(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


@use_case
async def settle(desk: Desk, known: Known, number: AppealId, *, index: int) -> None:
    """One of two streets was chosen; `index` counts the municipality's settlements.

    Raises OutOfDate when the place has changed since, DomainError(«already_closed»).
    """
    appeal = await cases.of_author_open(desk, known.person.id, number)
    place = place_questions.unsettled(desk, appeal)
    names = list(desk.town.settlements)
    if place is None or index >= len(names) or names[index] not in place.ambiguous:
        raise OutOfDate("outdated")
    found = settled(desk.town, place, names[index])
    appeal = replace(appeal, place=found.text, territory=found.territory)
    appeal = cases.note_event(desk, appeal, "place", known.actor, text=found.text)
    await _close(desk, known, appeal.chat_id)
    place_questions.which_street(desk, appeal, place)
    await _show(desk, appeal)


@use_case
async def keep_point(desk: Desk, known: Known, number: AppealId, posted: Posted | None) -> None:
    """«Записать» a point outside of the municipality; it stands with the message that asked.

    Raises OutOfDate when it is gone or was decided, DomainError(«already_closed»).
    """
    appeal = await cases.of_author_open(desk, known.person.id, number)
    point = posted.data.get("point") if posted is not None else None
    if posted is None or posted.anchor is None or not point:
        raise OutOfDate("outdated")
    appeal = replace(appeal, latitude=point[0], longitude=point[1])
    await _close(desk, known, appeal.chat_id)
    notify.to_citizen(desk, appeal, Kind.POINT_ASKED, anchor=posted.anchor, point=point, kept=True)
    await _written(desk, known, appeal, text=None, place=None)
