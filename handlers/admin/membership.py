"""The bot comes back to a bound group, or its rights there change: what waited is put up."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import ChatMemberUpdated

from bot.receive.scene import Scene
from services import binding, boards
from services.access import HUB

router = Router(name="admin.membership")


@router.my_chat_member(F.new_chat_member.status.in_({"member", "administrator", "restricted"}))
async def back(event: ChatMemberUpdated, scene: Scene) -> None:
    """Cards that could not be sent are sent now."""
    if scene.bound is None:
        return
    binding.check_rights(scene.desk, scene.bound)
    if event.new_chat_member.status != "restricted":
        await boards.put_up(scene.desk, scene.bound, actor=HUB)
