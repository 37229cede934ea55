"""A message that asks one person for words: his reply to it is the answer, nobody else's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services import menus, notify
from services.access import Actor
from services.desk import Desk
from services.errors import DomainError
from services.model import Appeal, Person, Posted
from services.notices import Kind

ERASABLE = timedelta(days=1)
"""A messenger lets a bot delete its message for two days; well within them."""


async def ask(
    desk: Desk,
    appeal: Appeal,
    *,
    actor: Actor,
    channel: str,
    chat: str,
    purpose: str,
    anchor: str | None = None,
    **data: Any,
) -> None:
    """Ask in a group; `purpose` names the words in bot/views/prompts and the handler.

    With an `anchor` it can be taken back.
    """
    bound = await desk.uow.people.chat(channel, chat)
    await notify.in_chat(
        desk,
        bound,
        Kind.PROMPT,
        appeal=appeal,
        anchor=anchor,
        owner=actor.person_id,
        purpose=purpose,
        data=data,
    )


async def cancel(desk: Desk, anchor: str) -> bool:
    """Take a prompt back; False when none stands, or it is too old to be deleted."""
    standing = await desk.uow.screens.anchored(anchor)
    if standing is None:
        return False
    if desk.now - standing.at > ERASABLE:
        await desk.uow.screens.let_go(standing)
        return False
    menus.remove(desk, standing)
    return True


async def check_owner(desk: Desk, posted: Posted, actor: Actor) -> None:
    """Only who was asked may answer. Raises DomainError(«others_prompt»)."""
    if posted.owner_id is not None and posted.owner_id != actor.person_id:
        person = await desk.uow.need(Person, posted.owner_id)
        raise DomainError("others_prompt", name=person.first_name)
