"""The card of a block that has no chat, as the duty officer sees it: only what can be pressed."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views import card_rows
from bot.views.frame import Frame
from bot.views.rendered import Button, Rows
from services.access import BLOCK_STAFF
from services.button_data import data
from services.model import WHOLE_CENTRE, Appeal, State


async def said(frame: Frame, appeal: Appeal) -> str:
    """Why it stands here."""
    if appeal.state is not State.ASSIGNED:
        return ""
    block = escape(frame.block(appeal.block))
    return _(
        "«{block}» has no chat yet, the administrator knows. It may go to another block.",
        block=block,
    )


async def rows(frame: Frame, appeal: Appeal, usual: Rows) -> Rows:
    """The staff's buttons only where the block has staff; the duty officer's while it is free."""
    another = (Button(_("Another block"), data("t1", "all", appeal.id)),)
    route = (another,) if appeal.state is State.ASSIGNED else ()
    if await _staffed(frame, appeal):
        return (*usual, *route)
    return (*route, *card_rows.history(appeal))


async def _staffed(frame: Frame, appeal: Appeal) -> bool:
    scopes = [code for code in (appeal.block, WHOLE_CENTRE) if code]
    for role in BLOCK_STAFF:
        if await frame.uow.people.holders(role, frame.now, scopes=scopes):
            return True
    return False
