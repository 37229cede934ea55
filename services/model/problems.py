"""A mass problem: many appeals with one cause, worked as one case."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.model.words import AnswerId, AppealId, PersonId


class ProblemState(StrEnum):
    """From the hub's guess to the answer that everybody got."""

    PROPOSED = "proposed"
    """The duty officer is asked whether it is one problem."""
    OPEN = "open"
    REFUSED = "refused"
    """He said they are different: not proposed again."""
    ANSWERING = "answering"
    """The answer passed; authors are being answered, some at a time."""
    CLOSED = "closed"
    """Every author has been answered (invariant 6)."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Its work is done on the lead appeal: that card shows the problem, the others follow it."""

    id: int
    state: ProblemState
    lead_id: AppealId
    topic: str
    place_key: str
    """The named place as reports share it: settlement and street, without the house; «-»: none."""
    place: str
    opened_at: datetime
    opened_by: PersonId | None
    """None: the hub itself, where the topic is critical."""
    authors: int
    """People who reported it, the lead's author included."""
    told: int = 0
    """The last threshold of authors that was called out in the chat."""
    cause: str | None = None
    answer_id: AnswerId | None = None
    """The lead's answer that goes to everybody."""
    centre_id: AppealId | None = None
    """The report whose point of the map the others are near to; None: only the name is shared."""
    week: int = 0
    """Of the slow form: messages of seven days that it was proposed for; 0: the form of a day."""


@dataclass(frozen=True, slots=True)
class Report:
    """As much of an appeal as its place is counted by (services/recurring.py)."""

    id: AppealId
    person_id: PersonId
    place_key: str | None
    latitude: float | None
    longitude: float | None
    received_at: datetime
    ended_at: datetime | None
    """When it was answered, or closed without an answer."""
