"""«Завершить» with its reason, and «Отмена» under any question for a reason."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from handlers.filters import Asked, Pressed, Private
from services import dialogs, notify, reasons, terminating
from services.model import AppealId

router = Router(name="deputy.deciding")
router.callback_query.filter(Private())
router.message.filter(Private())


@router.callback_query(Pressed("d1", "noask"))
async def cancel(_press: CallbackQuery, scene: Scene) -> None:
    """«Отмена»."""
    await reasons.cancel(scene.desk, scene.known, chat=scene.chat, posted=scene.posted)


@router.callback_query(Pressed("d1", "end"))
async def end(_press: CallbackQuery, scene: Scene) -> None:
    """«Завершить»: why?"""
    assert scene.button is not None
    await terminating.ask_reason(
        scene.desk,
        actor=scene.known.actor,
        person=scene.known.person,
        appeal_id=AppealId(scene.button.id),
        channel=scene.known.account.channel,
        chat=scene.chat,
    )


@router.message(Asked(dialogs.TERMINATE))
async def reason(_message: Message, scene: Scene) -> None:
    """The reason: his next message."""
    found = await dialogs.current(scene.desk, scene.known.person.id, scene.chat)
    assert found is not None
    assert scene.message is not None
    appeal = await terminating.terminate(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(found.data["appeal"]),
        reason=scene.message.text,
    )
    await dialogs.close(scene.desk, scene.known.person.id, scene.chat)
    notify.plain(
        scene.desk,
        scene.known.person,
        channel=scene.known.account.channel,
        chat_id=scene.chat,
        text="terminated",
        number=appeal.id,
    )
