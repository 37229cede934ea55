"""A minute to take a press back, while nothing has left the house because of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.lifecycle import Action
from services.model import Event, PersonId

WINDOW = timedelta(seconds=60)
"""What a press would say to the citizen waits as long [issue 2, «undo within 60 s»]."""
OVER = WINDOW + timedelta(seconds=1)
"""When a button to undo is gone."""
_GIVES = (Action.TAKE, Action.HAND_OVER, Action.ASSIGN)


def code_to(person_id: PersonId) -> str:
    """The code of an event that gave the case to somebody who did not press himself."""
    return f"to:{person_id}"


def code_undo(seq: int) -> str:
    """The code of an event that takes event `seq` back."""
    return f"undo:{seq}"


def in_time(at: datetime, now: datetime) -> bool:
    """The minute is not over."""
    return now - at <= WINDOW


def receiver(event: Event) -> PersonId | None:
    """Whom a taking or a hand-over made the holder."""
    if event.word.startswith("to:"):
        return PersonId(int(event.word.removeprefix("to:")))
    return event.actor_id


def is_undone(events: Sequence[Event], seq: int) -> bool:
    """Event `seq` was taken back."""
    return any(event.word == code_undo(seq) for event in events)


def gives(events: Sequence[Event]) -> list[Event]:
    """Takings and hand-overs that stand, oldest first: the last one made the present holder."""
    found = [e for e in events if e.action in _GIVES and not e.word.startswith("undo:")]
    return [e for e in found if not is_undone(events, e.seq)]
