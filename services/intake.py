"""A citizen's words become an appeal: number, clocks, block, card, receipt."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from services import (
    audit,
    cases,
    clocks,
    deadlines,
    notify,
    place_questions,
    problems,
    word_questions,
)
from services.access import HUB, Actor
from services.attachments import without_words
from services.desk import Desk, use_case
from services.lifecycle import Action
from services.model import (
    Answer,
    Appeal,
    AppealId,
    Attachment,
    Direction,
    Person,
    Role,
    SaidAs,
    State,
    Utterance,
)
from services.notices import Kind, Priority
from services.policies import Regime, Urgency
from services.understanding import Understanding
from services.wire import Message, cut

CARD_TEXT = 1200
"""The citizen's words on a card are cut here (conversations.md §0.4)."""


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
) -> Appeal:
    """Open an appeal for a message of somebody who has consented, and route it when sure.

    `parts` are the messages that `message` was put together from: the deadlines count from the
    first. `beside` is the appeal that it was said soon after.
    """
    parts = parts or (Part(message, desk.now),)
    seen = _alarmed(desk.understand(message.text), [_seen(desk, part) for part in parts])
    appeal = _open(desk, person, message, seen)
    appeal = replace(appeal, received_at=parts[0].at, beside_id=beside.id if beside else None)
    if parent is not None:
        appeal = _inherit(desk, appeal, parent)
    citizen = Actor(person.id)
    appeal = audit.record(
        desk, appeal, action=Action.REGISTER, actor=citizen, role=Role.CIT, source=None
    )
    desk.uow.add(appeal)
    for part in parts:
        await _belongs(desk, appeal, person, part)
    _start_clocks(desk, appeal, parent)
    if appeal.urgency is Urgency.EMERGENCY:
        notify.to_citizen(
            desk, appeal, Kind.EMERGENCY_ADVICE, priority=Priority.EMERGENCY, **advice(seen)
        )
    block = parent.block if parent is not None else _sure_block(seen, appeal)
    if block is not None:
        appeal = await cases.move(desk, appeal, Action.ROUTE, HUB, code=block, block=block)
        count(desk, appeal, "received")
        if parent is None:
            appeal = await problems.consider(desk, appeal)
        await notify.card(desk, appeal)
    else:
        await notify.triage(desk, appeal)
    notify.receipt(desk, appeal)
    await word_questions.ask(desk, appeal)
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


def _open(desk: Desk, person: Person, message: Message, seen: Understanding) -> Appeal:
    policy = deadlines.choose(desk.town.policies, regime=Regime.BOT, urgency=seen.urgency)
    place, territory = named_place(desk, message, seen)
    latitude, longitude = message.place or (None, None)
    return Appeal(
        id=AppealId(desk.uow.new_id(Appeal)),
        person_id=person.id,
        channel=message.channel,
        chat_id=message.chat,
        regime=Regime.BOT,
        state=State.NEW,
        urgency=seen.urgency,
        topic=seen.topic,
        block=None,
        essence=seen.essence[:255] if message.text else "",
        text=cut(seen.masked, CARD_TEXT),
        place=place,
        territory=territory,
        latitude=latitude,
        longitude=longitude,
        confidence=seen.confidence,
        reason=list(seen.candidates[0].words) if seen.candidates else [],
        candidates=[asdict(c) for c in seen.candidates],
        policy=policy.id,
        policy_version=policy.version,
        received_at=desk.now,
        registered_at=desk.now,
        holder_id=None,
        taken_at=None,
        came_from=None,
        reopened=0,
        returns=0,
        check_returns=0,
        parent_id=None,
        outcome=None,
        answer_id=None,
        answered_at=None,
        closed_at=None,
        attachments=len(message.attachments),
        event_seq=0,
        chain_head=audit.GENESIS,
        wordless=without_words(message),
    )


def named_place(desk: Desk, message: Message, seen: Understanding) -> tuple[str | None, str | None]:
    """The place that a message names, and its territory: in its words, else by its venue."""
    found = seen.place
    if found is not None:
        return found.text[:255], found.territory
    if message.venue is None:
        return None, None
    venue = desk.understand(message.venue)
    return venue.masked[:255], venue.place.territory if venue.place else None


def _inherit(desk: Desk, appeal: Appeal, parent: Appeal) -> Appeal:
    order = list(Urgency)
    worse = min(appeal.urgency, parent.urgency, key=order.index)
    policy = deadlines.choose(desk.town.policies, regime=parent.regime, urgency=worse)
    return replace(
        appeal,
        parent_id=parent.id,
        topic=parent.topic,
        place=appeal.place or parent.place,
        territory=appeal.territory or parent.territory,
        urgency=worse,
        policy=policy.id,
        policy_version=policy.version,
        confidence=parent.confidence,
        reason=parent.reason,
        candidates=parent.candidates,
        wordless=None,
    )


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
            external_id=message.external_id,
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


def count(desk: Desk, appeal: Appeal, measure: str, value: int = 1) -> None:
    """Add to today's facts of the appeal's block (storage/statistics)."""
    day = desk.now.astimezone(desk.town.calendar.zone).date()
    desk.uow.statistics.bump(day, appeal.block, measure, value)
    if measure == "received" and appeal.topic is not None:
        desk.uow.statistics.bump(day, appeal.block, topic_measure(appeal.topic), value)


def topic_measure(topic: str) -> str:
    """The daily fact that counts a topic's cases; as long as the column."""
    return f"t:{topic}"[:24]
