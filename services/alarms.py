"""Danger before consent: 112 at once, text and place to the duty people, no name (domain.md §8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from services import duty_calls, intake, notify
from services.desk import Desk
from services.directory import Known
from services.model import Draft
from services.notices import Kind, Priority
from services.policies import Urgency
from services.sameness import another_danger, elsewhere
from services.understanding import Understanding
from services.wire import Message, cut

NOT_AGAIN_FOR = timedelta(minutes=10)
"""The same person does not call the duty people twice within so long, unless he says where."""
LONGEST_PLACE = 255
"""Of a place that an alarm keeps."""


async def words_before_consent(
    desk: Desk, known: Known, message: Message, before: Sequence[Draft]
) -> bool:
    """Call the duty people for emergency words of somebody whose words so far are `before`.

    Repeated words do not call again within minutes, but a place that was not known yet does:
    without it nobody can go there. So does another danger. True when they were called.
    """
    seen = desk.understand(message.text)
    texts = [d.content["text"] for d in before if d.content["text"]]
    places = [seen.place.text] if seen.place else []
    points = [message.place] if message.place else []
    heard = [desk.understand(t) for t in texts]
    earlier = [one.place.text for one in heard if one.place]
    earlier_points = [tuple(d.content["place"]) for d in before if d.content["place"]]
    since = desk.now - NOT_AGAIN_FOR
    called = any(d.alerted and d.received_at > since for d in before)
    another = called and _is_another(heard, seen)
    if another or not called:
        if seen.urgency is not Urgency.EMERGENCY:
            return False
        _advise(desk, known, message, seen)
    elif earlier or earlier_points or not (places or points):
        return False
    everything = desk.understand("\n".join([*texts, message.text])).masked
    where = [*places, *earlier] if another else places or earlier[:1]
    await duty_calls.before_consent(
        desk,
        known.person,
        channel=message.channel,
        chat=message.chat,
        text=everything if called else seen.masked,
        place=cut("; ".join(dict.fromkeys(where)), LONGEST_PLACE) or None,
        point=next(iter([*points, *earlier_points]), None),
    )
    return True


def _advise(desk: Desk, known: Known, message: Message, seen: Understanding) -> None:
    notify.to_person(
        desk,
        known.person,
        Kind.EMERGENCY_ADVICE,
        channel=message.channel,
        chat_id=message.chat,
        priority=Priority.EMERGENCY,
        **intake.advice(seen),
    )


def _is_another(heard: Sequence[Understanding], seen: Understanding) -> bool:
    """Danger of another kind, or at another place than all that was named before."""
    if another_danger(heard, seen):
        return True
    places = [one.place for one in heard if one.place]
    return bool(places) and all(elsewhere(place, seen.place) for place in places)
