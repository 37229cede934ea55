"""Questions to those above in a few words: a line of a list, who decided and when."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.frame import Frame
from services.model import Appeal, Decision, Matter
from services.wire import cut


async def line_of(frame: Frame, decision: Decision) -> str:
    """A question in a list: what to do, with which case."""
    appeal = await frame.uow.need(Appeal, decision.appeal_id)
    deed = {
        Matter.SECOND_RETURN: _("say whose No. {number} is"),
        Matter.EXTENSION: _("extend No. {number}"),
        Matter.POSTPONE_CRITICAL: _("put off the critical No. {number}"),
        Matter.DISPUTE: _("decide the dispute on No. {number}"),
    }[decision.matter]
    place = f", {escape(cut(appeal.place, 40))}" if appeal.place else ""
    return f"{deed.format(number=appeal.id)}, {frame.essence(appeal)}{place}"


async def verdict_by(frame: Frame, decision: Decision) -> str:
    """«Марина, 09:14», «Марина за Дениса, 09:14» when she stood in for him."""
    name = await frame.name(decision.decided_by)
    if "for" in decision.data:
        name = _("{name} for {absent}", name=name, absent=await frame.name(decision.data["for"]))
    at = decision.decided_at or frame.now
    return f"{name}, {frame.hour(at)}"
