"""A deputy or a head of department allows a day, gives another one, or says no."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import extensions

router = Router(name="deputy.extensions")


@router.callback_query(Pressed("d1", "ext"))
async def grant(_press: CallbackQuery, scene: Scene) -> None:
    """«До 18.12»."""
    button = scene.button
    assert button is not None
    await extensions.grant(
        scene.desk, actor=scene.known.actor, decision_id=button.id, day=button.word()
    )


@router.callback_query(Pressed("d1", "extcal", "extback"))
async def turn(_press: CallbackQuery, scene: Scene) -> None:
    """«Другая дата», a page, or back."""
    button = scene.button
    assert button is not None
    page = button.number() if button.action == "extcal" else None
    await extensions.turn(scene.desk, actor=scene.known.actor, decision_id=button.id, page=page)


@router.callback_query(Pressed("d1", "extno"))
async def refuse(_press: CallbackQuery, scene: Scene) -> None:
    """«Не продлевать»."""
    button = scene.button
    assert button is not None
    await extensions.refuse(scene.desk, actor=scene.known.actor, decision_id=button.id)
