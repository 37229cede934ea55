"""The duty officer's reply to what was not clear, or to a service's day, goes to the citizen."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import Message

from bot.receive.scene import Scene
from handlers.filters import RepliesTo
from services import clarity, notify
from services.notices import Kind

router = Router(name="duty.explaining")


@router.message(RepliesTo(Kind.UNCLEAR, Kind.FORWARD_DUE))
async def explain(_message: Message, scene: Scene) -> None:
    """Plain words, in the chat where the citizen asked."""
    assert scene.message is not None
    assert scene.posted is not None
    assert scene.posted.appeal_id is not None
    await clarity.explain(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=scene.posted.appeal_id,
        text=scene.message.text,
    )
    notify.reply_in_group(
        scene.desk,
        channel=scene.message.channel,
        chat_id=scene.chat,
        kind=Kind.PLAIN,
        text="passed_to_citizen",
        values={},
        reply_to=scene.message.external_id,
    )
