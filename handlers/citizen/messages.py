"""A citizen writes or edits: a command, or words whose meaning the conversation decides."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import Message

from bot.receive.scene import Scene
from handlers.filters import Slash
from services import conversation, edits
from services.citizen import commands

router = Router(name="citizen.messages")


@router.message(Slash())
async def obey(_message: Message, scene: Scene) -> None:
    """A command, or what looks like one."""
    assert scene.message is not None
    await commands.obey(scene.desk, scene.known, scene.message)


@router.message()
async def receive(_message: Message, scene: Scene) -> None:
    """Any other message."""
    assert scene.message is not None
    await conversation.receive(scene.desk, scene.known, scene.message)


@router.edited_message()
async def edited(_message: Message, scene: Scene) -> None:
    """The case follows."""
    assert scene.message is not None
    await edits.by_citizen(scene.desk, scene.known, scene.message)
