"""Returns («не наше»): when a block may give a case back, and how each return was judged.

Pure functions over a case's events (domain.md §1, invariant 3). A RETURN carries «reason.suggested
block» as its code; the ROUTE that follows carries «block.judgement», the final decision of the head
of МЦУ «block.final.whose return was justified».
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from services.calendar import WorkCalendar, add_working_minutes
from services.errors import DomainError
from services.lifecycle import Action
from services.model import Event, State

WINDOW = 240
"""Working minutes from the assignment to a block in which it may return (domain.md §2, I01)."""
FINAL_AT = 2
"""The second return of a case is decided finally."""
REASONS = ("R1", "R2")
"""Not our question, not our territory."""
JUSTIFIED, UNJUSTIFIED = "justified", "unjustified"
BOTH, NONE = "both", "none"


@dataclass(frozen=True, slots=True)
class Return:
    """One return of a case by a block."""

    event_id: int
    block: str
    reason: str
    suggested: str
    at: datetime
    justified: bool | None = None
    """None while nobody has judged it."""


def block_after(event: Event, block: str | None) -> str | None:
    """The block that has the case after an event."""
    if event.action in (Action.ROUTE, Action.DECIDE_RETURN) and event.word:
        return event.word.split(".")[0]
    return block


def assigned_at(events: Iterable[Event]) -> datetime | None:
    """When the case last came to its block; giving it up inside the block is no arrival."""
    inside = (Action.GIVE_UP, Action.RETURN)
    arrivals = [e.at for e in events if e.target is State.ASSIGNED and e.action not in inside]
    return arrivals[-1] if arrivals else None


def returns(events: Iterable[Event]) -> list[Return]:
    """Every return of a case, oldest first, with its judgement."""
    found: list[Return] = []
    block: str | None = None
    for event in events:
        parts = event.word.split(".")
        if event.action == Action.RETURN and block is not None:
            found.append(Return(event.id, block, parts[0], parts[-1], event.at))
        elif event.action == Action.ROUTE and event.source is State.RETURNING:
            found[-1] = replace(found[-1], justified=parts[-1] == JUSTIFIED)
        elif event.action == Action.DECIDE_RETURN:
            found = [replace(r, justified=parts[-1] in (r.block, BOTH)) for r in found]
        block = block_after(event, block)
    return found


def check(events: Sequence[Event], *, block: str, now: datetime, calendar: WorkCalendar) -> None:
    """Whether `block` may return the case now.

    Raises DomainError(«return_decided» after a final decision, «already_returned» when the block
    has had its one return, «return_too_late» past 4 working hours).
    """
    past = returns(events)
    if len(past) >= FINAL_AT:
        raise DomainError("return_decided")
    if any(r.block == block for r in past):
        raise DomainError("already_returned")
    until = deadline(events, calendar)
    if until is not None and now > until:
        raise DomainError("return_too_late", at=until)


def deadline(events: Iterable[Event], calendar: WorkCalendar) -> datetime | None:
    """Until when the present block may return the case."""
    arrived = assigned_at(events)
    return None if arrived is None else add_working_minutes(calendar, arrived, WINDOW)
