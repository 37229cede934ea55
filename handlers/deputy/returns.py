"""The head of МЦУ settles a second return: the block, who was right, one line of reason."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from handlers.filters import Answers, Asked, Pressed
from services import dialogs, final_returns, prompts

router = Router(name="deputy.returns")


@router.callback_query(Pressed("d1", "ppall", "ppback"))
async def turn(_press: CallbackQuery, scene: Scene) -> None:
    """«Другой блок», a page, or back."""
    button = scene.button
    assert button is not None
    page = button.number() if button.action == "ppall" else None
    await final_returns.turn(scene.desk, actor=scene.known.actor, decision_id=button.id, page=page)


@router.callback_query(Pressed("d1", "pp"))
async def choose(_press: CallbackQuery, scene: Scene) -> None:
    """The block."""
    button = scene.button
    assert button is not None
    await final_returns.choose(
        scene.desk, actor=scene.known.actor, decision_id=button.id, block=button.word()
    )


@router.callback_query(Pressed("d1", "just"))
async def judge(_press: CallbackQuery, scene: Scene) -> None:
    """Whose return was justified."""
    button = scene.button
    assert button is not None
    await final_returns.judge(
        scene.desk,
        actor=scene.known.actor,
        person=scene.known.person,
        decision_id=button.id,
        whose=button.word(),
        channel=scene.known.account.channel,
        chat=scene.chat,
    )


@router.message(Asked(dialogs.FINAL_REASON))
async def reason(_message: Message, scene: Scene) -> None:
    """The line of reason, in private: the next message."""
    assert scene.message is not None
    dialog = await dialogs.current(scene.desk, scene.known.person.id, scene.chat)
    assert dialog is not None
    await _decide(scene, dialog.data["decision"])


@router.message(Answers("final_reason"))
async def reason_in_group(_message: Message, scene: Scene) -> None:
    """The line of reason where the question stands in the duty chat."""
    assert scene.posted is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    await _decide(scene, scene.posted.data["decision"])


async def _decide(scene: Scene, decision_id: int) -> None:
    assert scene.message is not None
    await final_returns.decide(
        scene.desk,
        actor=scene.known.actor,
        person=scene.known.person,
        decision_id=decision_id,
        chat=scene.chat,
        words=scene.message.text,
    )
