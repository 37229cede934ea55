"""«У вас то же самое?»: with the receipt of a report that joins a mass problem at once.

In a crisis everybody gets one message, not two (conversations.md §1.7). Who had his receipt before
it was one problem is asked in a message of its own (bot/views/problems.py).
"""

from __future__ import annotations

from html import escape

from bot.i18n import _, ngettext
from bot.views.frame import Frame
from bot.views.problem_lines import due
from bot.views.rendered import Button
from services.button_data import data
from services.model import Appeal, Problem, State

ASKED = {"asks": "same"}
"""Kept with a message that asks: a receipt, or one of its own."""


async def question(
    frame: Frame, appeal: Appeal, problem: Problem, *, promised: bool = True
) -> tuple[list[str], tuple[Button, ...]]:
    """Others have written of it, what is known, until when it is answered; his choice."""
    others = max(problem.authors - 1, 1)
    head = ngettext(
        "👥 <b>{n} person has reported this already</b>",
        "👥 <b>{n} people have reported this already</b>",
        others,
    )
    lead = await frame.uow.need(Appeal, problem.lead_id)
    # Without a topic the essence is somebody's own words: each reads his.
    what = frame.essence(lead if lead.topic else appeal)
    moment = _("since {moment}", moment=frame.stamp(lead.received_at))
    found = [head, ", ".join(filter(None, (what, escape(problem.place), moment)))]
    if problem.cause:
        found.append(_("Cause: {cause}", cause=escape(problem.cause)))
    answered_by = await due(frame, lead) if promised else ""
    if answered_by:
        found.append(answered_by)
    found += ["", _("Is it the same for you?")]
    return found, (
        Button(_("Same here"), data("p1", "join", problem.id, appeal.id)),
        Button(_("Mine is different"), data("p1", "other", problem.id, appeal.id)),
    )


async def asked_with_receipt(frame: Frame, appeal: Appeal) -> bool:
    """His receipt was sent with the question."""
    receipt = await frame.uow.screens.anchored(f"receipt:{appeal.id}")
    return receipt is not None and receipt.data.get("asks") == ASKED["asks"]


async def open_in_receipt(
    frame: Frame, appeal: Appeal
) -> tuple[list[str], tuple[Button, ...]] | None:
    """The question, where it stands in the receipt and is not answered yet."""
    if appeal.state is not State.MERGED or appeal.problem_id is None:
        return None
    receipt = await frame.uow.screens.anchored(f"receipt:{appeal.id}")
    if receipt is not None and not await asked_with_receipt(frame, appeal):
        return None
    if await frame.uow.screens.anchored(f"problem_joined:{appeal.id}") is not None:
        return None
    # The receipt says itself until when everybody is answered.
    problem = await frame.uow.need(Problem, appeal.problem_id)
    return await question(frame, appeal, problem, promised=False)
