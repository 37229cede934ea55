"""Danger before consent: 112 at once, text and place to the duty people, no name (domain.md §8)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from services import intake, notify
from services.desk import Desk
from services.directory import Known
from services.model import Draft, Purpose
from services.notices import Kind, Priority
from services.policies import Urgency
from services.wire import Message

NOT_AGAIN_FOR = timedelta(minutes=10)
"""The same person does not call the duty people twice within so long, unless he says where."""


async def words_before_consent(
    desk: Desk, known: Known, message: Message, before: Sequence[Draft]
) -> bool:
    """Call the duty people for emergency words of somebody whose words so far are `before`.

    Repeated words do not call again within minutes, but a place that was not known yet does:
    without it nobody can go there. True when they were called.
    """
    seen = desk.understand(message.text)
    texts = [d.content["text"] for d in before if d.content["text"]]
    places = [seen.place.text] if seen.place else []
    points = [message.place] if message.place else []
    earlier = [p.text for t in texts if (p := desk.understand(t).place)]
    earlier_points = [tuple(d.content["place"]) for d in before if d.content["place"]]
    since = desk.now - NOT_AGAIN_FOR
    if not any(d.alerted and d.received_at > since for d in before):
        if seen.urgency is not Urgency.EMERGENCY:
            return False
        notify.to_person(
            desk,
            known.person,
            Kind.EMERGENCY_ADVICE,
            channel=message.channel,
            chat_id=message.chat,
            priority=Priority.EMERGENCY,
            **intake.advice(seen),
        )
        words = seen.masked
    elif earlier or earlier_points or not (places or points):
        return False
    else:
        words = desk.understand("\n".join([*texts, message.text])).masked
    await notify.in_chat(
        desk,
        await desk.uow.people.chat_for(Purpose.TRIAGE),
        Kind.EMERGENCY_UNCONSENTED,
        priority=Priority.EMERGENCY,
        text=words,
        place=next(iter([*places, *earlier]), None),
        point=next(iter([*points, *earlier_points]), None),
    )
    return True
