"""«Передать»: whom to (conversations.md §2.3)."""

from __future__ import annotations

from collections.abc import Callable

from bot.i18n import _
from bot.views.frame import Frame
from bot.views.paging import turns
from bot.views.rendered import Button, Rendered, Rows, shortened
from services.button_data import data
from services.hand_over import MANY, Colleague, crew
from services.model import Appeal, State
from storage.outbox import OutboxRow

WHOLE, PAGE = 8, 6
"""So many names fit at once; of more, so many a page: ten buttons are the most anywhere."""
_WIDTH = 34


def cancel(appeal: Appeal) -> Button:
    """Closes any menu of a card."""
    return Button(_("Cancel"), data("m1", "x", appeal.id))


async def move(_frame: Frame, _row: OutboxRow, appeal: Appeal) -> Rendered:
    """To a colleague, or off one's own hands."""
    first = [Button(_("A colleague"), data("m1", "ppl", appeal.id, 1))]
    if appeal.state in (State.ASSIGNED, State.IN_PROGRESS):
        # Another block is a return, and says so on its first page.
        first.append(Button(_("To another block"), data("m1", "rback", appeal.id)))
    topic = Button(_("Another topic"), data("m1", "topic", appeal.id, 1))
    rows: list[tuple[Button, ...]] = [tuple(first), (topic,)]
    last = [cancel(appeal)]
    if appeal.state is State.IN_PROGRESS:
        last.insert(0, Button(_("Give it up"), data("m1", "free", appeal.id)))
    return Rendered(_("No. {number}: to whom?", number=appeal.id), (*rows, tuple(last)))


async def people(frame: Frame, row: OutboxRow, appeal: Appeal) -> Rendered:
    """Everybody of the block with the number of cases in his hands."""
    found = await crew(frame.uow, appeal, frame.now)
    back = Button(_("Back"), data("m1", "move", appeal.id))
    if not found:
        text = _("No. {number}: nobody else in the block yet.", number=appeal.id)
        return Rendered(text, ((back,),))
    rows = crew_rows(
        found,
        row.ref.get("page", 1),
        to_page=lambda page: data("m1", "ppl", appeal.id, page),
        to_person=lambda person: data("m1", "to", appeal.id, person),
    )
    text = _("No. {number}: to whom in the block?", number=appeal.id)
    return Rendered(text, (*rows[:-1], (*rows[-1], back)))


def crew_rows(
    found: list[Colleague],
    page: int,
    *,
    to_page: Callable[[int], str],
    to_person: Callable[[int | str], str],
) -> Rows:
    """Names with their load, a page of them, and last «Кто свободен»."""
    size = len(found) if len(found) <= WHOLE else PAGE
    pages = -(-len(found) // size)
    page = min(max(page, 1), pages)
    names: Rows = tuple(
        (Button(_name(colleague), to_person(colleague.person.id)),)
        for colleague in found[(page - 1) * size : page * size]
    )
    turn = turns(page, pages, to_page)
    free = Button(_("Who is free"), to_person("any"))
    return (*names, *((turn,) if turn else ()), (free,))


def _name(colleague: Colleague) -> str:
    n = colleague.held
    load = _("{n}, many", n=n) if n >= MANY else _("{n} at work", n=n)
    tail = f" · {load}"
    return shortened(colleague.person.first_name or "—", _WIDTH - len(tail)) + tail
