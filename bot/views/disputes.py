"""A dispute: the question to the head of МЦУ, and what was decided (§1.12, §3.2)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from html import escape

from bot.i18n import _
from bot.views.frame import Frame, quote
from bot.views.rendered import Button, Rendered
from services.button_data import data
from services.disputes import BACK, KEEP
from services.model import Answer, Appeal, Decision, Direction
from services.reopenings import REFUSAL, REJECTION, THIRD


async def dispute(frame: Frame, decision: Decision, appeal: Appeal) -> Rendered:
    """What the citizen and the department say, two verdicts; edited to the one given."""
    if decision.verdict is not None:
        return await _settled(frame, decision, appeal)
    answer = await frame.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
    until = datetime.fromisoformat(decision.data["until"])
    heads: dict[str, Callable[[], str]] = {
        THIRD: lambda: _("⚖️ <b>No. {number}: returned for the third time, you decide</b>"),
        REFUSAL: lambda: _("⚖️ <b>No. {number}: the citizen disputes the refusal, you decide</b>"),
        REJECTION: lambda: _("⚖️ <b>No. {number}: closed as no report, you decide</b>"),
    }
    lines = [
        heads[decision.data["why"]]().format(number=appeal.id),
        frame.essence(appeal) + " · " + escape(frame.block(appeal.block)),
        quote(appeal.text, folded=True, limit=600),
        *([_("Answered:"), quote(answer.text, folded=True)] if answer else []),
        *await _said_since(frame, decision, appeal),
        _("Decide by <b>{moment}</b>", moment=frame.short(until)),
    ]
    keep = _("Keep it closed") if answer is None else _("Keep the answer")
    buttons = (
        Button(_("Back to work"), data("d1", "disp", appeal.id, BACK)),
        Button(keep, data("d1", "disp", appeal.id, KEEP)),
    )
    return Rendered("\n".join(lines), (buttons,))


async def _said_since(frame: Frame, decision: Decision, appeal: Appeal) -> list[str]:
    """His arguments: what he has written since he disputed it."""
    every = await frame.uow.appeals.utterances_of(appeal.id)
    since = [u for u in every if u.direction is Direction.IN and u.at >= decision.asked_at]
    words = "\n".join(u.masked for u in since if u.masked)
    return [_("The citizen added:"), quote(words, folded=True, limit=600)] if words else []


async def _settled(frame: Frame, decision: Decision, appeal: Appeal) -> Rendered:
    by = await frame.decided(decision)
    if decision.verdict == BACK:
        text = _("⚖️ No. {number}: back to work, {by}", number=appeal.id, by=by)
    else:
        text = _("⚖️ No. {number}: the answer stands, {by}", number=appeal.id, by=by)
    return Rendered(f"{text}\n«{escape(decision.data['reason'])}»")
