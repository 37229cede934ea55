"""What did not arrive: try again, leave it, look at the case."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed
from services import dead_letters, queue

router = Router(name="duty.dead_letters")


@router.callback_query(Pressed("x1", "retry", "drop"))
async def settle(_press: CallbackQuery, scene: Scene) -> str:
    """«Повторить», «Без доставки»."""
    button = scene.button
    assert button is not None
    await dead_letters.settle(
        scene.desk,
        actor=scene.known.actor,
        row_id=button.id,
        again=button.action == "retry",
    )
    return toasts.done(scene.known.person.locale)


@router.callback_query(Pressed("x1", "open"))
async def open_card(_press: CallbackQuery, scene: Scene) -> None:
    """«Карточка»."""
    assert scene.button is not None
    actor = scene.known.actor
    number = await dead_letters.case_of(scene.desk, actor=actor, row_id=scene.button.id)
    await queue.open_card(
        scene.desk,
        actor=actor,
        appeal_id=number,
        channel=scene.known.account.channel,
        chat=scene.chat,
    )


@router.callback_query(Pressed("x1", "list"))
async def listed(_press: CallbackQuery, scene: Scene) -> None:
    """«Список» and its pages."""
    button = scene.button
    assert button is not None
    await dead_letters.show_list(
        scene.desk,
        actor=scene.known.actor,
        channel=scene.known.account.channel,
        chat=scene.chat,
        page=button.number(),
    )


@router.callback_query(Pressed("x1", "one"))
async def one(_press: CallbackQuery, scene: Scene) -> None:
    """One of the list, with its buttons."""
    assert scene.button is not None
    await dead_letters.show_one(scene.desk, actor=scene.known.actor, row_id=scene.button.id)


@router.callback_query(Pressed("x1", "all"))
async def everything(_press: CallbackQuery, scene: Scene) -> str:
    """«Повторить все»."""
    await dead_letters.settle_all(scene.desk, actor=scene.known.actor)
    return toasts.done(scene.known.person.locale)
