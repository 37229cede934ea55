"""Commands of a private chat, by name: the same in every messenger (conversations.md §1.16)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from services import conversation, directory, languages, mine, notify, privacy
from services.desk import Desk, use_case
from services.directory import Known
from services.wire import Message

INVITATION = "r_"
"""How the argument of /start begins when it is a link that gives a role."""


@use_case
async def obey(desk: Desk, known: Known, message: Message) -> None:
    """Do what a message that begins with «/» asks for; an unknown command is answered kindly.

    Raises DomainError where a command can't be followed.
    """
    name, _space, argument = message.text.removeprefix("/").partition(" ")
    do = COMMANDS.get(name.partition("@")[0].lower())
    if do is None:
        notify.say(desk, known, "unknown_command", chat=message.chat)
        return
    await do(desk, known, message, argument.strip())


async def _start(desk: Desk, known: Known, message: Message, argument: str) -> None:
    if not argument.startswith(INVITATION):
        await conversation.start(desk, known, chat=message.chat)
        return
    token = argument.removeprefix(INVITATION)
    grant = await directory.accept(desk, person=known.person, token=token)
    notify.say(desk, known, "role_given", chat=message.chat, role=grant.role, scope=grant.scope)


async def _help(desk: Desk, known: Known, message: Message, _argument: str) -> None:
    notify.say(desk, known, "help", chat=message.chat)


async def _my(desk: Desk, known: Known, message: Message, _argument: str) -> None:
    anchor = f"my:{message.chat}:{message.external_id}"
    await mine.show_list(desk, known, chat=message.chat, anchor=anchor)


async def _privacy(desk: Desk, known: Known, message: Message, _argument: str) -> None:
    await privacy.show(desk, known, chat=message.chat)


async def _forgetme(desk: Desk, known: Known, message: Message, _argument: str) -> None:
    await privacy.ask(desk, known, chat=message.chat)


async def _language(desk: Desk, known: Known, message: Message, _argument: str) -> None:
    anchor = f"language:{message.chat}:{message.external_id}"
    await languages.ask(desk, known, chat=message.chat, anchor=anchor)


COMMANDS: dict[str, Callable[[Desk, Known, Message, str], Awaitable[None]]] = {
    "start": _start,
    "help": _help,
    "my": _my,
    "privacy": _privacy,
    "forgetme": _forgetme,
    "language": _language,
}
