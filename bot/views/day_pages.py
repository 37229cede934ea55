"""Days to choose from: four weeks a page, the working days of a week in a row (§2.5)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.i18n import _
from bot.views import moments
from bot.views.paging import turns
from bot.views.rendered import Button, Rows
from services import postponing_rules as rules
from services.calendar import WorkCalendar


def day_data(day: date) -> str:
    """A day in callback data: «20261210»."""
    return f"{day:%Y%m%d}"


def page_of(
    calendar: WorkCalendar,
    first: date,
    last: date,
    page: int,
    *,
    to_day: Callable[[str], str],
    to_page: Callable[[int], str],
) -> tuple[str, Rows]:
    """The words above («25 ноября – 22 декабря») and the rows of one page."""
    weeks = rules.weeks(calendar, first, last)
    pages = -(-len(weeks) // rules.WEEKS)
    page = min(max(page, 1), pages)
    shown = weeks[(page - 1) * rules.WEEKS : page * rules.WEEKS]
    rows = [tuple(Button(str(d.day), to_day(day_data(d))) for d in week) for week in shown]
    if turn := turns(page, pages, to_page):
        rows.append(turn)
    span = f"{moments.day_month(shown[0][0])} – {moments.day_month(shown[-1][-1])}"
    return span, tuple(rows)


def until_word(at: datetime, zone: ZoneInfo) -> str:
    """«чт 10.12»."""
    return moments.weekday_digits(at.astimezone(zone).date())


def last_word(day: date) -> str:
    """«пт 25.12 · крайний»."""
    return _("{day} · the last", day=moments.weekday_digits(day))
