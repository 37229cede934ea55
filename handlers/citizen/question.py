"""Buttons under a question to the citizen."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import questions
from services.model import AppealId

router = Router(name="citizen.question")


@router.callback_query(Pressed("c1", "dunno"))
async def not_known(_press: CallbackQuery, scene: Scene) -> None:
    """«Не знаю»."""
    button = scene.button
    assert button is not None
    await questions.not_known(scene.desk, scene.known, AppealId(button.id), seq=button.number())


@router.callback_query(Pressed("c1", "later"))
async def later(_press: CallbackQuery, scene: Scene) -> None:
    """«Отвечу позже»."""
    button = scene.button
    assert button is not None
    await questions.later(scene.desk, scene.known, AppealId(button.id), seq=button.number())
