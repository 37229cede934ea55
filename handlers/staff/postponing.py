"""«Отложить» on a card: a day, then words; «Вернуть в работу» before the day."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from handlers.filters import Answers, Pressed
from handlers.staff.pressed import place_of
from services import postponing, prompts
from services.model import AppealId

router = Router(name="staff.postponing")


@router.callback_query(Pressed("s1", "post"))
@router.callback_query(Pressed("m1", "pback"))
async def open_menu(_press: CallbackQuery, scene: Scene) -> None:
    """«Отложить», «Сменить дату»."""
    await postponing.open_menu(scene.desk, **place_of(scene).menu)


@router.callback_query(Pressed("m1", "pcal"))
async def calendar(_press: CallbackQuery, scene: Scene) -> None:
    """«Другой день», ‹ and ›."""
    assert scene.button is not None
    await postponing.open_menu(scene.desk, **place_of(scene).menu, page=scene.button.number())


@router.callback_query(Pressed("m1", "pd"))
async def day(_press: CallbackQuery, scene: Scene) -> None:
    """The day: now the words."""
    assert scene.button is not None
    await postponing.ask_words(scene.desk, **place_of(scene).menu, day=scene.button.word())


@router.message(Answers("postpone"))
async def words(_message: Message, scene: Scene) -> None:
    """What was done and what do we wait for."""
    assert scene.message is not None
    assert scene.posted is not None
    assert scene.posted.appeal_id is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    await postponing.promise(
        scene.desk,
        actor=scene.known.actor,
        person=scene.known.person,
        appeal_id=scene.posted.appeal_id,
        day=scene.posted.data["day"],
        message=scene.message,
    )


@router.callback_query(Pressed("s1", "resume"))
async def resume(_press: CallbackQuery, scene: Scene) -> None:
    """«Вернуть в работу»."""
    assert scene.button is not None
    await postponing.resume(
        scene.desk, actor=scene.known.actor, appeal_id=AppealId(scene.button.id)
    )
