"""Choices in menus under a card: a colleague, a question, what is missing; «Отмена»."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Answers, Pressed
from handlers.staff.pressed import place_of
from services import asking_help, hand_over, menus, prompts, questions
from services.model import PersonId

router = Router(name="staff.menus")


@router.callback_query(Pressed("m1", "x"))
async def cancel(_press: CallbackQuery, scene: Scene) -> None:
    """«Отмена»."""
    here = place_of(scene)
    await menus.close(scene.desk, here.appeal_id, actor=here.actor)


@router.callback_query(Pressed("m1", "ppl"))
async def people(_press: CallbackQuery, scene: Scene) -> None:
    """«Коллеге в блоке», and its pages."""
    assert scene.button is not None
    page = scene.button.number()
    await hand_over.turn(scene.desk, **place_of(scene).menu, name="people", page=page)


@router.callback_query(Pressed("m1", "to"))
async def to(_press: CallbackQuery, scene: Scene) -> str:
    """A colleague, or «Кто свободен»."""
    assert scene.button is not None
    here, button = place_of(scene), scene.button
    person = None if button.word() == "any" else PersonId(button.number())
    _appeal, found = await hand_over.give(
        scene.desk, actor=here.actor, appeal_id=here.appeal_id, to=person
    )
    return toasts.handed_over(found.first_name, here.locale)


@router.callback_query(Pressed("m1", "q"))
async def question(_press: CallbackQuery, scene: Scene) -> str | None:
    """A question of one press, or «Свой вопрос»."""
    assert scene.button is not None
    here, code = place_of(scene), scene.button.word()
    if code == "own":
        await questions.prompt(scene.desk, **here.menu)
        return None
    await questions.quick(scene.desk, actor=here.actor, appeal_id=here.appeal_id, code=code)
    return toasts.asked(here.locale)


@router.message(Answers("question"))
async def own_question(_message: Message, scene: Scene) -> None:
    """The executor's own words to the citizen."""
    assert scene.message is not None
    assert scene.posted is not None
    assert scene.posted.appeal_id is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    await questions.own(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=scene.posted.appeal_id,
        message=scene.message,
    )


@router.callback_query(Pressed("m1", "h"))
async def help_(_press: CallbackQuery, scene: Scene) -> str:
    """What is missing."""
    assert scene.button is not None
    here = place_of(scene)
    told = await asking_help.ask(
        scene.desk, actor=here.actor, appeal_id=here.appeal_id, reason=scene.button.word()
    )
    return toasts.help_called([p.first_name for p in told], here.locale)
