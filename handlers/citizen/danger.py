"""An emergency that is over, says the citizen."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed
from services import conversation
from services.model import AppealId

router = Router(name="citizen.danger")


@router.callback_query(Pressed("c1", "calm"))
async def calm(_press: CallbackQuery, scene: Scene) -> str:
    """«Уже не опасно»."""
    assert scene.button is not None
    await conversation.calm(scene.desk, scene.known, AppealId(scene.button.id))
    return toasts.calmed(scene.known.person.locale)
