"""Buttons about the place: asked again, one of two streets, a point far away."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import places_asked
from services.model import AppealId

router = Router(name="citizen.places")


@router.callback_query(Pressed("c1", "place"))
async def ask(_press: CallbackQuery, scene: Scene) -> None:
    """«Место», «Другое место», «Другая точка»."""
    assert scene.button is not None
    await places_asked.ask(scene.desk, scene.known, AppealId(scene.button.id))


@router.callback_query(Pressed("c1", "terr"))
async def settle(_press: CallbackQuery, scene: Scene) -> None:
    """One of the settlements that have such a street."""
    button = scene.button
    assert button is not None
    await places_asked.settle(scene.desk, scene.known, AppealId(button.id), index=button.number())


@router.callback_query(Pressed("c1", "geook"))
async def keep_point(_press: CallbackQuery, scene: Scene) -> None:
    """«Записать» a point outside of the municipality."""
    assert scene.button is not None
    number = AppealId(scene.button.id)
    await places_asked.keep_point(scene.desk, scene.known, number, scene.posted)
