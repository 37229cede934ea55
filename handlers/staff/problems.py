"""A mass problem: the duty officer joins or parts reports, the block speaks to all."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from handlers.filters import Answers, Pressed
from services import problem_work, problems, prompts
from services.model import AppealId

router = Router(name="staff.problems")

_PROMPTS = {"news": "news", "cause": "cause", "split": "take_out"}
"""Button → purpose of the prompt."""


@router.callback_query(Pressed("p1", "yes"))
async def confirm(_press: CallbackQuery, scene: Scene) -> None:
    """«Объединить»."""
    assert scene.button is not None
    await problems.confirm(scene.desk, actor=scene.known.actor, problem_id=scene.button.id)


@router.callback_query(Pressed("p1", "no"))
async def refuse(_press: CallbackQuery, scene: Scene) -> None:
    """«Разные», «Разобрать»."""
    assert scene.button is not None
    await problems.refuse(scene.desk, actor=scene.known.actor, problem_id=scene.button.id)


@router.callback_query(Pressed("p1", "hand"))
async def join_by_hand(_press: CallbackQuery, scene: Scene) -> None:
    """«Объединить» of two authors' cases."""
    button = scene.button
    assert button is not None
    await problem_work.join_by_hand(
        scene.desk,
        actor=scene.known.actor,
        lead_id=AppealId(button.id),
        appeal_id=AppealId(button.number()),
    )


@router.callback_query(Pressed("p1", "news", "cause", "split"))
async def ask_words(_press: CallbackQuery, scene: Scene) -> None:
    """«Новости всем», «Причина», «Отделить»: asks for the words or the number."""
    button = scene.button
    assert button is not None
    await problem_work.ask_words(
        scene.desk,
        actor=scene.known.actor,
        problem_id=button.id,
        channel=scene.known.account.channel,
        chat=scene.chat,
        purpose=_PROMPTS[button.action],
    )


@router.callback_query(Pressed("p1", "list", "more"))
async def show(_press: CallbackQuery, scene: Scene) -> None:
    """«Кто написал», «Ещё»."""
    button = scene.button
    assert button is not None
    await problems.show(
        scene.desk,
        actor=scene.known.actor,
        problem_id=button.id,
        channel=scene.known.account.channel,
        chat=scene.chat,
        name=f"problem_{button.action}",
    )


async def _asked(scene: Scene) -> int:
    assert scene.posted is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    return int(scene.posted.data["problem"])


@router.message(Answers("news"))
async def news(_message: Message, scene: Scene) -> None:
    """The news, to everybody."""
    assert scene.message is not None
    await problem_work.tell_all(
        scene.desk,
        actor=scene.known.actor,
        problem_id=await _asked(scene),
        text=scene.message.text,
        key=scene.message.external_id,
    )


@router.message(Answers("cause"))
async def cause(_message: Message, scene: Scene) -> None:
    """What happened."""
    assert scene.message is not None
    await problem_work.name_cause(
        scene.desk,
        actor=scene.known.actor,
        problem_id=await _asked(scene),
        text=scene.message.text,
    )


@router.message(Answers("take_out"))
async def take_out(_message: Message, scene: Scene) -> None:
    """The number that is about something else."""
    assert scene.message is not None
    await problems.split(
        scene.desk,
        actor=scene.known.actor,
        problem_id=await _asked(scene),
        number=scene.message.text,
    )
