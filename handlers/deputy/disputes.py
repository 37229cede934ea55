"""The head of МЦУ decides a dispute: a verdict, then the reason in words."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from handlers.filters import Answers, Asked, Pressed
from services import dialogs, disputes, prompts
from services.disputes import BACK
from services.model import AppealId

router = Router(name="deputy.disputes")


@router.callback_query(Pressed("d1", "disp"))
async def verdict(_press: CallbackQuery, scene: Scene) -> None:
    """«Вернуть в работу» or «Оставить ответ»: asks why."""
    button = scene.button
    assert button is not None
    await disputes.ask_reason(
        scene.desk,
        actor=scene.known.actor,
        person=scene.known.person,
        appeal_id=AppealId(button.id),
        back=button.word() == BACK,
        channel=scene.known.account.channel,
        chat=scene.chat,
        private=scene.private,
    )


@router.message(Asked(dialogs.DISPUTE))
async def reason(_message: Message, scene: Scene) -> None:
    """The reason, in a private chat: his next message."""
    found = await dialogs.current(scene.desk, scene.known.person.id, scene.chat)
    assert found is not None
    assert scene.message is not None
    await disputes.decide(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(found.data["appeal"]),
        back=found.data["back"],
        reason=scene.message.text,
    )
    await dialogs.close(scene.desk, scene.known.person.id, scene.chat)


@router.message(Answers("dispute"))
async def reason_in_the_duty_chat(_message: Message, scene: Scene) -> None:
    """The reason, as a reply to the prompt."""
    assert scene.message is not None
    assert scene.posted is not None
    assert scene.posted.appeal_id is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    await disputes.decide(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=scene.posted.appeal_id,
        back=scene.posted.data["back"],
        reason=scene.message.text,
    )
