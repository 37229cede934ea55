"""A reply to a card is a draft; its preview is settled by buttons."""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Answers, Pressed, RepliesTo
from services import work
from services.model import AnswerId
from services.notices import Kind

router = Router(name="staff.drafts")

ANSWERABLE = (
    Kind.CARD,
    Kind.MEDIA,
    Kind.DRAFT,
    Kind.SENT_BACK,
    Kind.CITIZEN_REPLIED,
    Kind.CITIZEN_ASKS,
    Kind.CITIZEN_RETURNED,
    Kind.REMINDER,
    Kind.HANDED_OVER,
    Kind.PROMISE_DAY,
    Kind.LAST_ANSWER,
    Kind.LONG_WORDS,
)
"""Messages of ours that stand for a case: a reply to any of them is about it."""


@router.message(Answers("answer"))
@router.message(RepliesTo(*ANSWERABLE))
async def write(_message: Message, scene: Scene) -> None:
    """The holder's words are a draft, another's a note."""
    assert scene.message is not None
    assert scene.posted is not None
    if scene.posted.appeal_id is None:
        return
    await work.write(
        scene.desk,
        actor=scene.known.actor,
        person=scene.known.person,
        appeal_id=scene.posted.appeal_id,
        message=scene.message,
    )


@router.callback_query(Pressed("m1", "outcome"))
async def outcome(_press: CallbackQuery, scene: Scene) -> None:
    """How the draft ends: solved, partly, explained."""
    button = scene.button
    assert button is not None
    await work.set_outcome(
        scene.desk,
        actor=scene.known.actor,
        answer_id=AnswerId(button.number()),
        outcome=button.word(1),
    )


@router.callback_query(Pressed("m1", "send"))
async def submit(_press: CallbackQuery, scene: Scene) -> str:
    """«Отправить»."""
    await work.submit(scene.desk, actor=scene.known.actor, answer_id=_answer(scene))
    return toasts.submitted(scene.known.person.locale)


@router.callback_query(Pressed("m1", "note"))
async def note(_press: CallbackQuery, scene: Scene) -> None:
    """«Не ответ»."""
    await work.keep_as_note(scene.desk, actor=scene.known.actor, answer_id=_answer(scene))


def _answer(scene: Scene) -> AnswerId:
    assert scene.button is not None
    return AnswerId(scene.button.number())
