"""Dates and times as people read them, in the current locale (conversations.md §0)."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date

from bot.i18n import current_locale

_PATTERNS = {
    "day": {"ru": "EEE, d MMMM", "en": "EEE d MMM"},
    "day_year": {"ru": "EEE, d MMMM y 'г'.", "en": "EEE d MMM y"},
    "day_month": {"ru": "d MMMM", "en": "d MMMM"},
    "short": {"ru": "EEE d.MM", "en": "EEE d.MM"},
    "month": {"ru": "LLLL", "en": "LLLL"},
    "digits": {"ru": "d.MM", "en": "d MMM"},
    "padded": {"ru": "dd.MM", "en": "d MMM"},
    "weekday": {"ru": "EEEE", "en": "EEEE"},
    "weekday_short": {"ru": "EEE", "en": "EEE"},
}


def _format(day: date, pattern: str) -> str:
    locale = current_locale()
    return str(format_date(day, _PATTERNS[pattern][locale], locale=locale))


def day(d: date, *, year: bool = False) -> str:
    """«пт, 4 декабря», with the year on demand."""
    return _format(d, "day_year" if year else "day")


def day_month(d: date) -> str:
    """«4 декабря»."""
    return _format(d, "day_month")


def month(d: date) -> str:
    """«ноябрь»."""
    return _format(d, "month")


def digits(d: date, *, padded: bool = False) -> str:
    """«4.12», padded «04.12»."""
    return _format(d, "padded" if padded else "digits")


def weekday(d: date, *, short: bool = False) -> str:
    """«пятница», short «пт»."""
    return _format(d, "weekday_short" if short else "weekday")


def weekday_digits(d: date, *, padded: bool = False) -> str:
    """«пт 4.12», padded «пт 04.12»."""
    return f"{weekday(d, short=True)} {digits(d, padded=padded)}"


def hour(at: datetime, zone: ZoneInfo) -> str:
    """«17:00» in the zone."""
    return f"{at.astimezone(zone):%H:%M}"


def moment(at: datetime, zone: ZoneInfo) -> str:
    """«пт, 4 декабря, 17:00» in the zone."""
    return f"{day(at.astimezone(zone).date())}, {hour(at, zone)}"


def short(at: datetime, zone: ZoneInfo) -> str:
    """«пт 4.12 17:00» in the zone."""
    return f"{_format(at.astimezone(zone).date(), 'short')} {hour(at, zone)}"
