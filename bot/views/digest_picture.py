"""The picture under a digest in words: its labels, and one line for who can't see it."""

from __future__ import annotations

from functools import partial

from bot.i18n import _, ngettext
from bot.views import charts, moments
from bot.views.frame import Frame
from bot.views.media import above
from bot.views.rendered import Drawing, Rendered
from bot.views.sketches import Day, Share, Sketch, Stack
from services.calendar import DAY
from services.digest_picture import DAYS, GOAL, Picture, from_ref
from storage.outbox import OutboxRow

SHOWN = 5
"""Blocks with a bar of their own; the others are counted."""


async def picture(frame: Frame, row: OutboxRow) -> Rendered | None:
    """Under the digest's text; None when that didn't come."""
    under = await above(frame, row, row.ref["under"])
    if under is None:
        return None
    seen = from_ref(row.ref["picture"])
    drawing = Drawing("digest.png", partial(charts.draw, sketch(frame, seen)))
    return Rendered(caption(seen), drawing=drawing, reply_to=under, silent=True)


def caption(seen: Picture) -> str:
    """What the picture says, in one line."""
    total, together, standing = seen.total, seen.together, seen.open
    parts = [
        _("In 7 days {n} received, {answered} answered", n=total.received, answered=total.answered)
    ]
    if not together.few:
        month = moments.month(seen.month)
        parts.append(_("in time in {month}: {share} %", month=month, share=together.share))
    if standing.overdue:
        parts.append(
            _("{n} open, {overdue} of them overdue", n=standing.cases, overdue=standing.overdue)
        )
    else:
        parts.append(_("{n} open, none overdue", n=standing.cases))
    return " · ".join(parts)


def sketch(frame: Frame, seen: Picture) -> Sketch:
    """Facts → what is drawn, in the reader's language."""
    total, standing = seen.total, seen.open
    quiet = not (total.received or total.answered)
    month = moments.month(seen.month)
    return Sketch(
        title=moments.day(seen.day),
        aside=_aside(frame, seen),
        days_title=_("Last 7 days"),
        keys=(_("received {n}", n=total.received), _("answered {n}", n=total.answered)),
        days=() if quiet else _days(seen),
        no_days=_("nothing received, nothing answered"),
        shares_title=_("Answers in time, {month}", month=month),
        goal=GOAL,
        goal_words=_("goal {n} %", n=GOAL),
        shares=_shares(frame, seen),
        stacks_title=_("Open {n}", n=standing.cases) if standing.cases else _("Open: none"),
        stacks_aside=_("waiting for the answer"),
        stacks=_stacks(seen) if standing.cases else (),
    )


def _aside(frame: Frame, seen: Picture) -> str:
    if seen.whole:
        return _("The whole centre")
    if len(seen.codes) == 1:
        return frame.block(seen.codes[0])
    return ngettext("{n} block", "{n} blocks", len(seen.codes))


def _days(seen: Picture) -> tuple[Day, ...]:
    first = seen.day - DAYS * DAY
    return tuple(
        Day(moments.weekday(first + n * DAY, short=True), day.received, day.answered)
        for n, day in enumerate(seen.flow)
    )


def _shares(frame: Frame, seen: Picture) -> tuple[Share, ...]:
    judged = [b for b in seen.blocks if not b.few]
    little = [b for b in seen.blocks if b.few]
    rows = [
        Share(
            frame.block(b.block),
            _("{n} %", n=b.share),
            b.share,
            _("{n} of {total}", n=b.in_time, total=b.due),
        )
        for b in judged[:SHOWN]
    ]
    if rest := judged[SHOWN:]:
        name = ngettext("{n} more block", "{n} more blocks", len(rest))
        shares = dict.fromkeys((rest[0].share, rest[-1].share))
        rows.append(Share(name, _("{n} %", n="–".join(map(str, shares)))))
    if not seen.blocks:
        return (Share(_("nothing was due yet")),)
    if len(seen.blocks) <= SHOWN:
        words = [(frame.block(b.block), _("little data ({n})", n=b.due)) for b in little]
    else:
        words = [(ngettext("{n} block", "{n} blocks", len(little)), _("little data"))]
    return (*rows, *(Share(*pair) for pair in words if little))


def _stacks(seen: Picture) -> tuple[Stack, ...]:
    labels = (_("0–1 day"), _("2–3 days"), _("4–8 days"), _("9+ days"))
    return tuple(
        Stack(
            label,
            band.cases,
            band.overdue,
            _("overdue {n}", n=band.overdue) if band.overdue else "",
        )
        for label, band in zip(labels, seen.ages, strict=True)
    )
