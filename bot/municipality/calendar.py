"""The production calendar file: TOML into a WorkCalendar, every mistake named by file and key."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from services.calendar import CalendarYear, DayHours, WorkCalendar

DEFAULT_PATH = Path(__file__).resolve().parent.parent / "defaults" / "calendar.toml"
DEFAULT_ZONE = ZoneInfo("Europe/Moscow")

_LONG = DayHours(time(9), time(18), time(13), time(13, 50))
_FRIDAY = DayHours(time(9), time(17), time(13), time(13, 50))
DEFAULT_WEEK: tuple[DayHours | None, ...] = (_LONG, _LONG, _LONG, _LONG, _FRIDAY, None, None)
"""Hours of domain.md §2, «Working time»; municipality.toml may give its own."""

DAY_LISTS = ("days_off", "working_days", "short_days", "regional_days_off")
SATURDAY = 5


def load_calendar(
    path: Path | None = None,
    *,
    week: tuple[DayHours | None, ...] = DEFAULT_WEEK,
    zone: ZoneInfo = DEFAULT_ZONE,
    regional_counts_for_59fz: bool = False,
) -> WorkCalendar:
    """Read a calendar file, the shipped one by default. Raises ValueError: all mistakes."""
    path = path or DEFAULT_PATH
    errors: list[str] = []
    years = {}
    for key, table in _read(path).items():
        if not key.isdecimal() or len(key) != 4:
            errors.append(f"{key}: expected a year like [2026]")
        elif not isinstance(table, dict):
            errors.append(f"{key}: expected a table [{key}] with {', '.join(DAY_LISTS)}")
        else:
            years[int(key)] = _year(int(key), table, errors)
    if errors:
        raise ValueError("\n".join(f"{path}: {error}" for error in errors))
    return WorkCalendar(zone, week, years, regional_counts_for_59fz)


def to_confirm(path: Path | None = None) -> tuple[str, ...]:
    """What the customer has yet to confirm (★), each line with its year."""
    return tuple(
        f"{year}: {line}"
        for year, table in _read(path or DEFAULT_PATH).items()
        if isinstance(table, dict)
        for line in table.get("confirm", ())
    )


def _read(path: Path) -> dict[str, object]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ValueError(f"{path}: cannot be read: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ValueError(f"{path}: not TOML: {error}") from error


def _year(year: int, table: dict[str, object], errors: list[str]) -> CalendarYear:
    errors += [
        f"{year}.{key}: unknown key, expected {', '.join(DAY_LISTS)}, confirm"
        for key in table
        if key not in (*DAY_LISTS, "confirm")
    ]
    confirm = table.get("confirm", [])
    if not isinstance(confirm, list) or not all(isinstance(line, str) for line in confirm):
        errors.append(f"{year}.confirm: expected a list of texts")
    found = CalendarYear(year, *(_days(year, key, table, errors) for key in DAY_LISTS))
    errors += [f"{year}.{said}" for said in _contradictions(found)]
    return found


def _contradictions(year: CalendarYear) -> Iterator[str]:
    for day in sorted(year.working_days):
        if day in year.days_off:
            yield f"working_days: {day} is in days_off too, expected it in one list"
        if day.weekday() < SATURDAY:
            yield f"working_days: {day} is a weekday, expected a Saturday or Sunday"
    for day in sorted(year.short_days - year.working_days):
        if day in year.days_off or day.weekday() >= SATURDAY:
            yield f"short_days: {day} is a day off, expected a working day"


def _days(year: int, key: str, table: dict[str, object], errors: list[str]) -> frozenset[date]:
    if key not in table:
        if key != "regional_days_off":
            errors.append(f"{year}.{key}: missing, expected a list of dates (may be empty)")
        return frozenset()
    value = table[key]
    if not isinstance(value, list):
        errors.append(f"{year}.{key}: expected a list of dates like {year}-05-09, got «{value}»")
        return frozenset()
    found = set()
    for day in value:
        if not isinstance(day, date) or isinstance(day, datetime) or day.year != year:
            errors.append(f"{year}.{key}: expected a date like {year}-05-09, got «{day}»")
        elif day in found:
            errors.append(f"{year}.{key}: {day} stands twice")
        else:
            found.add(day)
    return frozenset(found)
