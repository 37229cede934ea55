"""What could not be applied: apply it again, let it go."""

from __future__ import annotations

import time

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed
from services import parked

router = Router(name="duty.parked")


@router.callback_query(Pressed("x1", "papply", "pdrop"))
async def settle(_press: CallbackQuery, scene: Scene) -> str:
    """«Повторить», «Убрать»."""
    button = scene.button
    assert button is not None
    await parked.settle(
        scene.desk,
        actor=scene.known.actor,
        serial=button.id,
        again=button.action == "papply",
        clock=time.time(),
    )
    return toasts.done(scene.known.person.locale)


@router.callback_query(Pressed("x1", "plist"))
async def listed(_press: CallbackQuery, scene: Scene) -> None:
    """«Список» and its pages."""
    button = scene.button
    assert button is not None
    await parked.show_list(
        scene.desk,
        actor=scene.known.actor,
        channel=scene.known.account.channel,
        chat=scene.chat,
        page=button.number(),
    )


@router.callback_query(Pressed("x1", "pone"))
async def one(_press: CallbackQuery, scene: Scene) -> None:
    """One of the list, with its buttons."""
    assert scene.button is not None
    await parked.show_one(scene.desk, actor=scene.known.actor, serial=scene.button.id)


@router.callback_query(Pressed("x1", "pall"))
async def everything(_press: CallbackQuery, scene: Scene) -> str:
    """«Повторить все»."""
    await parked.settle_all(scene.desk, actor=scene.known.actor)
    return toasts.done(scene.known.person.locale)
