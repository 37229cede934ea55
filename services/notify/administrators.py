"""To those who can mend what is not set up yet."""

from __future__ import annotations

from typing import Any

from services.desk import Desk
from services.model import Account, Appeal, Chat, Purpose, Role
from services.notices import Kind, Priority
from services.notify.people import address, in_chat
from services.notify.queue import queue


async def block_without_chat(desk: Desk, appeal: Appeal) -> None:
    """A case came to a block that no chat is bound to: said once for each such block."""
    for account in await _administrators(desk):
        queue(
            desk,
            Kind.PLAIN,
            channel=account.channel,
            chat_id=account.external_id,
            person_id=account.person_id,
            priority=Priority.REMINDER,
            key=f"homeless:{appeal.block}:{account.person_id}",
            ref={
                "text": "block_without_chat",
                "values": {"code": appeal.block, "number": appeal.id},
            },
        )


async def removed_from(desk: Desk, chat: Chat) -> None:
    """The bot was removed from a bound chat: said to every administrator, and to the duty chat."""
    told = {"title": chat.title, "code": chat.block or str(chat.purpose).upper()}
    text = "removed_from_block" if chat.purpose is Purpose.BLOCK else "removed_from"
    for account in await _administrators(desk):
        queue(
            desk,
            Kind.PLAIN,
            channel=account.channel,
            chat_id=account.external_id,
            person_id=account.person_id,
            priority=Priority.ANSWER,
            ref={"text": text, "values": told},
        )
    duty = await desk.uow.people.chat_for(Purpose.TRIAGE)
    if duty is not None:
        await in_chat(desk, duty, Kind.PLAIN, text="removed_seen", values=told)


async def to_administrators(
    desk: Desk, kind: Kind, *, anchor: str, priority: Priority, **ref: Any
) -> None:
    """One thing to every administrator, in his own chat; what stands there is edited."""
    for account in await _administrators(desk):
        queue(
            desk,
            kind,
            channel=account.channel,
            chat_id=account.external_id,
            person_id=account.person_id,
            priority=priority,
            anchor=f"{anchor}:{account.person_id}",
            ref=ref,
        )


async def _administrators(desk: Desk) -> list[Account]:
    """Those named in the settings and those who hold the role, as far as they can be written to."""
    named = [await desk.uow.people.account(channel, who) for channel, who in sorted(desk.admins)]
    found = [account for account in named if account is not None and account.reachable]
    for grant in await desk.uow.people.holders(Role.ADM, desk.now):
        account = await address(desk, grant.person_id)
        if account is not None:
            found.append(account)
    return list({account.person_id: account for account in found}.values())
