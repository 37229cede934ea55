"""«Принял»: in private or in the duty chat."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed
from services import accepting

router = Router(name="duty.alarms")


@router.callback_query(Pressed("t1", "accept"))
async def accept(_press: CallbackQuery, scene: Scene) -> str:
    """The first one has it, nobody is called any more."""
    assert scene.button is not None
    await accepting.accept(scene.desk, actor=scene.known.actor, alarm_id=scene.button.id)
    return toasts.accepted(scene.known.person.locale)
