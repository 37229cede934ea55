"""Danger named while another is open: the same joins it, another one calls anew (domain.md §1)."""

from __future__ import annotations

from services import belonging, dialogs
from services.belonging import Recent
from services.desk import Desk
from services.directory import Known
from services.model import State
from services.policies import Urgency
from services.wire import Message

_LOOKED_AT = 20
"""How many of his newest appeals may be the danger he goes on about."""


def named(desk: Desk, message: Message) -> bool:
    """The words speak of danger to life."""
    return desk.understand(message.text).urgency is Urgency.EMERGENCY


async def continued(desk: Desk, known: Known, message: Message) -> Recent | None:
    """The open emergency of a person that his words of danger may go on about, the newest.

    None where they name another place or another kind of danger: that is a new one.
    """
    seen = desk.understand(message.text)
    for appeal in await desk.uow.appeals.of_person(known.person.id, limit=_LOOKED_AT):
        if appeal.urgency is not Urgency.EMERGENCY or appeal.state not in belonging.TAKES_WORDS:
            continue
        found = await belonging.thread(desk, appeal)
        if belonging.same_danger(desk, found, seen):
            return found
    return None


async def is_new(desk: Desk, known: Known, message: Message) -> bool:
    """Danger that no open case of his speaks of."""
    return named(desk, message) and await continued(desk, known, message) is None


async def goes_on(desk: Desk, known: Known, message: Message, danger: Recent) -> bool:
    """This very case is being spoken of: said just now, asked about, or replied to."""
    if await belonging.spoken_of(desk, danger) or danger.appeal.state is State.WAITING_CITIZEN:
        return True
    if await belonging.target(desk, message) == danger.appeal.id:
        return True
    dialog = await dialogs.current(desk, known.person.id, message.chat)
    return dialog is not None and dialog.data.get("appeal") == danger.appeal.id
