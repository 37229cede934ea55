"""What an appeal starts as: the words as the hub understood them, its policy and its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services import areas, audit, deadlines
from services.attachments import without_words
from services.desk import Desk
from services.model import Appeal, AppealId, Corner, Person, State
from services.policies import Regime, Urgency
from services.understanding import Understanding
from services.understanding.whereabouts import settled
from services.wire import Message, cut

CARD_TEXT = 1200
"""The citizen's words on a card are cut here (conversations.md §0.4)."""


def appeal_of(desk: Desk, person: Person, message: Message, seen: Understanding) -> Appeal:
    """A new appeal of these words, not yet recorded."""
    policy = deadlines.choose(desk.town.policies, regime=Regime.BOT, urgency=seen.urgency)
    place, territory = named_place(desk, message, seen)
    appeal = Appeal(
        id=AppealId(desk.uow.new_id(Appeal)),
        person_id=person.id,
        channel=message.channel,
        chat_id=message.chat,
        regime=Regime.BOT,
        state=State.NEW,
        urgency=seen.urgency,
        block=None,
        essence=seen.essence[:255] if message.text else "",
        text=cut(seen.masked, CARD_TEXT),
        place=place,
        territory=territory,
        latitude=None,
        longitude=None,
        **suggestions(seen),
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
        urgency_reason=raised_by(seen),
    )
    if message.place is None or is_outside(desk, appeal, message.place):
        return appeal
    return with_point(desk, appeal, message.place)


def is_outside(desk: Desk, appeal: Appeal, point: Corner) -> bool:
    """The point is asked about before it is written down; in an emergency any point helps."""
    return appeal.urgency is not Urgency.EMERGENCY and not areas.within(desk.town.area, point)


def with_point(desk: Desk, appeal: Appeal, point: Corner) -> Appeal:
    """The appeal at a point of the map, whose settlement says what the words left open.

    That is the territory, and which of several streets of one name is meant.
    """
    appeal = replace(appeal, latitude=point[0], longitude=point[1])
    found = areas.near(desk.town, point)
    if found is None or (appeal.place is not None and appeal.territory is not None):
        return appeal
    home = found.settlement
    place = desk.place_of(appeal.place) if appeal.place else None
    if place is None or not place.ambiguous:
        return replace(appeal, territory=home.territory)
    if home.name not in place.ambiguous:
        return appeal
    # «Кафе «Волна», ул. Ленина, 7» keeps its café.
    text = (appeal.place or "").replace(place.text, settled(desk.town, place, home.name).text)
    return replace(appeal, place=text[:255], territory=home.territory)


def named_place(desk: Desk, message: Message, seen: Understanding) -> tuple[str | None, str | None]:
    """The place that a message names, and its territory: in its words, else by its venue."""
    found = seen.place
    if found is not None:
        return found.text[:255], found.territory
    if message.venue is None:
        return None, None
    venue = desk.understand(message.venue)
    return venue.masked[:255], venue.place.territory if venue.place else None


def suggestions(seen: Understanding) -> dict[str, Any]:
    """What it seems to be about, and why, as fields of an appeal."""
    return {
        "topic": seen.topic,
        "confidence": seen.confidence,
        "read_by": seen.model,
        "reason": list(seen.candidates[0].words) if seen.candidates else [],
        "candidates": [c.as_json() for c in seen.candidates],
    }


def raised_by(seen: Understanding) -> str | None:
    """The words that raised the urgency, where words did."""
    return ", ".join(seen.urgency_words)[:64] or None


def inherit(desk: Desk, appeal: Appeal, parent: Appeal) -> Appeal:
    """What is left of an answered case: its topic and place, never less urgent."""
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
        read_by=parent.read_by,
        reason=parent.reason,
        candidates=parent.candidates,
        wordless=None,
    )


def split(appeal: Appeal, whole: Appeal) -> Appeal:
    """The second problem of a text: as old as the first, and where it is unless it says itself."""
    return replace(
        appeal,
        beside_id=whole.id,
        source=whole.source,
        received_at=whole.received_at,
        place=appeal.place or whole.place,
        territory=appeal.territory or whole.territory,
    )
