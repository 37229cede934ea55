"""A message that asks one person for words: his reply to it is the answer, nobody else's."""

from __future__ import annotations

from typing import Any

from services import notify
from services.access import Actor
from services.desk import Desk
from services.errors import DomainError
from services.model import Appeal, Person, Posted
from services.notices import Kind


async def ask(
    desk: Desk, appeal: Appeal, *, actor: Actor, channel: str, chat: str, purpose: str, **data: Any
) -> None:
    """Ask in a group; `purpose` names the words in bot/views/prompts and the handler."""
    bound = await desk.uow.people.chat(channel, chat)
    await notify.in_chat(
        desk,
        bound,
        Kind.PROMPT,
        appeal=appeal,
        owner=actor.person_id,
        purpose=purpose,
        data=data,
    )


async def check_owner(desk: Desk, posted: Posted, actor: Actor) -> None:
    """Only who was asked may answer. Raises DomainError(«others_prompt»)."""
    if posted.owner_id is not None and posted.owner_id != actor.person_id:
        person = await desk.uow.need(Person, posted.owner_id)
        raise DomainError("others_prompt", name=person.first_name)
