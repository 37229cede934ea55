"""Each department's share of a case's elapsed time: the last holder isn't blamed for the first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services.calendar import WorkCalendar, working_minutes_between
from services.model import Event, State
from services.return_rules import block_after

_BLOCKS = (State.ASSIGNED, State.IN_PROGRESS, State.POSTPONED)
_CENTRE = (State.NEW, State.RETURNING, State.REVIEW, State.REOPENED, State.DISPUTED)

CENTRE = ""
"""The centre's own time: routing, judging, checking."""


def shares(events: Sequence[Event], calendar: WorkCalendar, *, until: datetime) -> dict[str, int]:
    """Working minutes that passed in the hands of each block, and of the centre (key `CENTRE`).

    Waiting for the citizen, and what comes after the answer, is nobody's (domain.md §2:
    reassignment does not reset a clock; each department's share of the elapsed time is kept).
    """
    found: dict[str, int] = {}
    block: str | None = None
    ends = [event.at for event in events[1:]] + [until]
    for event, end in zip(events, ends, strict=True):
        block = block_after(event, block)
        if event.target in _CENTRE or (event.target in _BLOCKS and block is None):
            owner = CENTRE
        elif event.target in _BLOCKS and block is not None:
            owner = block
        else:
            continue
        found[owner] = found.get(owner, 0) + working_minutes_between(calendar, event.at, end)
    return found


def in_order(found: dict[str, int], events: Sequence[Event]) -> list[tuple[str, int]]:
    """The blocks' shares in the order in which they had the case; the centre's is left out."""
    had = (block_after(event, None) for event in events)
    return [(block, found.get(block, 0)) for block in dict.fromkeys(had) if block]
