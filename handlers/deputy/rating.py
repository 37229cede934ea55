"""/rating and its periods."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from handlers.filters import Pressed, Private
from services import rating
from services.model import Posted

router = Router(name="deputy.rating")
router.message.filter(Private())
router.callback_query.filter(Private())


@router.message(Command("rating"))
async def month(_message: Message, scene: Scene) -> None:
    """/rating: this month."""
    await _show(scene, rating.MONTH)


@router.callback_query(Pressed("d1", "rating"))
async def drill(_press: CallbackQuery, scene: Scene) -> None:
    """«Рейтинг» under a digest."""
    await _show(scene, rating.MONTH)


@router.callback_query(Pressed("d1", "rper"))
async def another(_press: CallbackQuery, scene: Scene) -> None:
    """The same message, another period."""
    assert scene.button is not None
    await _show(scene, scene.button.word(), scene.posted)


async def _show(scene: Scene, code: str, turned: Posted | None = None) -> None:
    await rating.show(
        scene.desk,
        scene.known,
        chat=scene.chat,
        code=code,
        turned=turned,
    )
