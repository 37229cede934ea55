"""«У меня тоже», «У меня другое», «Только итог»."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import problems
from services.model import AppealId

router = Router(name="citizen.problems")

_CHOICES = {"join": problems.stay, "other": problems.leave, "quiet": problems.hush}


@router.callback_query(Pressed("p1", *_CHOICES))
async def choose(_press: CallbackQuery, scene: Scene) -> None:
    """The author of a report about a problem says how it is with him."""
    button = scene.button
    assert button is not None
    await _CHOICES[button.action](
        scene.desk,
        actor=scene.known.actor,
        problem_id=button.id,
        appeal_id=AppealId(button.number()),
    )
