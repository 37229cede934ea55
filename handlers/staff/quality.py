"""The quality chat: pass, or send back with words."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Answers, Pressed
from services import prompts, quality
from services.model import AnswerId

router = Router(name="staff.quality")


@router.callback_query(Pressed("q1", "ok"))
async def let_pass(_press: CallbackQuery, scene: Scene) -> str:
    """«Пропустить»."""
    assert scene.button is not None
    answer_id = AnswerId(scene.button.number())
    await quality.let_pass(scene.desk, actor=scene.known.actor, answer_id=answer_id)
    return toasts.passed(scene.known.person.locale)


@router.callback_query(Pressed("q1", "c"))
async def tick(_press: CallbackQuery, scene: Scene) -> None:
    """A box of the card."""
    button = scene.button
    assert button is not None
    await quality.tick(
        scene.desk,
        actor=scene.known.actor,
        answer_id=AnswerId(button.number()),
        box=button.number(1),
    )


@router.callback_query(Pressed("m1", "fault"))
async def fault(_press: CallbackQuery, scene: Scene) -> None:
    """A code in the menu of «Вернуть»."""
    button = scene.button
    assert button is not None
    await quality.mark_fault(
        scene.desk,
        actor=scene.known.actor,
        answer_id=AnswerId(button.number()),
        code=button.word(1),
        channel=scene.known.account.channel,
        chat=scene.chat,
    )


@router.callback_query(Pressed("q1", "back"))
async def back(_press: CallbackQuery, scene: Scene) -> None:
    """«Вернуть»: asks what to mend."""
    assert scene.button is not None
    await quality.ask_remark(
        scene.desk,
        actor=scene.known.actor,
        answer_id=AnswerId(scene.button.number()),
        channel=scene.known.account.channel,
        chat=scene.chat,
    )


@router.message(Answers("remark"))
async def remark(_message: Message, scene: Scene) -> None:
    """The words to the executor."""
    assert scene.message is not None
    assert scene.posted is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    await quality.send_back(
        scene.desk,
        actor=scene.known.actor,
        answer_id=AnswerId(scene.posted.data["answer"]),
        remark=scene.message.text,
    )
