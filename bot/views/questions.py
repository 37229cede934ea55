"""Questions to those above in a few words: a line of a list."""

from __future__ import annotations

from html import escape

from bot.i18n import _
from bot.views.day_pages import until_word
from bot.views.frame import Frame
from services.model import Answer, Appeal, Decision, Matter
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
    line = f"{deed.format(number=appeal.id)}, {frame.essence(appeal)}{place}"
    day = await _wanted(frame, decision)
    return line + ": " + _("asked until {day}", day=day) if day else line


async def _wanted(frame: Frame, decision: Decision) -> str:
    """The day that is asked for: «пт 18.12»."""
    answer = await frame.uow.get(Answer, decision.data.get("answer", 0))
    if answer is None or answer.until is None:
        return ""
    return until_word(answer.until, frame.town.calendar.zone)
