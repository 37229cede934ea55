"""/privacy, the own data as a file, /forgetme."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import notify, privacy

router = Router(name="citizen.privacy")


@router.message(Command("privacy"))
async def show(_message: Message, scene: Scene) -> None:
    """What we keep."""
    await privacy.show(scene.desk, scene.known, chat=scene.chat)


@router.callback_query(Pressed("c1", "export"))
async def export(_press: CallbackQuery, scene: Scene) -> None:
    """«Мои данные файлом»."""
    await privacy.export(scene.desk, scene.known, chat=scene.chat)


@router.message(Command("forgetme"))
async def ask(_message: Message, scene: Scene) -> None:
    """What will be erased?"""
    await privacy.ask(scene.desk, scene.known, chat=scene.chat)


@router.callback_query(Pressed("c1", "forget"))
async def ask_from_privacy(_press: CallbackQuery, scene: Scene) -> None:
    """«Удалить данные» asks as the command does."""
    await privacy.ask(scene.desk, scene.known, chat=scene.chat)


@router.callback_query(Pressed("c1", "fyes"))
async def forget(_press: CallbackQuery, scene: Scene) -> None:
    """«Удалить»."""
    await privacy.forget(scene.desk, scene.known, chat=scene.chat)


@router.callback_query(Pressed("c1", "fwait"))
async def later(_press: CallbackQuery, scene: Scene) -> None:
    """«Сначала ответ»."""
    await privacy.wait_for_answer(scene.desk, scene.known, chat=scene.chat)


@router.callback_query(Pressed("c1", "fno"))
async def keep(_press: CallbackQuery, scene: Scene) -> None:
    """«Не удалять»."""
    notify.plain(
        scene.desk,
        scene.known.person,
        channel=scene.known.account.channel,
        chat_id=scene.chat,
        text="kept",
    )
