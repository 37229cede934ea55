"""At 16:00: what waits until the end of the day (conversations.md §3.2)."""

from __future__ import annotations

from bot.i18n import _, ngettext
from bot.views.frame import Frame
from bot.views.lists import PAGE, reading_desk
from bot.views.questions import line_of
from bot.views.rendered import Button, Rendered
from services import oversight
from services.button_data import data
from services.model import PersonId
from storage.outbox import OutboxRow


async def todo(frame: Frame, row: OutboxRow) -> Rendered | None:
    """The questions in one line; dropped when all are answered since."""
    waiting = await oversight.waiting_for(reading_desk(frame), PersonId(row.person_id or 0))
    if not waiting:
        return None
    what = [await line_of(frame, decision) for decision in waiting[:PAGE]]
    if len(waiting) > PAGE:
        what.append(_("and {n} more", n=len(waiting) - PAGE))
    text = ngettext(
        "Until the end of the day {n} decision waits for you: {what}.",
        "Until the end of the day {n} decisions wait for you: {what}.",
        len(waiting),
        what="; ".join(what),
    )
    return Rendered(
        text,
        (
            (
                Button(_("Decide"), data("d1", "todo", 0)),
                Button(_("Not today"), data("d1", "snooze", 0, 1)),
            ),
        ),
    )
