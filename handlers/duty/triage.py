"""The triage card: three best blocks, or any other."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed
from services import triage
from services.model import AppealId

router = Router(name="duty.triage")


@router.callback_query(Pressed("t1", "to"))
async def route(_press: CallbackQuery, scene: Scene) -> str:
    """A block was chosen."""
    button = scene.button
    assert button is not None
    appeal = await triage.route(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(button.id),
        block=button.word(),
    )
    return toasts.routed(scene.desk.town, appeal, scene.known.person.locale)


@router.callback_query(Pressed("t1", "all"))
async def all_blocks(_press: CallbackQuery, scene: Scene) -> None:
    """«Другой блок»: a page of the menu."""
    button = scene.button
    assert button is not None
    await triage.show_blocks(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(button.id),
        channel=scene.known.account.channel,
        chat=scene.chat,
        message=scene.pressed or "",
        page=button.number() if button.args else 1,
    )
