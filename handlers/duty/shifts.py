"""/shift and /queue, in private or in the duty chat."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import queue, shifts
from services.model import AppealId

router = Router(name="duty.shifts")


@router.message(Command("shift"))
async def shift(_message: Message, command: CommandObject, scene: Scene) -> None:
    """/shift, /shift on, /shift off."""
    await _turn(scene, (command.args or "").strip().lower())


@router.callback_query(Pressed("t1", "shift"))
async def press(_press: CallbackQuery, scene: Scene) -> None:
    """«Заступить», «Сдать»."""
    assert scene.button is not None
    await _turn(scene, scene.button.word())


async def _turn(scene: Scene, word: str) -> None:
    actor = scene.known.actor
    if word == "on":
        await shifts.come_on(scene.desk, actor=actor)
    elif word == "off":
        await shifts.leave(scene.desk, actor=actor)
    await shifts.show(scene.desk, actor=actor, channel=scene.known.account.channel, chat=scene.chat)


@router.message(Command("queue"))
async def begin(_message: Message, scene: Scene) -> None:
    """/queue."""
    await queue.begin(
        scene.desk,
        actor=scene.known.actor,
        channel=scene.known.account.channel,
        chat=scene.chat,
    )


@router.callback_query(Pressed("t1", "list"))
async def turn(_press: CallbackQuery, scene: Scene) -> None:
    """Another page, another view."""
    button = scene.button
    assert button is not None
    await queue.show(
        scene.desk,
        actor=scene.known.actor,
        channel=scene.known.account.channel,
        chat=scene.chat,
        view=button.word(),
        page=button.number(1),
    )


@router.callback_query(Pressed("t1", "open"))
async def open_card(_press: CallbackQuery, scene: Scene) -> None:
    """A case of the list."""
    assert scene.button is not None
    await queue.open_card(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(scene.button.id),
        channel=scene.known.account.channel,
        chat=scene.chat,
    )
