"""Last: what nobody else understood is answered, never silent (conversations.md §7.12)."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, ChatMemberUpdated

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import BotBecame
from services import directory

router = Router(name="fallback")


@router.callback_query()
async def dead_button(_press: CallbackQuery, scene: Scene) -> str:
    """A button of an older version, of another chat, or a forged one."""
    return toasts.outdated(scene.known.person.locale)


@router.my_chat_member(BotBecame("kicked"))
async def stopped(_event: ChatMemberUpdated, scene: Scene) -> None:
    """The person blocked the bot."""
    if scene.private:
        account = scene.known.account
        await directory.stopped(
            scene.desk, channel=account.channel, external_id=account.external_id
        )
