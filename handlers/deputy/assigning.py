"""«Назначить», «Поручить»: whom to, in private."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed, Private
from services import assigning
from services.model import AppealId, PersonId

router = Router(name="deputy.assigning")
router.callback_query.filter(Private())


@router.callback_query(Pressed("d1", "assign"))
async def choose(_press: CallbackQuery, scene: Scene) -> None:
    """«Назначить»."""
    await assigning.choose(scene.desk, actor=scene.known.actor, appeal_id=_number(scene))


@router.callback_query(Pressed("d1", "asgp"))
async def turn(_press: CallbackQuery, scene: Scene) -> None:
    """«‹» and «›»."""
    assert scene.button is not None
    await assigning.choose(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=_number(scene),
        page=scene.button.number(),
        turned=True,
    )


@router.callback_query(Pressed("d1", "asgto"))
async def give(_press: CallbackQuery, scene: Scene) -> str:
    """A person, or «Кто свободен»."""
    button = scene.button
    assert button is not None
    person = None if button.word() == "any" else PersonId(button.number())
    _appeal, found = await assigning.give(
        scene.desk, actor=scene.known.actor, appeal_id=_number(scene), to=person
    )
    return toasts.assigned(found.first_name, scene.known.person.locale)


@router.callback_query(Pressed("d1", "asgx"))
async def cancel(_press: CallbackQuery, scene: Scene) -> None:
    """«Отмена»."""
    await assigning.cancel(scene.desk, actor=scene.known.actor, appeal_id=_number(scene))


def _number(scene: Scene) -> AppealId:
    assert scene.button is not None
    return AppealId(scene.button.id)
