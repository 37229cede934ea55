"""The citizen judges an answer: outcome, reason, 1–5."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from handlers.filters import Pressed
from services import feedback
from services.model import AnswerId

router = Router(name="citizen.rating")


@router.callback_query(Pressed("c1", "out"))
async def verdict(_press: CallbackQuery, scene: Scene) -> None:
    """«Решено / Частично / Не решено»."""
    button = scene.button
    assert button is not None
    await feedback.verdict(
        scene.desk,
        scene.known,
        answer_id=AnswerId(button.number()),
        outcome=button.word(1),
        chat=scene.chat,
    )


@router.callback_query(Pressed("c1", "why_n", "rsn"))
async def reason(_press: CallbackQuery, scene: Scene) -> None:
    """«Что не так?» after «Не решено», or after a mark of 1–2."""
    button = scene.button
    assert button is not None
    await feedback.reason(
        scene.desk, scene.known, answer_id=AnswerId(button.number()), code=button.word(1)
    )


@router.callback_query(Pressed("c1", "csi"))
async def mark(_press: CallbackQuery, scene: Scene) -> None:
    """1–5."""
    button = scene.button
    assert button is not None
    await feedback.mark(
        scene.desk,
        scene.known,
        answer_id=AnswerId(button.number()),
        stars=button.number(1),
        chat=scene.chat,
    )


@router.callback_query(Pressed("c1", "reout"))
async def correct(_press: CallbackQuery, scene: Scene) -> None:
    """«Исправить»: the mark is asked again."""
    assert scene.button is not None
    await feedback.correct(scene.desk, scene.known, answer_id=AnswerId(scene.button.number()))
