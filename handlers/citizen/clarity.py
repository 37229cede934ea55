"""«Понятно, почему так?»: clear, not clear, disputed; and an answer taken back within a week."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import clarity, feedback, mine
from services.model import AppealId
from services.notices import Kind

router = Router(name="citizen.clarity")


@router.callback_query(Pressed("c1", "clear"))
async def say(_press: CallbackQuery, scene: Scene) -> None:
    """«Понятно», «Не понятно»."""
    button = scene.button
    assert button is not None
    await clarity.say(
        scene.desk,
        scene.known,
        appeal_id=AppealId(button.id),
        said=button.word(1),
        chat=scene.chat,
        posted=scene.posted,
        about_answer=button.number() > 0,
    )


@router.callback_query(Pressed("c1", "disp"))
async def dispute(_press: CallbackQuery, scene: Scene) -> None:
    """«Хочу оспорить», «Вы ошиблись»."""
    assert scene.button is not None
    number = AppealId(scene.button.id)
    await clarity.dispute(scene.desk, scene.known, appeal_id=number, posted=scene.posted)


@router.callback_query(Pressed("c1", "reopen"))
async def reopen(_press: CallbackQuery, scene: Scene) -> None:
    """«Вернуть в работу», under an answer or in /my: there the case is shown anew."""
    assert scene.button is not None
    number, posted = AppealId(scene.button.id), scene.posted
    await feedback.reopen(scene.desk, scene.known, appeal_id=number)
    if posted is not None and posted.kind in (Kind.MY_LIST, Kind.MY_CASE) and posted.anchor:
        await mine.show_case(scene.desk, scene.known, number, chat=scene.chat, anchor=posted.anchor)
