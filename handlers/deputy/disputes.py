"""The head of МЦУ decides a dispute, in private."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed
from services import disputes
from services.model import AppealId

router = Router(name="deputy.disputes")


@router.callback_query(Pressed("d1", "disp"))
async def decide(_press: CallbackQuery, scene: Scene) -> str:
    """«Вернуть в работу» or «Оставить ответ»."""
    button = scene.button
    assert button is not None
    await disputes.decide(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(button.id),
        back=button.word() == "back",
    )
    return toasts.decided(scene.known.person.locale)
