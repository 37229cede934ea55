"""A citizen's words become an appeal: number, clocks, block, card, receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services import (
    audit,
    block_topics,
    cases,
    clocks,
    comparing,
    deadlines,
    duty_calls,
    notify,
    opening,
    place_questions,
    twins,
    word_questions,
)
from services.access import HUB, Actor, Deed, authorise
from services.desk import Desk, use_case
from services.lifecycle import Action
from services.model import (
    Answer,
    Appeal,
    Attachment,
    Direction,
    Person,
    Role,
    SaidAs,
    Source,
    Utterance,
)
from services.notices import Kind, Priority
from services.policies import Urgency
from services.understanding import Understanding
from services.wire import Message


@dataclass(frozen=True, slots=True)
class Part:
    """One of the messages that an appeal is made of, and when it came."""

    message: Message
    at: datetime
    said: Utterance | None = None
    """Where it stands already: it leaves the appeal that it was added to."""


@use_case
async def register(
    desk: Desk,
    *,
    person: Person,
    message: Message,
    parent: Appeal | None = None,
    parts: Sequence[Part] = (),
    beside: Appeal | None = None,
    split_from: Appeal | None = None,
    source: Source = Source.BOT,
    by: Actor | None = None,
) -> Appeal:
    """Open an appeal for a message of somebody who has consented, and route it when sure.

    `parent`: it continues an answered case, in half the time. `parts`: the messages that `message`
    was put together from; the deadlines count from the first. `beside`: the appeal that it was
    said soon after. `split_from`: the duty officer found it in another case. `by`: who registers
    it for the citizen. Raises Denied.
    """
    parts = parts or (Part(message, desk.now),)
    seen = _alarmed(desk.understand(message.text), [_seen(desk, part) for part in parts])
    appeal = opening.appeal_of(desk, person, message, seen)
    appeal = replace(
        appeal,
        source=source,
        received_at=parts[0].at,
        beside_id=beside.id if beside else None,
    )
    if parent is not None:
        appeal = opening.inherit(desk, appeal, parent)
    if split_from is not None:
        appeal = opening.split(appeal, split_from)
    role = authorise(by, Deed.REGISTER_FOR) if by is not None else Role.CIT
    appeal = audit.record(
        desk,
        appeal,
        action=Action.REGISTER,
        actor=by or Actor(person.id),
        role=role,
        source=None,
        code=str(split_from.id) if split_from is not None else None,
    )
    desk.uow.add(appeal)
    for part in parts:
        await _belongs(desk, appeal, person, part)
    _start_clocks(desk, appeal, parent)
    if appeal.urgency is Urgency.EMERGENCY:
        notify.to_citizen(
            desk, appeal, Kind.EMERGENCY_ADVICE, priority=Priority.EMERGENCY, **advice(seen)
        )
        await duty_calls.sound(desk, appeal)
    block = parent.block if parent is not None else _sure_block(seen, appeal)
    if block is not None:
        # The rule of a danger may name another block than the words.
        topic = block_topics.topic_in(desk.town, appeal, seen, block, ())
        appeal = replace(appeal, topic=topic, reason=block_topics.words_of(appeal, topic, ()))
        appeal = await cases.move(desk, appeal, Action.ROUTE, HUB, code=block, block=block)
        count(desk, appeal, "received")
        if parent is None:
            appeal = await comparing.consider(desk, appeal)
        await notify.card(desk, appeal)
    else:
        await notify.triage(desk, appeal)
    notify.receipt(desk, appeal)
    if parent is None and split_from is None:
        appeal = twins.notice(desk, appeal, message.text)
    if appeal.source is Source.BOT:
        await word_questions.ask(desk, appeal)
        if message.place is not None and appeal.latitude is None:
            place_questions.of_point(desk, appeal, message, message.place)
        else:
            await place_questions.after_receipt(desk, appeal)
    return appeal


def _seen(desk: Desk, part: Part) -> Understanding:
    return desk.understand(part.message.text)


def _alarmed(whole: Understanding, parts: Sequence[Understanding]) -> Understanding:
    """The whole is as dangerous as its most dangerous part, whatever else is said around it."""
    worst = next((p for p in parts if p.urgency is Urgency.EMERGENCY), None)
    if worst is None or whole.urgency is Urgency.EMERGENCY:
        return whole
    return replace(
        whole, urgency=worst.urgency, urgency_words=worst.urgency_words, advice=worst.advice
    )


async def _belongs(desk: Desk, appeal: Appeal, person: Person, part: Part) -> None:
    if part.said is not None:
        await take_over(desk, appeal, part.said, SaidAs.OPENING)
        return
    masked = _seen(desk, part).masked
    utter(
        desk,
        appeal,
        part.message,
        masked=masked,
        author=person,
        at=part.at,
        said_as=SaidAs.OPENING,
    )


async def take_over(desk: Desk, appeal: Appeal, said: Utterance, said_as: SaidAs) -> None:
    """A message and its files leave their appeal for this one."""
    for file in await desk.uow.appeals.attachments_of(said.appeal_id, utterance_id=said.id):
        desk.uow.put(replace(file, appeal_id=appeal.id))
    desk.uow.put(replace(said, appeal_id=appeal.id, said_as=said_as))


def _sure_block(seen: Understanding, appeal: Appeal) -> str | None:
    if seen.sure:
        return seen.block
    # An emergency is never left waiting for triage when its rule names who answers for it.
    if appeal.urgency is Urgency.EMERGENCY and seen.advice is not None:
        return seen.advice.block
    return None


def _start_clocks(desk: Desk, appeal: Appeal, parent: Appeal | None) -> None:
    if parent is not None:
        clocks.start_half(desk, appeal)
        return
    policy = clocks.policy_of(desk, appeal)
    found = deadlines.deadlines(policy, desk.town.calendar, received=appeal.received_at)
    clocks.start(desk, appeal, found, since=appeal.received_at)


def advice(seen: Understanding) -> dict[str, Any]:
    """What EMERGENCY_ADVICE carries: the sentence for this danger in both languages."""
    rule = seen.advice
    return {"advice": rule.advice if rule else "", "advice_en": rule.advice_en if rule else ""}


def utter(
    desk: Desk,
    appeal: Appeal,
    message: Message,
    *,
    masked: str,
    author: Person,
    direction: Direction = Direction.IN,
    answer: Answer | None = None,
    at: datetime | None = None,
    said_as: SaidAs | None = None,
) -> Utterance:
    """Keep a message and its files with the appeal."""
    said = desk.uow.add(
        Utterance(
            id=desk.uow.new_id(Utterance),
            appeal_id=appeal.id,
            author_id=author.id,
            direction=direction,
            text=message.text,
            masked=masked,
            at=at or desk.now,
            channel=message.channel,
            chat_id=message.chat,
            external_id=message.external_id or None,
            group_key=message.group,
            said_as=said_as,
        )
    )
    for file in message.attachments:
        desk.uow.add(
            Attachment(
                id=desk.uow.new_id(Attachment),
                appeal_id=appeal.id,
                utterance_id=said.id,
                answer_id=answer.id if answer else None,
                kind=file.kind,
                file_id=file.file_id,
                size=file.size,
            )
        )
    return said


def count(
    desk: Desk, appeal: Appeal, measure: str, value: int = 1, *, at: datetime | None = None
) -> None:
    """Add to the facts of the appeal's block on the day of `at` (today): storage/statistics.

    What is taken back is taken back where it was counted.
    """
    day = (at or desk.now).astimezone(desk.town.calendar.zone).date()
    desk.uow.statistics.bump(day, appeal.block, measure, value)
    if measure == "received" and appeal.topic is not None:
        desk.uow.statistics.bump(day, appeal.block, topic_measure(appeal.topic), value)


def topic_measure(topic: str) -> str:
    """The daily fact that counts a topic's cases; as long as the column."""
    return f"t:{topic}"[:24]
