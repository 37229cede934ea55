"""/models in private: the classifier's models, and what was learnt at night."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed
from services import teaching
from services.errors import DomainError

router = Router(name="admin.models")


@router.message(Command("models"))
async def show(_message: Message, scene: Scene) -> None:
    """The list comes a moment later: files are looked at."""
    if not scene.private:
        raise DomainError("health_in_private")
    await teaching.show(
        scene.desk,
        actor=scene.known.actor,
        channel=scene.known.account.channel,
        chat=scene.chat,
    )


@router.callback_query(Pressed("a1", "muse"))
async def use(_press: CallbackQuery, scene: Scene) -> str:
    """A model of the list, or «cold»."""
    assert scene.button is not None
    await teaching.use(
        scene.desk,
        actor=scene.known.actor,
        channel=scene.known.account.channel,
        chat=scene.chat,
        mark=scene.button.word(),
    )
    return toasts.looking(scene.known.person.locale)


@router.callback_query(Pressed("a1", "mtake", "mkeep"))
async def decide(_press: CallbackQuery, scene: Scene) -> None:
    """«Включить», «Оставить прежнюю»."""
    button = scene.button
    assert button is not None
    await teaching.decide(
        scene.desk,
        actor=scene.known.actor,
        task_id=button.id,
        accept=button.action == "mtake",
    )
