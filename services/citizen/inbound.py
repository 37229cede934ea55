"""One way in for every messenger: what a citizen did, in neutral words, reaches its use case.

A channel without a framework of its own needs nothing else (architecture.md, «In», 6).
"""

from __future__ import annotations

from services import conversation, directory, edits, returning
from services.citizen import buttons, commands
from services.desk import Desk, use_case
from services.wire import Author, Edit, Inbound, Message, Press, Stopped


@use_case
async def take(desk: Desk, inbound: Inbound) -> None:
    """Do what the citizen asked for. Raises DomainError, which the channel says in words."""
    author = _author(inbound)
    if isinstance(inbound, Stopped):
        await directory.stopped(desk, channel=author.channel, external_id=author.external_id)
        return
    known = await directory.identify(desk, author, private=True)
    if known.returned:
        await returning.catch_up(desk, known, chat=_chat(inbound))
    match inbound:
        case Message(text=text) if text.startswith("/"):
            await commands.obey(desk, known, inbound)
        case Message():
            await conversation.receive(desk, known, inbound)
        case Edit(message):
            await edits.by_citizen(desk, known, message)
        case Press():
            await buttons.verify(desk, known, inbound)
            await buttons.press(desk, known, inbound)


def _author(inbound: Inbound) -> Author:
    return inbound.message.author if isinstance(inbound, Edit) else inbound.author


def _chat(inbound: Message | Edit | Press) -> str:
    return inbound.message.chat if isinstance(inbound, Edit) else inbound.chat
