"""«Другая тема»: what it is about, by a list of the likeliest and of the block's."""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from bot.i18n import _
from bot.views.frame import Frame
from bot.views.menus.triage import PAGE, pairs
from bot.views.rendered import Button, Rendered, Rows, shortened
from services.button_data import data
from services.model import Appeal
from storage.outbox import OutboxRow

ANY = "any"
"""In the place of a block: the likeliest of all."""
_WIDTH = 34


async def topics(frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """The topics of the block that has the case; six a page, one tap each."""
    rows = _names(frame, row, appeal, "m1")
    turn = _turn(row, lambda page: data("m1", "topic", appeal.id, page))
    problem = await frame.uow.problems.led_by(appeal.id)
    whence = data("p1", "more", problem.id) if problem else data("m1", "move", appeal.id)
    back = Button(_("Back"), whence)
    return Rendered(_asked(frame, appeal), (*rows, (*turn, back)))


async def triage_topics(frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """The likeliest of all, or those of one block."""
    block = row.ref["block"]
    rows = _names(frame, row, appeal, "t1")
    turn = _turn(row, lambda page: data("t1", "topic", appeal.id, block or ANY, page))
    by_block = Button(_("By block"), data("t1", "tblocks", appeal.id, 1))
    return Rendered(_asked(frame, appeal), (*rows, (*turn, by_block, _back(appeal))))


async def triage_blocks(frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """Of which block is the topic? Eight a page."""
    codes = list(frame.town.blocks)
    pages = -(-len(codes) // PAGE)
    page = min(max(int(row.ref["page"]), 1), pages)
    buttons = [
        Button(shortened(frame.block(code), 20), data("t1", "topic", appeal.id, code, 1))
        for code in codes[(page - 1) * PAGE : page * PAGE]
    ]
    around = [(sign, to) for sign, to in (("‹", page - 1), ("›", page + 1)) if 1 <= to <= pages]
    turn = tuple(Button(sign, data("t1", "tblocks", appeal.id, to)) for sign, to in around)
    text = _("No. {number}: of which block is the topic?", number=appeal.id)
    return Rendered(text, (*pairs(buttons), (*turn, _back(appeal))))


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


def _turn(row: OutboxRow, to_page: Callable[[int], str]) -> tuple[Button, ...]:
    page, pages = row.ref["page"], row.ref["pages"]
    around = (("‹", page - 1), ("›", page + 1))
    return tuple(Button(sign, to_page(to)) for sign, to in around if 1 <= to <= pages)


def _back(appeal: Appeal) -> Button:
    return Button(_("Back"), data("t1", "back", appeal.id))
