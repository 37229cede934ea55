"""/my: the list, one case, taking it back, putting it back to work."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import mine
from services.model import AppealId

router = Router(name="citizen.mine")


@router.message(Command("my"))
async def show(message: Message, scene: Scene) -> None:
    """A new list at the bottom of the chat."""
    anchor = f"my:{scene.chat}:{message.message_id}"
    await mine.show_list(scene.desk, scene.known, chat=scene.chat, anchor=anchor)


def _anchor(scene: Scene) -> str:
    """The message that was pressed is the one to turn."""
    if scene.posted is not None and scene.posted.anchor is not None:
        return scene.posted.anchor
    return f"my:{scene.chat}:{scene.pressed}"


@router.callback_query(Pressed("c1", "page"))
async def page(_press: CallbackQuery, scene: Scene) -> None:
    """Another page, or back to the list."""
    assert scene.button is not None
    await mine.show_list(
        scene.desk,
        scene.known,
        chat=scene.chat,
        anchor=_anchor(scene),
        page=scene.button.number(),
    )


@router.callback_query(Pressed("c1", "case", "wd"))
async def case(_press: CallbackQuery, scene: Scene) -> None:
    """One case; «Забрать» asks first."""
    button = scene.button
    assert button is not None
    await mine.show_case(
        scene.desk,
        scene.known,
        AppealId(button.id),
        chat=scene.chat,
        anchor=_anchor(scene),
        ask=button.action == "wd",
    )


@router.callback_query(Pressed("c1", "wdyes"))
async def withdraw(_press: CallbackQuery, scene: Scene) -> None:
    """Work on it stops."""
    assert scene.button is not None
    await mine.withdraw(
        scene.desk,
        scene.known,
        AppealId(scene.button.id),
        chat=scene.chat,
        anchor=_anchor(scene),
    )


@router.callback_query(Pressed("c1", "restore"))
async def restore(_press: CallbackQuery, scene: Scene) -> None:
    """A withdrawn case goes to work again."""
    assert scene.button is not None
    await mine.restore(
        scene.desk,
        scene.known,
        AppealId(scene.button.id),
        chat=scene.chat,
        anchor=_anchor(scene),
    )
