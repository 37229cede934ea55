"""/new in private or in the duty chat; the form is filled in in private."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, Filter
from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed, RepliesTo, Slash
from services import calls
from services.errors import DomainError
from services.model import AppealId, Role
from services.notices import Kind

router = Router(name="duty.calls")
form = Router(name="duty.calls.form")
tasks = Router(name="duty.calls.tasks")


class FillsForm(Filter):
    """A duty person's words while his form is open; others cost no query."""

    async def __call__(self, _event: TelegramObject, scene: Scene) -> bool:
        roles = {grant.role for grant in scene.known.actor.grants}
        if not roles & {Role.DUT, Role.MHD}:
            return False
        return await calls.open_form(scene.desk, scene.known, scene.chat) is not None


@router.message(Command("new"))
async def begin(_message: Message, scene: Scene) -> None:
    """Open the form."""
    await calls.begin(scene.desk, scene.known)


@form.callback_query(Pressed("t1", "new"))
async def press(_press: CallbackQuery, scene: Scene) -> None:
    """A button of the form."""
    button = scene.button
    assert button is not None
    desk, known = scene.desk, scene.known
    match button.word():
        case "src":
            await calls.choose(desk, known, source=button.word(1))
        case "skip":
            await calls.skip(desk, known)
        case "stop":
            await calls.stop(desk, known)
        case "reg":
            await calls.register(desk, known)
        case _:
            raise DomainError("outdated")


@form.message(~Slash(), FillsForm())
async def say(_message: Message, scene: Scene) -> None:
    """Words for the open question."""
    assert scene.message is not None
    await calls.say(scene.desk, scene.known, scene.message)


@tasks.callback_query(Pressed("t1", "told"))
async def told(_press: CallbackQuery, scene: Scene) -> str:
    """«Сообщили»."""
    button = scene.button
    assert button is not None
    await calls.told(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(button.id),
        task=button.number(),
    )
    return toasts.told(scene.known.person.locale)


@tasks.callback_query(Pressed("t1", "phone"))
async def phone(_press: CallbackQuery, scene: Scene) -> None:
    """«Телефон»: in private, logged."""
    assert scene.button is not None
    await calls.reveal(scene.desk, known=scene.known, appeal_id=AppealId(scene.button.id))


@tasks.message(RepliesTo(Kind.TELL))
async def heard(_message: Message, scene: Scene) -> None:
    """What the citizen said on the phone."""
    assert scene.message is not None
    assert scene.posted is not None
    assert scene.posted.appeal_id is not None
    await calls.heard(
        scene.desk,
        known=scene.known,
        appeal_id=scene.posted.appeal_id,
        message=scene.message,
    )
