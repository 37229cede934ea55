"""/rating in words: a line per block, periods as buttons (conversations.md §3.3)."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views import moments
from bot.views.frame import Frame, number
from bot.views.lists import reading_desk
from bot.views.rendered import Button, Rendered
from services.button_data import data
from services.digest_facts import Work
from services.rating import FEW, MONTH, QUARTER, WEEK, Standing, standing
from storage.outbox import OutboxRow


def few(work: Work) -> bool:
    """Too few cases were due to be judged by them."""
    return work.due < FEW


def share(work: Work) -> int:
    """Per cent of what was due that was answered in time."""
    return round(work.in_time / work.due * 100)


async def rating(frame: Frame, row: OutboxRow) -> Rendered:
    """The blocks of a reader, the most punctual first; the little ones last and unranked."""
    code = row.ref["period"]
    found = await standing(reading_desk(frame), tuple(row.ref["blocks"]), code)
    lines = [_("<b>Rating · {period}</b>", period=_period(found))]
    judged = [(b, w) for b, w in found.blocks.items() if not few(w)]
    for block, work in sorted(judged, key=lambda pair: -share(pair[1])):
        lines.append(_line(frame, block, work))
    little = [f"{escape(frame.block(b))} ({w.due})" for b, w in found.blocks.items() if few(w)]
    if little:
        lines.append(_("Little data: {blocks}", blocks=", ".join(little)))
    if not found.blocks:
        lines.append(_("No cases in this period."))
    words = {WEEK: _("Week"), MONTH: _("Month"), QUARTER: _("Quarter")}
    buttons = tuple(
        Button(word, data("d1", "rper", 0, other)) for other, word in words.items() if other != code
    )
    return Rendered("\n".join(lines), (buttons,), silent=True)


def _period(found: Standing) -> str:
    """«1–23 ноября», «28 октября – 23 ноября», «23 ноября»."""
    first, last = found.first, found.last
    if first == last:
        return moments.day_month(last)
    if first.month == last.month:
        return f"{first.day}–{moments.day_month(last)}"
    return f"{moments.day_month(first)} – {moments.day_month(last)}"


def _line(frame: Frame, block: str, work: Work) -> str:
    parts = [
        _("received {n}", n=work.received),
        _("answered {n}", n=work.answered),
        _("in time {share} %", share=share(work)),
    ]
    if work.mean is not None:
        parts.append(_("mark {mean} ({n})", mean=number(round(work.mean, 1)), n=work.marks))
    if work.reopened:
        parts.append(_("returned by citizens {n}", n=work.reopened))
    return f"<b>{escape(frame.block(block))}</b>: " + ", ".join(parts)
