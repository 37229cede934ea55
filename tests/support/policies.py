"""Policies and the calendar that rules are tested with: domain.md §2 as values, no file read."""

from __future__ import annotations

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from services.calendar import CalendarYear, DayHours, WorkCalendar
from services.policies import ClockKind, Policy, Regime, Span, Urgency

MOSCOW = ZoneInfo("Europe/Moscow")
LONG = DayHours(time(9), time(18), time(13), time(13, 50))
FRIDAY = DayHours(time(9), time(17), time(13), time(13, 50))
WEEK = (LONG, LONG, LONG, LONG, FRIDAY, None, None)


def days(year: int, text: str) -> frozenset[date]:
    """«01.05 09.05» → dates of that year."""
    pairs = (word.split(".") for word in text.split())
    return frozenset(date(year, int(month), int(day)) for day, month in pairs)


def make_calendar(**changes: object) -> WorkCalendar:
    """2025 and 2026 as decreed; 2027 stays unknown on purpose."""
    holidays = "01.01 02.01 03.01 04.01 05.01 06.01 07.01 08.01"
    years = {
        2025: CalendarYear(
            2025,
            days(
                2025,
                holidays + " 23.02 08.03 01.05 02.05 08.05 09.05 12.06 13.06 03.11 04.11 31.12",
            ),
            days(2025, "01.11"),
            days(2025, "07.03 30.04 11.06 01.11"),
            days(2025, "29.04"),
        ),
        2026: CalendarYear(
            2026,
            days(2026, holidays + " 09.01 23.02 08.03 09.03 01.05 09.05 11.05 12.06 04.11 31.12"),
            frozenset(),
            days(2026, "30.04 08.05 11.06 03.11"),
            days(2026, "21.04"),
        ),
    }
    return WorkCalendar(MOSCOW, WEEK, years, **changes)  # type: ignore[arg-type]


CALENDAR = make_calendar()

R, A, FIX, REG = ClockKind.REACTION, ClockKind.ANSWER, ClockKind.FIX, ClockKind.REGISTRATION
CITIZEN = frozenset({Regime.BOT, Regime.SOCIAL})


def policy(
    code: str,
    regimes: frozenset[Regime],
    urgency: Urgency | None,
    *clocks: tuple[ClockKind, str],
    **more: object,
) -> Policy:
    """A row of the table, spans as text."""
    return Policy(
        code,
        1,
        regimes,
        frozenset({urgency}) if urgency else frozenset(),
        tuple((kind, Span.parse(text)) for kind, text in clocks),
        **more,  # type: ignore[arg-type]
    )


A01 = policy(
    "A01", frozenset(), Urgency.EMERGENCY, (R, "30 min CH"), (FIX, "24 CH"), around_the_clock=True
)
A02 = policy("A02", CITIZEN, Urgency.CRITICAL, (R, "2 CH"), (A, "24 CH"), around_the_clock=True)
A03 = policy("A03", CITIZEN, Urgency.HIGH, (R, "4 WH"), (A, "7 WD"))
A04 = policy("A04", CITIZEN, Urgency.NORMAL, (R, "9 WH"), (A, "8 WD"))
A05 = policy("A05", CITIZEN, Urgency.QUESTION, (R, "9 WH"), (A, "3 WD"))
A08 = policy(
    "A08",
    frozenset({Regime.LAW59}),
    None,
    (REG, "3 CD"),
    (A, "30 CD"),
    preceding_working_day=True,
)
POLICIES = (A01, A02, A03, A04, A05, A08)


def local(text: str) -> datetime:
    """«2026-11-24 10:12» in the municipality's zone."""
    return datetime.fromisoformat(text).replace(tzinfo=MOSCOW)
