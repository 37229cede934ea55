"""«Не наше» on a card: a menu, a suggested block, a reason."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Answers, Pressed
from handlers.staff.pressed import place_of
from services import prompts, returns

router = Router(name="staff.returns")


@router.callback_query(Pressed("s1", "return"))
@router.callback_query(Pressed("m1", "rback"))
async def open_menu(_press: CallbackQuery, scene: Scene) -> None:
    """«Не наше», or back to what happened."""
    await returns.open_menu(scene.desk, **place_of(scene).menu)


@router.callback_query(Pressed("m1", "r"))
async def reason(_press: CallbackQuery, scene: Scene) -> str | None:
    """What happened."""
    assert scene.button is not None
    match scene.button.word():
        case "R3":
            await returns.ask_number(scene.desk, **place_of(scene).menu)
        case "R4":
            if not await returns.too_little(scene.desk, **place_of(scene).menu):
                return toasts.take_and_ask(scene.known.person.locale)
        case "R5":
            if not await returns.cannot_be_done(scene.desk, **place_of(scene).menu):
                return toasts.take_first(scene.known.person.locale)
        case code:
            await returns.choose_block(scene.desk, **place_of(scene).menu, reason=code)
    return None


@router.callback_query(Pressed("m1", "all"))
async def all_blocks(_press: CallbackQuery, scene: Scene) -> None:
    """«Все блоки», a page of them."""
    button = scene.button
    assert button is not None
    await returns.choose_block(
        scene.desk, **place_of(scene).menu, reason=button.word(), page=button.number(1)
    )


@router.callback_query(Pressed("m1", "sug"))
async def suggest(_press: CallbackQuery, scene: Scene) -> None:
    """The block is chosen: why?"""
    button = scene.button
    assert button is not None
    await returns.ask_reason(
        scene.desk, **place_of(scene).menu, reason=button.word(), block=button.word(1)
    )


@router.message(Answers("return_reason"))
async def give_back(_message: Message, scene: Scene) -> None:
    """The reason: the case goes back."""
    assert scene.message is not None
    assert scene.posted is not None
    assert scene.posted.appeal_id is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    await returns.give_back(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=scene.posted.appeal_id,
        reason=scene.posted.data["reason"],
        block=scene.posted.data["block"],
        words=scene.message.text,
    )


@router.message(Answers("repeat_of"))
async def repeat(_message: Message, scene: Scene) -> None:
    """The number of the other report."""
    assert scene.message is not None
    assert scene.posted is not None
    assert scene.posted.appeal_id is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    await returns.propose_repeat(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=scene.posted.appeal_id,
        words=scene.message.text,
    )
