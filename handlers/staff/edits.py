"""An executor edits his reply to a card."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import Message

from bot.receive.scene import Scene
from services import edits

router = Router(name="staff.edits")


@router.edited_message()
async def edited(_message: Message, scene: Scene) -> None:
    """The draft follows."""
    assert scene.message is not None
    await edits.by_staff(scene.desk, scene.known, scene.message)
