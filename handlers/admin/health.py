"""/health in private: how the hub is doing, and what is wrong."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import health
from services.errors import DomainError
from services.notices import Kind

router = Router(name="admin.health")


@router.message(Command("health"))
async def show(_message: Message, scene: Scene) -> None:
    """The state in a few lines."""
    if not scene.private:
        raise DomainError("health_in_private")
    await _show(scene, Kind.HEALTH)


@router.callback_query(Pressed("a1", "health"))
async def again(_press: CallbackQuery, scene: Scene) -> None:
    """«Обновить»."""
    await _show(scene, Kind.HEALTH, again=True)


@router.callback_query(Pressed("a1", "hfix"))
async def wrong(_press: CallbackQuery, scene: Scene) -> None:
    """«Что не так»."""
    await _show(scene, Kind.FINDINGS)


async def _show(scene: Scene, kind: Kind, *, again: bool = False) -> None:
    await health.show(
        scene.desk,
        actor=scene.known.actor,
        person_id=scene.known.person.id,
        channel=scene.known.account.channel,
        chat_id=scene.chat,
        kind=kind,
        again=again,
    )
