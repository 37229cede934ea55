"""The morning digest in words (conversations.md §3.1, domain.md §6), from facts alone."""

from __future__ import annotations

from datetime import date, datetime
from html import escape

from bot.i18n import _
from bot.views import digest_sections as sections
from bot.views import moments
from bot.views.frame import Frame
from bot.views.lists import reading_desk
from bot.views.rendered import Button, Rendered, Rows
from services.button_data import data
from services.digest_facts import DigestFacts, facts
from services.model import PersonId
from services.wire import units
from storage.outbox import OutboxRow

LIMIT = 3500
"""UTF-16 units: a digest is read on a phone, standing."""
ROWS = (5, 4, 3, 2, 1)
"""Rows of a list: as many as the whole has room for; the rest is counted."""


async def digest(frame: Frame, row: OutboxRow) -> Rendered:
    """Facts of the day, read now, worded for one person."""
    found = await facts(
        reading_desk(frame),
        day=date.fromisoformat(row.ref["day"]),
        blocks=tuple(row.ref["blocks"]),
        person_id=PersonId(row.person_id or 0),
    )
    head = f"{_title(frame, row, found)}\n{_whose(frame, found)}"
    if found.empty:
        text = f"{head}\n\n{sections.quiet_day(found)}"
    else:
        text = await _whole(frame, head, found)
    return Rendered(text, _buttons(found))


def _title(frame: Frame, row: OutboxRow, found: DigestFacts) -> str:
    day = moments.day(found.day)
    if not row.ref.get("late"):
        return _("<b>Digest · {day}</b>", day=day)
    at = frame.hour(row.created_at)
    since = row.ref.get("silent_since")
    if since is None:
        return _("<b>Digest for {day}, came at {at}.</b>", day=day, at=at)
    fell = datetime.fromisoformat(since)
    zone = frame.town.calendar.zone
    same = fell.astimezone(zone).date() == found.day
    return _(
        "<b>Digest for {day}, came at {at}: the bot was not working since {since}.</b>",
        day=day,
        at=at,
        since=frame.hour(fell) if same else frame.short(fell),
    )


def _whose(frame: Frame, found: DigestFacts) -> str:
    if found.whole:
        return _("The whole centre")
    return " · ".join(escape(frame.block(b)) for b in found.blocks)


async def _whole(frame: Frame, head: str, found: DigestFacts) -> str:
    text = head
    for shown in ROWS:
        parts = [
            head,
            await sections.waiting(frame, found, shown),
            sections.changed(frame, found, shown),
            sections.critical(frame, found, shown),
            sections.dates(frame, found, shown),
            sections.topics(frame, found),
            sections.quality(found),
            sections.rating(frame, found, shown),
            sections.promised(frame, found, shown),
            await sections.load(frame, found, shown),
        ]
        text = "\n\n".join(parts)
        if units(text) <= LIMIT:
            break
    return text


def _buttons(found: DigestFacts) -> Rows:
    counted = (
        (_("Decide {n}"), "todo", len(found.waiting)),
        (_("Critical {n}"), "crit", len(found.critical)),
        (_("Overdue {n}"), "late", len({x.appeal.id for x in found.overdue})),
        (_("Today {n}"), "today", len({x.appeal.id for x in found.today})),
    )
    buttons = [Button(text.format(n=n), data("d1", name, 0)) for text, name, n in counted if n]
    buttons.append(Button(_("Rating"), data("d1", "rating", 0)))
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))
