"""Last: what nobody else understood is answered, never silent (conversations.md §7.12)."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.receive.scene import Scene
from bot.views import toasts
from services import directory, notify

router = Router(name="fallback")
unknown = Router(name="unknown_command")


@unknown.message(F.text.startswith("/"))
async def unknown_command(_message: Message, scene: Scene) -> None:
    """A command we don't have; in groups it is somebody else's business."""
    if scene.private:
        notify.plain(
            scene.desk,
            scene.known.person,
            channel=scene.known.account.channel,
            chat_id=scene.chat,
            text="unknown_command",
        )


@router.callback_query()
async def dead_button(_press: CallbackQuery, scene: Scene) -> str:
    """A button of an older version, of another chat, or a forged one."""
    return toasts.outdated(scene.known.person.locale)


@router.my_chat_member(F.new_chat_member.status == "kicked")
async def stopped(_event: ChatMemberUpdated, scene: Scene) -> None:
    """The person blocked the bot."""
    if scene.private:
        account = scene.known.account
        await directory.stopped(
            scene.desk, channel=account.channel, external_id=account.external_id
        )
