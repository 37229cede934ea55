"""Commands of a private chat: /start (with an invitation), /help."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message

from bot.receive.scene import Scene
from services import conversation, directory, notify

router = Router(name="citizen.commands")


@router.message(CommandStart(deep_link=True, magic=F.args.startswith("r_")))
async def accept_invitation(_message: Message, command: CommandObject, scene: Scene) -> None:
    """A one-time link that gives a role."""
    token = (command.args or "").removeprefix("r_")
    grant = await directory.accept(scene.desk, person=scene.known.person, token=token)
    _say(scene, "role_given", role=grant.role, scope=grant.scope)


@router.message(CommandStart())
async def start(_message: Message, scene: Scene) -> None:
    """Who we are, and the consent."""
    await conversation.start(scene.desk, scene.known, chat=scene.chat)


@router.message(Command("help"))
async def help_(_message: Message, scene: Scene) -> None:
    """What can be written here."""
    _say(scene, "help")


def _say(scene: Scene, text: str, **values: object) -> None:
    notify.plain(
        scene.desk,
        scene.known.person,
        channel=scene.known.account.channel,
        chat_id=scene.chat,
        text=text,
        **values,
    )
