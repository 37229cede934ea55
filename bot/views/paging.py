"""Pages of buttons: ‹ and ›, and blocks to choose from, eight a page (conversations.md §2.3)."""

from __future__ import annotations

from collections.abc import Callable

from bot.views.frame import Frame
from bot.views.rendered import Button, Row, Rows
from services.wire import cut

PAGE = 8
WIDTH = 20
"""Characters that fit a phone with two buttons in a row."""


def block_button(frame: Frame, code: str, packed: str) -> Button:
    """A block's name on a button."""
    return Button(cut(frame.block(code), WIDTH), packed)


def pairs(buttons: list[Button]) -> Rows:
    """Two in a row."""
    return tuple(tuple(buttons[i : i + 2]) for i in range(0, len(buttons), 2))


def turns(page: int, last: int, to_page: Callable[[int], str], *, first: int = 1) -> Row:
    """‹ and › to the pages beside, as far as there are any; `first` and `last` are numbers too."""
    beside = (("‹", page - 1), ("›", page + 1))
    return tuple(Button(sign, to_page(to)) for sign, to in beside if first <= to <= last)


def block_pages(
    frame: Frame,
    page: int,
    *,
    without: str | None,
    to_block: Callable[[str], str],
    to_page: Callable[[int], str],
) -> Rows:
    """All blocks but one, with ‹ › where there is more."""
    codes = [code for code in frame.town.blocks if code != without]
    pages = -(-len(codes) // PAGE)
    page = min(max(page, 1), pages)
    shown = codes[(page - 1) * PAGE : page * PAGE]
    rows = pairs([block_button(frame, code, to_block(code)) for code in shown])
    turning = turns(page, pages, to_page)
    return (*rows, turning) if turning else rows
