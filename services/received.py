"""A case is counted as received once: on one day, in one block, under the topic that it has now."""

from __future__ import annotations

from collections.abc import Sequence

from services.desk import Desk
from services.intake import topic_measure
from services.lifecycle import Action
from services.model import Appeal, Event, State


def counted(events: Sequence[Event]) -> Event | None:
    """The move by which the case was counted; None while it is not.

    Coming back from anywhere, it is the same case; only «Вернуть себе» says that it never went.
    """
    found = None
    for event in events:
        if event.action == Action.UNROUTE:
            found = None
        elif event.source is State.NEW and event.target in (State.ASSIGNED, State.MERGED):
            found = found or event
    return found


def under(desk: Desk, appeal: Appeal, topic: str | None, events: Sequence[Event]) -> None:
    """Count the case under `topic` instead of its own."""
    _bump(desk, appeal, events, _measures(appeal.topic), -1)
    _bump(desk, appeal, events, _measures(topic), 1)


def never(desk: Desk, appeal: Appeal, events: Sequence[Event]) -> None:
    """Take the case out of the facts of the day it was counted on."""
    _bump(desk, appeal, events, ["received", *_measures(appeal.topic)], -1)


def _measures(topic: str | None) -> list[str]:
    return [] if topic is None else [topic_measure(topic)]


def _bump(
    desk: Desk, appeal: Appeal, events: Sequence[Event], measures: list[str], value: int
) -> None:
    event = counted(events)
    if event is None:
        return
    day = event.at.astimezone(desk.town.calendar.zone).date()
    routed = event.word.split(".")[0] if event.action == Action.ROUTE else ""
    for measure in measures:
        desk.uow.statistics.bump(day, routed or appeal.block, measure, value)
