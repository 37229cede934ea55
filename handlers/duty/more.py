"""«Ещё»: split, join, how urgent, not a problem."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.duty.triage import open_menu
from handlers.filters import Answers, Pressed
from services import forwarding, prompts, rejecting, splitting, triage, weighing
from services.model import AppealId, Posted

router = Router(name="duty.more")


@router.callback_query(Pressed("t1", "more"))
async def more(_press: CallbackQuery, scene: Scene) -> None:
    """«Ещё»."""
    await open_menu(scene, "triage.more")


@router.callback_query(Pressed("t1", "back"))
async def back(_press: CallbackQuery, scene: Scene) -> None:
    """«Назад»."""
    assert scene.button is not None
    appeal_id = AppealId(scene.button.id)
    await triage.close_menu(scene.desk, actor=scene.known.actor, appeal_id=appeal_id)


@router.callback_query(Pressed("t1", "split", "merge"))
async def ask_words(_press: CallbackQuery, scene: Scene) -> None:
    """«Разделить» and «Объединить» ask for words."""
    button = scene.button
    assert button is not None
    await splitting.ask_words(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(button.id),
        channel=scene.known.account.channel,
        chat=scene.chat,
        purpose=f"triage_{button.action}",
    )


@router.callback_query(Pressed("t1", "half"))
async def halve(_press: CallbackQuery, scene: Scene) -> str:
    """«Разделить: яма / мусор»."""
    assert scene.button is not None
    twin = await splitting.halve(
        scene.desk, actor=scene.known.actor, appeal_id=AppealId(scene.button.id)
    )
    return toasts.halved(twin, scene.known.person.locale)


@router.message(Answers("triage_split"))
async def split(_message: Message, scene: Scene) -> None:
    """The words of the second problem."""
    assert scene.message is not None
    posted = await _asked(scene)
    assert posted.appeal_id is not None
    await splitting.split(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=posted.appeal_id,
        words=scene.message.text,
    )


@router.message(Answers("triage_merge"))
async def join(_message: Message, scene: Scene) -> None:
    """The number of the other case."""
    assert scene.message is not None
    posted = await _asked(scene)
    assert posted.appeal_id is not None
    await splitting.join(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=posted.appeal_id,
        number=scene.message.text,
    )


async def _asked(scene: Scene) -> Posted:
    """The prompt, answered by who was asked."""
    assert scene.posted is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    return scene.posted


@router.callback_query(Pressed("t1", "urg"))
async def urgencies(_press: CallbackQuery, scene: Scene) -> None:
    """«Важность»."""
    await open_menu(scene, "triage.urgency")


@router.callback_query(Pressed("t1", "w"))
async def weigh(_press: CallbackQuery, scene: Scene) -> str:
    """An urgency was chosen."""
    button = scene.button
    assert button is not None
    await weighing.weigh(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(button.id),
        urgency=button.word(),
    )
    return toasts.weighed(scene.known.person.locale)


@router.callback_query(Pressed("t1", "rej"))
async def reasons(_press: CallbackQuery, scene: Scene) -> None:
    """«Не проблема»: why?"""
    await open_menu(scene, "triage.reject")


@router.callback_query(Pressed("t1", "no"))
async def reject(_press: CallbackQuery, scene: Scene) -> None:
    """A reason was chosen."""
    button = scene.button
    assert button is not None
    await rejecting.reject(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(button.id),
        reason=button.word(),
    )
    await triage.shut(scene.desk, AppealId(button.id))


@router.callback_query(Pressed("t1", "fwd"))
async def whose(_press: CallbackQuery, scene: Scene) -> None:
    """«Передать службе»: a page of the services."""
    button = scene.button
    assert button is not None
    await open_menu(scene, "triage.forward", page=button.number() if button.args else 1)


@router.callback_query(Pressed("t1", "to_svc"))
async def forward(_press: CallbackQuery, scene: Scene) -> str:
    """A service was chosen."""
    button = scene.button
    assert button is not None
    appeal_id = AppealId(button.id)
    await forwarding.forward(
        scene.desk, actor=scene.known.actor, appeal_id=appeal_id, service=button.word()
    )
    await triage.shut(scene.desk, appeal_id)
    return toasts.forwarded(scene.known.person.locale)
