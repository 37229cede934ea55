"""The bot comes back to a bound group: what waited is put up there."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import ChatMemberUpdated

from bot.receive.scene import Scene
from services import boards
from services.access import HUB

router = Router(name="admin.membership")


@router.my_chat_member(F.new_chat_member.status.in_({"member", "administrator"}))
async def back(_event: ChatMemberUpdated, scene: Scene) -> None:
    """Cards that could not be sent are sent now."""
    if scene.bound is not None:
        await boards.put_up(scene.desk, scene.bound, actor=HUB)
