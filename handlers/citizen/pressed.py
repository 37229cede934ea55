"""A citizen presses a button of his: services/citizen/buttons says what it does."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import OneOf
from services.citizen import buttons
from services.wire import Press

router = Router(name="citizen.pressed")


@router.callback_query(OneOf(buttons.BUTTONS))
async def press(_press: CallbackQuery, scene: Scene) -> None:
    """Any of the table; that it may be pressed was verified before."""
    assert scene.button is not None
    done = Press(scene.author, scene.chat, scene.pressed, scene.button)
    await buttons.press(scene.desk, scene.known, done)
