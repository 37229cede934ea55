"""A citizen edits a message of his."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import Message

from bot.receive.scene import Scene
from services import edits

router = Router(name="citizen.edits")


@router.edited_message()
async def edited(_message: Message, scene: Scene) -> None:
    """The case follows."""
    assert scene.message is not None
    await edits.by_citizen(scene.desk, scene.known, scene.message)
