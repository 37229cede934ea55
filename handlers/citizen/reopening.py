"""«Вернуть в работу»: from a message that is not the answer itself."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import feedback
from services.model import AppealId

router = Router(name="citizen.reopening")


@router.callback_query(Pressed("c1", "reopen"))
async def reopen(_press: CallbackQuery, scene: Scene) -> None:
    """As «Не решено»."""
    assert scene.button is not None
    number = AppealId(scene.button.id)
    await feedback.reopen(scene.desk, scene.known, number, chat=scene.chat)
