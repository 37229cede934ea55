"""«Ещё» under the card of a mass problem: what is rarely done with it."""

from __future__ import annotations

from bot.i18n import _
from bot.views.frame import Frame
from bot.views.menus.moving import cancel
from bot.views.rendered import Button, Rendered
from services.button_data import data
from services.lifecycle import HELD
from services.model import Appeal, State
from services.topic_change import CHANGEABLE
from storage.outbox import OutboxRow


async def more(frame: Frame, _row: OutboxRow, lead: Appeal) -> Rendered:
    """One report is about something else, or the case that leads it is."""
    problem = await frame.uow.problems.led_by(lead.id)
    buttons: list[Button] = []
    if problem is not None and lead.state in (State.ASSIGNED, *HELD):
        buttons.append(Button(_("Take one out"), data("p1", "split", problem.id)))
    if lead.state in CHANGEABLE:
        buttons.append(Button(_("Another topic"), data("m1", "topic", lead.id, 1)))
    rows = ((*buttons,),) if buttons else ()
    return Rendered(_("No. {number}: what else?", number=lead.id), (*rows, (cancel(lead),)))
