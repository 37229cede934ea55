"""«Другая тема»: staff of a block say what a case is about."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed
from handlers.staff.pressed import place_of
from services import topic_change

router = Router(name="staff.topics")


@router.callback_query(Pressed("m1", "topic"))
async def choose(_press: CallbackQuery, scene: Scene) -> None:
    """«Другая тема», and its pages."""
    assert scene.button is not None
    await topic_change.choose(scene.desk, **place_of(scene).menu, page=scene.button.number())


@router.callback_query(Pressed("m1", "tp"))
async def tell(_press: CallbackQuery, scene: Scene) -> str:
    """A topic was chosen."""
    return await told(scene)


@router.callback_query(Pressed("s1", "untopic"))
async def take_back(_press: CallbackQuery, scene: Scene) -> str:
    """«Отменить смену темы» within a minute."""
    assert scene.button is not None
    here, seq = place_of(scene), scene.button.number()
    await topic_change.take_back(scene.desk, actor=here.actor, appeal_id=here.appeal_id, seq=seq)
    return toasts.undone(here.locale)


async def told(scene: Scene) -> str:
    """The topic of the button, for a case of a block or one in triage."""
    assert scene.button is not None
    here, button = place_of(scene), scene.button
    appeal = await topic_change.tell(
        scene.desk,
        actor=here.actor,
        appeal_id=here.appeal_id,
        topic=button.words(1),
        revision=button.number(),
    )
    return toasts.topic_told(scene.desk.town, appeal, here.locale)
