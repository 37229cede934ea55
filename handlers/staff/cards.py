"""Buttons of a card in the block's chat."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed
from services import work
from services.model import AppealId

router = Router(name="staff.cards")


@router.callback_query(Pressed("s1", "take"))
async def take(_press: CallbackQuery, scene: Scene) -> str:
    """«Взять»."""
    assert scene.button is not None
    appeal_id = AppealId(scene.button.id)
    await work.take(scene.desk, actor=scene.known.actor, appeal_id=appeal_id)
    return toasts.taken(scene.known.person.locale)


@router.callback_query(Pressed("s1", "free"))
async def give_up(_press: CallbackQuery, scene: Scene) -> None:
    """«Снять с себя»."""
    assert scene.button is not None
    appeal_id = AppealId(scene.button.id)
    await work.give_up(scene.desk, actor=scene.known.actor, appeal_id=appeal_id)


@router.callback_query(Pressed("s1", "unask"))
async def unask(_press: CallbackQuery, scene: Scene) -> None:
    """«Снять вопрос»."""
    assert scene.button is not None
    await work.withdraw_question(
        scene.desk, actor=scene.known.actor, appeal_id=AppealId(scene.button.id)
    )


@router.callback_query(Pressed("s1", "ans"))
async def answer(_press: CallbackQuery, scene: Scene) -> None:
    """«Ответить»: a prompt to reply to."""
    assert scene.button is not None
    await work.ask_for_words(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(scene.button.id),
        channel=scene.known.account.channel,
        chat=scene.chat,
        purpose="answer",
    )
