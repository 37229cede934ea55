"""A citizen's words become an appeal: number, clocks, block, card, receipt."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import Any

from services import audit, cases, clocks, deadlines, notify, place_questions
from services.access import HUB, Actor
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
    State,
    Utterance,
)
from services.notices import Kind, Priority
from services.policies import Regime, Urgency
from services.understanding import Understanding
from services.wire import Message, cut

CARD_TEXT = 1200
"""The citizen's words on a card are cut here (conversations.md §0.4)."""


@use_case
async def register(
    desk: Desk, *, person: Person, message: Message, parent: Appeal | None = None
) -> Appeal:
    """Open an appeal for a message of somebody who has consented, and route it when sure."""
    seen = desk.understand(message.text)
    appeal = _open(desk, person, message, seen)
    if parent is not None:
        appeal = _inherit(desk, appeal, parent)
    citizen = Actor(person.id)
    appeal = audit.record(
        desk, appeal, action=Action.REGISTER, actor=citizen, role=Role.CIT, source=None
    )
    desk.uow.add(appeal)
    utter(desk, appeal, message, masked=seen.masked, author=person)
    _start_clocks(desk, appeal, parent)
    if appeal.urgency is Urgency.EMERGENCY:
        notify.to_citizen(
            desk, appeal, Kind.EMERGENCY_ADVICE, priority=Priority.EMERGENCY, **advice(seen)
        )
    block = parent.block if parent is not None else _sure_block(seen, appeal)
    if block is not None:
        appeal = await cases.move(desk, appeal, Action.ROUTE, HUB, code=block, block=block)
        count(desk, appeal, "received")
        await notify.card(desk, appeal)
    else:
        await notify.triage(desk, appeal)
    notify.receipt(desk, appeal)
    await place_questions.after_receipt(desk, appeal)
    return appeal


def _sure_block(seen: Understanding, appeal: Appeal) -> str | None:
    if seen.sure:
        return seen.block
    # An emergency is never left waiting for triage when its rule names who answers for it.
    if appeal.urgency is Urgency.EMERGENCY and seen.advice is not None:
        return seen.advice.block
    return None


def _open(desk: Desk, person: Person, message: Message, seen: Understanding) -> Appeal:
    policy = deadlines.choose(desk.town.policies, regime=Regime.BOT, urgency=seen.urgency)
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
        place=seen.place.text[:255] if seen.place else None,
        territory=seen.place.territory if seen.place else None,
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
    )


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
    )


def _start_clocks(desk: Desk, appeal: Appeal, parent: Appeal | None) -> None:
    if parent is not None:
        clocks.start_half(desk, appeal)
        return
    policy = clocks.policy_of(desk, appeal)
    found = deadlines.deadlines(policy, desk.town.calendar, received=appeal.received_at)
    clocks.start(desk, appeal, found)


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
            at=desk.now,
            channel=message.channel,
            chat_id=message.chat,
            external_id=message.external_id,
            group_key=message.group,
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
