"""Which part of the day off work a moment falls in: the receipt says why the clock waits."""

from __future__ import annotations

from datetime import datetime, time
from enum import StrEnum

from services.calendar import WorkCalendar, day_periods, local_day

_NIGHT_FROM, _NIGHT_TO = time(23), time(5)


class Off(StrEnum):
    """Why nobody works now."""

    EVENING = "evening"
    NIGHT = "night"
    MORNING = "morning"
    """A working day that has not begun."""
    DAY_OFF = "day_off"


def off_hours(calendar: WorkCalendar, moment: datetime) -> Off | None:
    """What the moment is outside of working days; None in them, the lunch break included."""
    periods = day_periods(calendar, local_day(calendar, moment))
    if not periods:
        return Off.DAY_OFF
    if periods[0][0] <= moment < periods[-1][1]:
        return None
    local = moment.astimezone(calendar.zone).time()
    if local >= _NIGHT_FROM or local < _NIGHT_TO:
        return Off.NIGHT
    return Off.MORNING if moment < periods[0][0] else Off.EVENING
