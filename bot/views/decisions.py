"""Questions to a deputy or the head of МЦУ, by matter; edited to the verdict once decided."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.views import disputes
from bot.views.extensions import extension
from bot.views.final_returns import second_return
from bot.views.frame import Frame
from bot.views.rendered import Rendered
from services.model import Appeal, Decision, Matter
from storage.outbox import OutboxRow

MATTERS: dict[Matter, Callable[[Frame, Decision, Appeal], Awaitable[Rendered]]] = {
    Matter.DISPUTE: disputes.dispute,
    Matter.SECOND_RETURN: second_return,
    Matter.EXTENSION: extension,
    Matter.POSTPONE_CRITICAL: extension,
}


async def decision(frame: Frame, row: OutboxRow) -> Rendered:
    """The question with its buttons, or what was decided, by whom and when."""
    found = await frame.uow.need(Decision, row.ref["decision"])
    appeal = await frame.uow.need(Appeal, found.appeal_id)
    return await MATTERS[found.matter](replace(frame, reader=row.person_id), found, appeal)
