"""What a batch of updates will ask the database for, read in one statement a table."""

from __future__ import annotations

from typing import Any

from bot.channels.telegram import inbound
from services import alike
from services.desk import Desk
from services.model import Account, Dialog, Draft, Grant, Person


async def foresee(desk: Desk, updates: list[dict[str, Any]]) -> None:
    """Read who the authors are, and of those who write in private what they have going on.

    Nothing depends on it but the number of statements: what is not foreseen is read when needed.
    """
    uow = desk.uow
    authors: dict[str, bool] = {}
    for update in updates:
        author = inbound.author(update)
        if author is not None:
            writes = "message" in update and inbound.is_private(update)
            authors[author.external_id] = authors.get(author.external_id, False) or writes
    if len(authors) < 2:
        return
    accounts = await uow.foresee(Account, "external_id", authors, channel=inbound.CHANNEL)
    everybody = [account.person_id for account in accounts]
    await uow.foresee(Person, "id", everybody)
    await uow.foresee(Grant, "person_id", everybody)
    writers = [account.person_id for account in accounts if authors[account.external_id]]
    if not writers:
        return
    await uow.foresee(Draft, "person_id", writers)
    await uow.foresee(Dialog, "person_id", writers)
    await uow.appeals.foresee_of_persons(writers)
    if not desk.town.speech.understood_after:
        # Nobody is listened to any further: what they say is an appeal in this transaction.
        await alike.foresee(desk, [inbound.words(update) for update in updates])
