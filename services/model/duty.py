"""The duty people: who is on shift, and whom an emergency is calling."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from services.model.words import AppealId, PersonId


@dataclass(frozen=True, slots=True)
class Shift:
    """One person on duty, from when until when."""

    id: int
    person_id: PersonId
    since: datetime
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Alarm:
    """One emergency that calls the duty people in private until somebody accepts it."""

    id: int
    appeal_id: AppealId | None
    """None while its author has not consented: text and place, no name (domain.md §8)."""
    author_id: PersonId
    channel: str
    chat_id: str
    """Where its author is told that somebody accepted it."""
    text: str
    """Masked. Emptied with the draft."""
    place: str | None
    raised_at: datetime
    due_at: datetime
    """A01: the reaction."""
    called: list[int]
    """Ids of the people called so far, each in his private chat."""
    calls: int
    called_at: datetime
    escalated_at: datetime | None = None
    """When the head of МЦУ and the deputy were told that nobody accepts it."""
    accepted_by: PersonId | None = None
    accepted_at: datetime | None = None
    point: list[float] | None = None
    """Latitude and longitude, where the words alone say no place or beside it."""
    over_at: datetime | None = None
    """It ended without being accepted: no emergency after all, or the case is closed."""

    @property
    def open(self) -> bool:
        """It still calls."""
        return self.accepted_at is None and self.over_at is None
