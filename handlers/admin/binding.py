"""/bind CODE in a group."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.receive.scene import Scene
from services import boards, directory, notify
from services.errors import DomainError
from services.notices import Kind

router = Router(name="admin.binding")


@router.message(Command("bind"))
async def bind(message: Message, command: CommandObject, scene: Scene) -> None:
    """Make this group a block's chat, the triage or the quality chat."""
    if scene.private:
        raise DomainError("bind_in_group")
    assert scene.message is not None
    if scene.message.anonymous:
        raise DomainError("anonymous")
    if not command.args:
        raise DomainError("bind_code_needed", codes=directory.chat_codes(scene.desk))
    chat = await directory.bind(
        scene.desk,
        actor=scene.known.actor,
        channel=scene.message.channel,
        chat_id=scene.chat,
        title=message.chat.title or "",
        code=command.args.strip(),
    )
    await notify.in_chat(scene.desk, chat, Kind.BOUND, purpose=chat.purpose, block=chat.block)
    await boards.put_up(scene.desk, chat, actor=scene.known.actor)
