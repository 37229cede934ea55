"""«Ещё → Тема»: the duty officer says what a case is about before it has a block."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from bot.views.menus.triage import ANY
from handlers.filters import Pressed
from handlers.staff.pressed import place_of
from handlers.staff.topics import told
from services import topic_change

router = Router(name="duty.topics")


@router.callback_query(Pressed("t1", "topic"))
async def choose(_press: CallbackQuery, scene: Scene) -> None:
    """«Тема», a block's topics, and their pages."""
    assert scene.button is not None
    block, page = scene.button.word(), scene.button.number(1)
    await topic_change.choose(
        scene.desk,
        **place_of(scene).menu,
        block=None if block == ANY else block,
        page=page,
    )


@router.callback_query(Pressed("t1", "tblocks"))
async def by_block(_press: CallbackQuery, scene: Scene) -> None:
    """«По блокам», and its pages."""
    assert scene.button is not None
    page = scene.button.number()
    await topic_change.choose_block(scene.desk, **place_of(scene).menu, page=page)


@router.callback_query(Pressed("t1", "tp"))
async def tell(_press: CallbackQuery, scene: Scene) -> str:
    """A topic was chosen."""
    return await told(scene)
