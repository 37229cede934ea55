"""/language: the person's own choice, whatever the messenger says."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.i18n import LOCALES
from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import languages
from services.errors import OutOfDate

router = Router(name="citizen.language")


@router.message(Command("language"))
async def ask(message: Message, scene: Scene) -> None:
    """The two languages as buttons."""
    anchor = f"language:{scene.chat}:{message.message_id}"
    await languages.ask(scene.desk, scene.known, chat=scene.chat, anchor=anchor)


@router.callback_query(Pressed("c1", "lang"))
async def choose(_press: CallbackQuery, scene: Scene) -> None:
    """The message is edited to the choice."""
    assert scene.button is not None
    locale = scene.button.word()
    if locale not in LOCALES:
        raise OutOfDate("outdated")
    posted = scene.posted
    anchor = posted.anchor if posted is not None else None
    await languages.choose(scene.desk, scene.known, locale=locale, chat=scene.chat, anchor=anchor)
