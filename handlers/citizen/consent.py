"""«Даю согласие» and «Пока нет»."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import consent

router = Router(name="citizen.consent")


@router.callback_query(Pressed("c1", "agree"))
async def agree(_press: CallbackQuery, scene: Scene) -> None:
    """The words written before go to work."""
    assert scene.button is not None
    await consent.agree(scene.desk, scene.known, version=scene.button.id, chat=scene.chat)


@router.callback_query(Pressed("c1", "noagree"))
async def decline(_press: CallbackQuery, scene: Scene) -> None:
    """Nothing is kept."""
    await consent.decline(scene.desk, scene.known, chat=scene.chat)
