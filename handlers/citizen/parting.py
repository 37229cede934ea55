"""One or two: «Это о другом» under an addition, «Это всё о № …» under a receipt."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import parting
from services.model import AppealId

router = Router(name="citizen.parting")


@router.callback_query(Pressed("c1", "split"))
async def split(_press: CallbackQuery, scene: Scene) -> None:
    """The added words are a case of their own."""
    button = scene.button
    assert button is not None
    await parting.split(scene.desk, scene.known, AppealId(button.id), first=button.number())


@router.callback_query(Pressed("c1", "merge"))
async def merge(_press: CallbackQuery, scene: Scene) -> None:
    """The newer case is the same as the older one."""
    button = scene.button
    assert button is not None
    old = AppealId(button.number())
    await parting.merge(scene.desk, scene.known, AppealId(button.id), into=old)
