"""Menus under a card by name: each is owned by who opened it (services/menus)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.views.cards import under
from bot.views.frame import Frame
from bot.views.menus import asking, dates, moving, returns
from bot.views.rendered import Rendered
from services.model import Appeal
from storage.outbox import OutboxRow

MENUS: dict[str, Callable[[Frame, OutboxRow, Appeal], Awaitable[Rendered]]] = {
    "return": returns.reasons,
    "return_where": returns.where,
    "dates": dates.dates,
    "move": moving.move,
    "people": moving.people,
    "ask": asking.ask,
    "help": asking.help_,
}


async def menu(frame: Frame, row: OutboxRow) -> Rendered:
    """The page `ref["name"]`, under the card (or the triage card), silent."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    page = await MENUS[row.ref["name"]](frame, row, appeal)
    above = await under(frame, f"card:{appeal.id}:{row.chat_id}")
    above = above or await under(frame, f"triage:{appeal.id}")
    return replace(page, reply_to=above, silent=True, owner=row.ref["owner"])
