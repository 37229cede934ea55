"""«Другая тема»: what it is about, by a list of the likeliest and of the block's."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.frame import Frame
from bot.views.menus.triage import ANY
from bot.views.paging import block_pages, turns
from bot.views.rendered import Button, Rendered, Rows, shortened
from services.button_data import data
from services.model import Appeal
from storage.outbox import OutboxRow

_WIDTH = 34


async def topics(frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """The topics of the block that has the case; six a page, one tap each."""
    rows = _names(frame, row, appeal, "m1")
    page, pages = row.ref["page"], row.ref["pages"]
    turn = turns(page, pages, lambda to: data("m1", "topic", appeal.id, to))
    problem = await frame.uow.problems.led_by(appeal.id)
    whence = data("p1", "more", problem.id) if problem else data("m1", "move", appeal.id)
    back = Button(_("Back"), whence)
    return Rendered(_asked(frame, appeal), (*rows, (*turn, back)))


async def triage_topics(frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """The likeliest of all, or those of one block."""
    block, page, pages = row.ref["block"], row.ref["page"], row.ref["pages"]
    rows = _names(frame, row, appeal, "t1")
    turn = turns(page, pages, lambda to: data("t1", "topic", appeal.id, block or ANY, to))
    by_block = Button(_("By block"), data("t1", "tblocks", appeal.id, 1))
    return Rendered(_asked(frame, appeal), (*rows, (*turn, by_block, _back(appeal))))


async def triage_blocks(frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """Of which block is the topic? Eight a page."""
    rows = block_pages(
        frame,
        int(row.ref["page"]),
        without=None,
        to_block=lambda code: data("t1", "topic", appeal.id, code, 1),
        to_page=lambda page: data("t1", "tblocks", appeal.id, page),
    )
    text = _("No. {number}: of which block is the topic?", number=appeal.id)
    return Rendered(text, (*rows, (_back(appeal),)))


def _asked(frame: Frame, appeal: Appeal) -> str:
    now = frame.topic(appeal.topic)
    if not now:
        return _("No. {number}: what is it about?", number=appeal.id)
    return _(
        "No. {number}, topic now: {topic}. What is it really?",
        number=appeal.id,
        topic=escape(now),
    )


def _names(frame: Frame, row: OutboxRow, appeal: Appeal, prefix: str) -> Rows:
    def button(code: str) -> Button:
        to = data(prefix, "tp", appeal.id, row.ref["revision"], code)
        return Button(shortened(frame.topic(code), _WIDTH), to)

    return tuple((button(code),) for code in row.ref["codes"])


def _back(appeal: Appeal) -> Button:
    return Button(_("Back"), data("t1", "back", appeal.id))
