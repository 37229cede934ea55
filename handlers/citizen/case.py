"""Buttons of the receipt: more words, why this date."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import conversation
from services.model import AppealId

router = Router(name="citizen.case")


@router.callback_query(Pressed("c1", "add"))
async def add(_press: CallbackQuery, scene: Scene) -> None:
    """«Дополнить»."""
    assert scene.button is not None
    number = AppealId(scene.button.id)
    await conversation.add_more(scene.desk, scene.known, number, chat=scene.chat)


@router.callback_query(Pressed("c1", "adddone"))
async def add_done(_press: CallbackQuery, scene: Scene) -> None:
    """«Готово»."""
    assert scene.button is not None
    number = AppealId(scene.button.id)
    await conversation.add_done(scene.desk, scene.known, number, chat=scene.chat)


@router.callback_query(Pressed("c1", "why"))
async def why(_press: CallbackQuery, scene: Scene) -> None:
    """«Почему такой срок»."""
    assert scene.button is not None
    await conversation.why(scene.desk, scene.known, AppealId(scene.button.id))
