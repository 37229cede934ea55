"""«Не тот отдел»: whose it is, as the citizen sees it."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import corrections
from services.model import AppealId

router = Router(name="citizen.corrections")


@router.callback_query(Pressed("c1", "dept"))
async def ask(_press: CallbackQuery, scene: Scene) -> None:
    """The receipt asks whose it is."""
    assert scene.button is not None
    await corrections.ask_department(scene.desk, scene.known, AppealId(scene.button.id))


@router.callback_query(Pressed("c1", "deptset"))
async def suggest(_press: CallbackQuery, scene: Scene) -> None:
    """A block, or «Не знаю»."""
    button = scene.button
    assert button is not None
    await corrections.suggest(scene.desk, scene.known, AppealId(button.id), button.word())


@router.callback_query(Pressed("c1", "back"))
async def back(_press: CallbackQuery, scene: Scene) -> None:
    """«Назад»."""
    assert scene.button is not None
    await corrections.back(scene.desk, scene.known, AppealId(scene.button.id))
