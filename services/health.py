"""How the hub itself is doing, in numbers, for its administrator (/health)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from services import notify
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.model import PersonId, Purpose
from services.municipality import Municipality
from services.notices import Kind

if TYPE_CHECKING:
    from storage.unit import UnitOfWork


@dataclass(frozen=True, slots=True)
class Health:
    """What /health says."""

    incoming: int
    parked: int
    outgoing: int
    oldest: timedelta | None
    """Age of the oldest notice that could go now."""
    retried: int
    dead: int
    bound: int
    """Blocks with a chat of their own."""
    blocks: int
    lacking: int
    """Chats in which the bot lacks a right."""
    triage: bool
    quality: bool
    calendar_until: int | None
    """The last year of the production calendar that is listed without a gap from now."""
    unconfirmed: int
    """Rules of deadlines that the customer has yet to confirm (★)."""


async def collect(uow: UnitOfWork, town: Municipality, now: datetime) -> Health:
    """Look at the queues, the chats and the data."""
    queues = await uow.overview.queues(now)
    chats = await uow.overview.chats()
    purposes = {chat.purpose for chat in chats}
    return Health(
        incoming=queues.incoming,
        parked=queues.parked,
        outgoing=queues.outgoing,
        oldest=None if queues.oldest is None else now - queues.oldest,
        retried=queues.retried,
        dead=queues.dead,
        bound=len({chat.block for chat in chats} & town.blocks.keys()),
        blocks=len(town.blocks),
        lacking=sum(bool(chat.missing) for chat in chats),
        triage=Purpose.TRIAGE in purposes,
        quality=Purpose.QUALITY in purposes,
        calendar_until=known_until(town, now),
        unconfirmed=sum(policy.confirm for policy in town.policies),
    )


def known_until(town: Municipality, now: datetime) -> int | None:
    """The last year in a row from this one that the calendar lists; None: not even this one."""
    year = now.astimezone(town.calendar.zone).year
    last = None
    while year in town.calendar.years:
        last, year = year, year + 1
    return last


@use_case
async def show(
    desk: Desk,
    *,
    actor: Actor,
    person_id: PersonId,
    channel: str,
    chat_id: str,
    kind: Kind = Kind.HEALTH,
    again: bool = False,
) -> None:
    """/health; `again` edits the message that stands. Raises Denied."""
    authorise(actor, Deed.HEALTH)
    anchor = f"{kind}:{chat_id}"
    if not again:
        await desk.uow.screens.anew(anchor)
    notify.queue(
        desk,
        kind,
        channel=channel,
        chat_id=chat_id,
        person_id=person_id,
        anchor=anchor,
        coalesce=True,
    )
