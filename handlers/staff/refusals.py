"""«Отказано» on a draft: the ground, then what the citizen can do."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from handlers.filters import Answers, Pressed
from services import prompts, refusals
from services.model import AnswerId

router = Router(name="staff.refusals")


@router.callback_query(Pressed("m1", "refuse"))
async def choose(_press: CallbackQuery, scene: Scene) -> None:
    """«Отказано»: the menu of grounds."""
    await refusals.choose(
        scene.desk,
        actor=scene.known.actor,
        answer_id=_answer(scene),
        channel=scene.known.account.channel,
        chat=scene.chat,
    )


@router.callback_query(Pressed("m1", "ground"))
async def ground(_press: CallbackQuery, scene: Scene) -> None:
    """Why it can't be done."""
    assert scene.button is not None
    await refusals.refuse(
        scene.desk,
        actor=scene.known.actor,
        answer_id=_answer(scene),
        ground=scene.button.word(1),
        channel=scene.known.account.channel,
        chat=scene.chat,
    )


@router.callback_query(Pressed("m1", "advice"))
async def ask_advice(_press: CallbackQuery, scene: Scene) -> None:
    """«Что можно»: asks for the words."""
    await refusals.ask_advice(
        scene.desk,
        actor=scene.known.actor,
        answer_id=_answer(scene),
        channel=scene.known.account.channel,
        chat=scene.chat,
    )


@router.message(Answers("advice"))
async def advise(_message: Message, scene: Scene) -> None:
    """What the citizen can do."""
    assert scene.message is not None
    assert scene.posted is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    await refusals.advise(
        scene.desk,
        actor=scene.known.actor,
        answer_id=AnswerId(scene.posted.data["draft"]),
        text=scene.message.text,
    )


@router.message(Answers("refusal"))
async def write(_message: Message, scene: Scene) -> None:
    """The words of a refusal, asked for by «Сделать нельзя»."""
    assert scene.message is not None
    assert scene.posted is not None
    assert scene.posted.appeal_id is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    await refusals.write(
        scene.desk,
        actor=scene.known.actor,
        person=scene.known.person,
        appeal_id=scene.posted.appeal_id,
        message=scene.message,
    )


def _answer(scene: Scene) -> AnswerId:
    assert scene.button is not None
    return AnswerId(scene.button.number())
