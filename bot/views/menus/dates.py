"""«Отложить»: until which day? (conversations.md §2.5)."""

from __future__ import annotations

from datetime import date

from bot.i18n import _
from bot.views import moments
from bot.views.day_pages import day_data, last_word, page_of
from bot.views.frame import Frame
from bot.views.menus.moving import cancel
from bot.views.paging import pairs
from bot.views.rendered import Button, Rendered
from services import postponing_rules as rules
from services.button_data import data
from services.calendar import local_day
from services.model import Appeal
from storage.outbox import OutboxRow


async def dates(frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """Four days, or a page of the calendar; a note where the day must be asked for."""
    first, last = date.fromisoformat(row.ref["first"]), date.fromisoformat(row.ref["last"])
    free = date.fromisoformat(row.ref["free"]) if row.ref["free"] else None
    calendar, page = frame.town.calendar, row.ref["page"]
    if page:
        span, rows = page_of(
            calendar,
            first,
            last,
            page,
            to_day=lambda day: data("m1", "pd", appeal.id, day),
            to_page=lambda to: data("m1", "pcal", appeal.id, to),
        )
        back = Button(_("Back"), data("m1", "pback", appeal.id))
        lines = [_("Until which day? {span}", span=span), _asked(free)]
        return Rendered("\n".join(filter(None, lines)), (*rows, (back, cancel(appeal))))
    end = free or last
    days = rules.suggested(calendar, local_day(calendar, frame.now), first, end)
    buttons = [
        Button(
            last_word(day) if day == end else moments.weekday_digits(day),
            data("m1", "pd", appeal.id, day_data(day)),
        )
        for day in days
    ]
    other = Button(_("Another day"), data("m1", "pcal", appeal.id, 1))
    lines = [_("Until which day?"), _asked(free) if free is None else ""]
    return Rendered("\n".join(filter(None, lines)), (*pairs(buttons), (other, cancel(appeal))))


def _asked(free: date | None) -> str:
    if free is None:
        return _("Whoever is responsible must allow the day: we shall ask.")
    day = moments.weekday_digits(free)
    return _("After {day} the day must be allowed: we shall ask.", day=day)
