"""The deputy's morning digest in words (domain.md §6), from facts alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from html import escape

from bot.i18n import _, ngettext
from bot.views import moments
from bot.views.frame import Frame, number
from bot.views.rendered import Rendered
from services.desk import Desk
from services.digests import DigestFacts, Due, facts
from services.understanding import Understanding
from storage.outbox import OutboxRow

LIMIT = 3500
SHOWN = 8
"""Rows of a list; the rest is counted, a section never vanishes."""
LATE = timedelta(minutes=30)


def _nothing_to_understand(_text: str) -> Understanding:
    raise AssertionError("a digest understands no texts")


async def digest(frame: Frame, row: OutboxRow) -> Rendered:
    """Facts of the day, read now, worded for one deputy."""
    day = date.fromisoformat(row.ref["day"])
    desk = Desk(frame.uow, row.created_at, frame.town, _nothing_to_understand)
    found = await facts(desk, day=day, blocks=tuple(row.ref["blocks"]))
    head = _("<b>Digest · {day}</b>", day=moments.day(day))
    planned = datetime.combine(day, datetime.min.time(), frame.town.calendar.zone)
    planned += timedelta(hours=8, minutes=30)
    if row.created_at - planned > LATE:
        head += "\n" + _(
            "Sent at {moment}: the bot was not working.", moment=frame.hour(row.created_at)
        )
    parts = [
        head + "\n" + " · ".join(escape(frame.block(b)) for b in found.blocks),
        _changed(frame, found),
        _critical(frame, _("Critical now"), found.critical),
        _deadlines(frame, found),
        _quality(found),
    ]
    return Rendered("\n\n".join(parts)[:LIMIT])


def _changed(frame: Frame, found: DigestFacts) -> str:
    total = sum(found.received.values())
    since = moments.day(found.since)
    lines = [_("<b>What changed</b>")]
    if found.since == found.day - timedelta(days=1):
        line = ngettext("On {day}: {n} case", "On {day}: {n} cases", total, day=since)
    else:
        line = ngettext("Since {since}: {n} case", "Since {since}: {n} cases", total, since=since)
    if found.usual is not None and found.usual >= 1:
        delta = round((total / found.usual - 1) * 100)
        line += _(", usually {usual} ({delta:+d} %)", usual=round(found.usual), delta=delta)
    lines.append(line)
    if len(found.received) > 1:
        lines.append(
            ", ".join(f"{escape(frame.block(b))} {n}" for b, n in sorted(found.received.items()))
        )
    return "\n".join(lines)


def _deadlines(frame: Frame, found: DigestFacts) -> str:
    lines = [_("<b>Deadlines</b>")]
    if found.overdue:
        lines.append(_("⏰ Overdue: {n}", n=len(found.overdue)))
        lines += _rows(frame, found.overdue)
    else:
        lines.append(_("Overdue: none"))
    if found.untaken:
        lines.append(_("⏰ Not taken in time: {n}", n=len(found.untaken)))
        lines += _rows(frame, found.untaken)
    lines.append(_("Today: {n}", n=len(found.today)))
    lines += _rows(frame, found.today)
    lines.append(_("Next working day: {n}", n=found.tomorrow))
    return "\n".join(lines)


def _critical(frame: Frame, title: str, cases: Sequence[Due]) -> str:
    if not cases:
        return f"<b>{title}</b>: " + _("nothing to remark")
    return "\n".join([f"<b>{title}: {len(cases)}</b>", *_rows(frame, cases, since=True)])


def _rows(frame: Frame, cases: Sequence[Due], *, since: bool = False) -> list[str]:
    rows = []
    for case in cases[:SHOWN]:
        place = f", {escape(case.place)}" if case.place else ""
        free = " · " + _("nobody has taken it") if case.held_by_nobody else ""
        case_number = _("No. {number}", number=case.number)
        when = frame.short(case.due_at)
        when = _("since {moment}", moment=when) if since else when
        rows.append(f"• {case_number} {escape(case.essence)}{place} · {when}{free}")
    if len(cases) > SHOWN:
        rows.append(_("and {n} more", n=len(cases) - SHOWN))
    return rows


def _quality(found: DigestFacts) -> str:
    lines = [_("<b>Quality</b>")]
    if found.answered:
        share = round(found.in_time / found.answered * 100)
        lines.append(
            _(
                "Answered {n}, in time {in_time} ({share} %)",
                n=found.answered,
                in_time=found.in_time,
                share=share,
            )
        )
    else:
        lines.append(_("Answered: none"))
    if found.mean is not None:
        mean = number(round(found.mean, 1))
        lines.append(
            ngettext(
                "Mark {mean} ({n} rating)", "Mark {mean} ({n} ratings)", found.marks, mean=mean
            )
        )
    lines.append(
        _(
            "Returned by citizens: {reopened} · sent back by the checker: {sent_back}",
            reopened=found.reopened,
            sent_back=found.sent_back,
        )
    )
    return "\n".join(lines)
