"""Lists behind the digest's buttons and /overdue; one case in private; «Напомнить всем»."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed, Private
from services import oversight, todo
from services.model import AppealId

router = Router(name="deputy.lists")
router.message.filter(Private())
router.callback_query.filter(Private())


@router.message(Command("overdue"))
async def overdue(_message: Message, scene: Scene) -> None:
    """/overdue: what is late in one's blocks."""
    await _show(scene, "late")


@router.callback_query(Pressed("d1", *oversight.LISTS))
async def drill(_press: CallbackQuery, scene: Scene) -> None:
    """A drill-down of the digest: a new silent message."""
    assert scene.button is not None
    await _show(scene, scene.button.action)


@router.callback_query(Pressed("d1", "page"))
async def turn(_press: CallbackQuery, scene: Scene) -> None:
    """«‹» and «›»: the same message, another page."""
    button = scene.button
    assert button is not None
    await oversight.show(
        scene.desk,
        scene.known,
        chat=scene.chat,
        name=button.word(),
        page=button.number(1),
        turned=scene.posted,
    )


async def _show(scene: Scene, name: str) -> None:
    await oversight.show(
        scene.desk,
        scene.known,
        chat=scene.chat,
        name=name,
    )


@router.callback_query(Pressed("d1", "open"))
async def card(_press: CallbackQuery, scene: Scene) -> None:
    """«Карточка», or a number in a list."""
    assert scene.button is not None
    await oversight.open_case(
        scene.desk,
        scene.known,
        chat=scene.chat,
        appeal_id=AppealId(scene.button.id),
    )


@router.callback_query(Pressed("d1", "show"))
async def question(_press: CallbackQuery, scene: Scene) -> None:
    """A question of the list, brought down to the end of the chat."""
    assert scene.button is not None
    await oversight.show_question(scene.desk, actor=scene.known.actor, decision_id=scene.button.id)


@router.callback_query(Pressed("d1", "nudge"))
async def nudge(_press: CallbackQuery, scene: Scene) -> str:
    """«Напомнить всем»."""
    held = await oversight.nudge(scene.desk, actor=scene.known.actor)
    return toasts.nudged(held, scene.known.person.locale)


@router.callback_query(Pressed("d1", "snooze"))
async def snooze(_press: CallbackQuery, scene: Scene) -> str:
    """«До завтра»."""
    until = await todo.snooze(scene.desk, actor=scene.known.actor)
    return toasts.snoozed(scene.desk.town, until, scene.known.person.locale)
