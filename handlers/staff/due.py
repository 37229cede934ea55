"""«Список» after an outage: what is overdue and due today, in the chat that owns it."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import oversight

router = Router(name="staff.due")


@router.callback_query(Pressed("s1", "due"))
async def due(_press: CallbackQuery, scene: Scene) -> None:
    """A new silent list, or another page of the one that was pressed."""
    assert scene.button is not None
    assert scene.bound is not None
    await oversight.show_in_group(
        scene.desk,
        scene.bound,
        actor=scene.known.actor,
        page=scene.button.number(),
        turned=scene.posted,
    )
