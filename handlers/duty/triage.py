"""The triage card: three best blocks, any other, a question, and back again."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Answers, Pressed
from services import prompts, triage, triage_questions
from services.model import AppealId

router = Router(name="duty.triage")


@router.callback_query(Pressed("t1", "to"))
async def route(_press: CallbackQuery, scene: Scene) -> str:
    """A block was chosen."""
    button = scene.button
    assert button is not None
    appeal = await triage.route(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(button.id),
        block=button.word(),
    )
    return toasts.routed(scene.desk.town, appeal, scene.known.person.locale)


@router.callback_query(Pressed("t1", "undo"))
async def undo(_press: CallbackQuery, scene: Scene) -> str:
    """«Вернуть себе»."""
    assert scene.button is not None
    appeal_id = AppealId(scene.button.id)
    await triage.undo(scene.desk, actor=scene.known.actor, appeal_id=appeal_id)
    return toasts.taken_back(scene.known.person.locale)


@router.callback_query(Pressed("t1", "all"))
async def all_blocks(_press: CallbackQuery, scene: Scene) -> None:
    """«Другой блок»: a page of the menu."""
    button = scene.button
    assert button is not None
    await open_menu(scene, "triage.blocks", page=button.number() if button.args else 1)


@router.callback_query(Pressed("t1", "ask"))
async def ask(_press: CallbackQuery, scene: Scene) -> None:
    """«Спросить»: the usual questions."""
    await open_menu(scene, "triage.ask")


@router.callback_query(Pressed("t1", "q"))
async def usual(_press: CallbackQuery, scene: Scene) -> str:
    """One of the usual questions."""
    button = scene.button
    assert button is not None
    await triage_questions.quick(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(button.id),
        code=button.word(),
    )
    return toasts.asked_from_triage(scene.known.person.locale)


@router.callback_query(Pressed("t1", "own"))
async def own(_press: CallbackQuery, scene: Scene) -> None:
    """«Свой вопрос»: a prompt."""
    assert scene.button is not None
    await triage_questions.ask_own(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(scene.button.id),
        channel=scene.known.account.channel,
        chat=scene.chat,
    )


@router.message(Answers("triage_question"))
async def asked(_message: Message, scene: Scene) -> None:
    """The words of the question."""
    assert scene.message is not None
    assert scene.posted is not None
    assert scene.posted.appeal_id is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    await triage_questions.ask(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=scene.posted.appeal_id,
        text=scene.message.text,
    )


@router.callback_query(Pressed("t1", "unask"))
async def unask(_press: CallbackQuery, scene: Scene) -> None:
    """«Снять вопрос»."""
    assert scene.button is not None
    appeal_id = AppealId(scene.button.id)
    await triage_questions.withdraw(scene.desk, actor=scene.known.actor, appeal_id=appeal_id)


async def open_menu(scene: Scene, name: str, *, page: int = 1) -> None:
    """A menu of the presser under the triage card."""
    assert scene.button is not None
    await triage.open_menu(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(scene.button.id),
        channel=scene.known.account.channel,
        chat=scene.chat,
        name=name,
        page=page,
    )
