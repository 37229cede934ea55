"""Buttons of a card in the block's chat."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed
from handlers.staff.pressed import place_of
from services import answer_prompts, asking_help, hand_over, questions, recall, work

router = Router(name="staff.cards")


@router.callback_query(Pressed("s1", "take"))
async def take(_press: CallbackQuery, scene: Scene) -> str:
    """«Взять»."""
    here = place_of(scene)
    appeal = await work.take(scene.desk, actor=here.actor, appeal_id=here.appeal_id)
    clocks = await scene.desk.uow.appeals.clocks_of(appeal.id)
    return toasts.taken(clocks, scene.desk.town.calendar.zone, here.locale)


@router.callback_query(Pressed("s1", "free"))
@router.callback_query(Pressed("m1", "free"))
async def give_up(_press: CallbackQuery, scene: Scene) -> str:
    """«Снять с себя»."""
    here = place_of(scene)
    await work.give_up(scene.desk, actor=here.actor, appeal_id=here.appeal_id)
    return toasts.given_up(here.locale)


@router.callback_query(Pressed("s1", "unask"))
async def unask(_press: CallbackQuery, scene: Scene) -> None:
    """«Снять вопрос»."""
    here = place_of(scene)
    await work.withdraw_question(scene.desk, actor=here.actor, appeal_id=here.appeal_id)


@router.callback_query(Pressed("s1", "ans"))
async def answer(_press: CallbackQuery, scene: Scene) -> str | None:
    """«Ответить»: a prompt to reply to; pressed again, it goes."""
    here = place_of(scene)
    stands = await answer_prompts.toggle(scene.desk, **here.menu)
    return None if stands else toasts.cancelled(here.locale)


@router.callback_query(Pressed("s1", "ask"))
async def ask(_press: CallbackQuery, scene: Scene) -> None:
    """«Уточнить»: the menu of questions."""
    await questions.choose(scene.desk, **place_of(scene).menu)


@router.callback_query(Pressed("s1", "move"))
@router.callback_query(Pressed("m1", "move"))
async def move(_press: CallbackQuery, scene: Scene) -> None:
    """«Передать», and back to its first page."""
    await hand_over.turn(scene.desk, **place_of(scene).menu, name="move")


@router.callback_query(Pressed("s1", "undo"))
async def undo(_press: CallbackQuery, scene: Scene) -> str:
    """«Отменить передачу» within a minute."""
    assert scene.button is not None
    here = place_of(scene)
    seq = scene.button.number()
    await hand_over.take_back(scene.desk, actor=here.actor, appeal_id=here.appeal_id, seq=seq)
    return toasts.undone(here.locale)


@router.callback_query(Pressed("s1", "recall"))
async def take_back(_press: CallbackQuery, scene: Scene) -> str:
    """«Отозвать ответ»."""
    here = place_of(scene)
    await recall.take_back(scene.desk, actor=here.actor, appeal_id=here.appeal_id)
    return toasts.recalled(here.locale)


@router.callback_query(Pressed("s1", "last"))
async def last(_press: CallbackQuery, scene: Scene) -> str:
    """«Прошлый ответ»."""
    here = place_of(scene)
    await recall.show_last(scene.desk, **here.menu)
    return toasts.below(here.locale)


@router.callback_query(Pressed("s1", "help"))
async def need_help(_press: CallbackQuery, scene: Scene) -> None:
    """«Нужна помощь»: the menu of what is missing."""
    await asking_help.choose(scene.desk, **place_of(scene).menu)
