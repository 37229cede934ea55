"""A case counted under one topic is counted under another: digests and spikes follow."""

from __future__ import annotations

from collections.abc import Sequence

from services.desk import Desk
from services.intake import topic_measure
from services.lifecycle import Action
from services.model import Appeal, Event, State


def counted(events: Sequence[Event]) -> Event | None:
    """The move by which the case was counted as received; None while it is not."""
    found = None
    for event in events:
        if event.source is State.NEW and event.target in (State.ASSIGNED, State.MERGED):
            found = event
        elif event.target is State.NEW:
            found = None
    return found


def move(desk: Desk, appeal: Appeal, topic: str | None, events: Sequence[Event]) -> None:
    """Count the case under `topic`, on the day and in the block that it was counted in."""
    event = counted(events)
    if event is None:
        return
    day = event.at.astimezone(desk.town.calendar.zone).date()
    routed = event.word.split(".")[0] if event.action == Action.ROUTE else ""
    for code, value in ((appeal.topic, -1), (topic, 1)):
        if code is not None:
            desk.uow.statistics.bump(day, routed or appeal.block, topic_measure(code), value)
