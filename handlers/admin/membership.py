"""The bot is let into a group, or its rights change: a bound one gets what waited."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import ChatMemberUpdated

from bot.receive.scene import Scene
from handlers.filters import BotBecame, BoundTo
from services import binding, boards, house_chats, lost_chats
from services.access import HUB
from services.model import Purpose

router = Router(name="admin.membership")

OUTSIDE = ("left", "kicked")
"""What the bot was before somebody let it in; a change of rights inside is no entry."""


@router.my_chat_member(BotBecame("member", "administrator", "restricted"))
async def back(event: ChatMemberUpdated, scene: Scene) -> None:
    """Cards that could not be sent are sent now; in a strangers' group there is nothing to do."""
    if scene.bound is not None:
        await lost_chats.found(scene.desk, scene.bound)
        binding.check_rights(scene.desk, scene.bound)
        if event.new_chat_member.status != "restricted":
            await boards.put_up(scene.desk, scene.bound, actor=HUB)
    elif not scene.private and event.old_chat_member.status in OUTSIDE:
        await house_chats.entered(
            scene.desk,
            actor=scene.known.actor,
            channel=scene.known.account.channel,
            chat=scene.chat,
            feed=event.chat.type == "channel",
        )


@router.my_chat_member(BotBecame(*OUTSIDE), BoundTo(*Purpose))
async def removed(_event: ChatMemberUpdated, scene: Scene) -> None:
    """Out of a bound chat: administrators are told, its cards go to the duty officer."""
    assert scene.bound is not None
    await lost_chats.lost(scene.desk, scene.bound)
