"""A telephone that a citizen shares: kept apart, and his cards say only that there is one."""

from __future__ import annotations

from services import contacts, notify
from services.desk import Desk
from services.lifecycle import OPEN
from services.model import Person
from services.wire import Message

_CASES = 20


async def take(desk: Desk, person: Person, message: Message) -> None:
    """Keep the telephone of a message, whosever it is; it is shown in no chat (domain.md §8)."""
    if message.contact is None:
        return
    contacts.keep(desk, person, message.contact)
    notify.plain(desk, person, channel=message.channel, chat_id=message.chat, text="contact_kept")
    for appeal in await desk.uow.appeals.of_person(person.id, limit=_CASES):
        if appeal.state in OPEN and appeal.block is not None:
            await notify.card(desk, appeal)
