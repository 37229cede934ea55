"""«Не наше»: what happened, then whose it is (conversations.md §2.3, §2.4)."""

from __future__ import annotations

from bot.i18n import _
from bot.views.frame import Frame
from bot.views.menus.moving import cancel
from bot.views.paging import block_button, block_pages, pairs
from bot.views.rendered import Button, Rendered
from services import return_rules
from services.button_data import data
from services.model import Appeal
from storage.outbox import OutboxRow

BEST = 2
"""Suggested blocks before «Все блоки»."""


async def reasons(_frame: Frame, _row: OutboxRow, appeal: Appeal) -> Rendered:
    """What happened?"""
    words = (
        ("R1", _("Not our question")),
        ("R2", _("Not our territory")),
        ("R3", _("Repeats another")),
        ("R5", _("Can't be done")),
        ("R4", _("Too little data")),
    )
    buttons = [Button(word, data("m1", "r", appeal.id, code)) for code, word in words]
    buttons.append(cancel(appeal))
    return Rendered(_("No. {number}: what happened?", number=appeal.id), pairs(buttons))


async def where(frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """Whose is it then? The best candidates, or a page of all blocks."""
    reason, page = row.ref["reason"], row.ref["page"]
    until = return_rules.deadline(await frame.uow.appeals.events_of(appeal.id), frame.town.calendar)
    lines = [
        _(
            "It is a return: once for a report, until {moment} (4 working hours). "
            "The duty officer checks the reason.",
            moment=frame.stamp(until) if until else "—",
        ),
        _("No. {number}: whose is it?", number=appeal.id),
    ]
    back = Button(_("Back"), data("m1", "rback", appeal.id))
    if page:
        rows = block_pages(
            frame,
            page,
            without=appeal.block,
            to_block=lambda code: data("m1", "sug", appeal.id, reason, code),
            to_page=lambda to: data("m1", "all", appeal.id, reason, to),
        )
        return Rendered("\n".join(lines), (*rows, (back,)))
    best = dict.fromkeys(c["block"] for c in appeal.candidates if c["block"] != appeal.block)
    buttons = [
        block_button(frame, code, data("m1", "sug", appeal.id, reason, code))
        for code in list(best)[:BEST]
    ]
    every = Button(_("All blocks"), data("m1", "all", appeal.id, reason, 1))
    return Rendered("\n".join(lines), (*pairs(buttons), (every, back)))
