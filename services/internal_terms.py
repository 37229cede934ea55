"""Terms of our own house, I01 of domain.md §2: how long a check may take, a rating is awaited."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.calendar import WorkCalendar, add_working_minutes
from services.policies import Urgency

CHECK = 120
"""Working minutes for a quality check."""
CHECK_CRITICAL = timedelta(minutes=30)
"""Of the calendar, day and night, where the case is critical or worse."""
RATING = timedelta(days=7)
"""How long an answer waits for the citizen's verdict."""
CHECK_RETURNS = 3
"""The third return by a checker is the deputy's to know."""


def check_due(calendar: WorkCalendar, urgency: Urgency, submitted_at: datetime) -> datetime:
    """By when an answer sent at `submitted_at` has to be checked."""
    if urgency in (Urgency.EMERGENCY, Urgency.CRITICAL):
        return submitted_at + CHECK_CRITICAL
    return add_working_minutes(calendar, submitted_at, CHECK)
