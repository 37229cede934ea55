"""A citizen writes: the conversation decides what his message means."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import Message

from bot.receive.scene import Scene
from services import conversation

router = Router(name="citizen.messages")


@router.message()
async def receive(_message: Message, scene: Scene) -> None:
    """Any message that is no command."""
    assert scene.message is not None
    await conversation.receive(scene.desk, scene.known, scene.message)
