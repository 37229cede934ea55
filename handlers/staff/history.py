"""«История»: from a card into the private chat, page by page; the contact and what is hidden."""

from __future__ import annotations

from aiogram import F, Router
from aiogram.filters import CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from bot.views.toasts import Visit
from handlers.filters import Pressed
from services import contacts, hidden, history
from services.model import AppealId

router = Router(name="staff.history")
private = Router(name="staff.history.private")

_LINK = "h_"
_DIGITS = 18
"""More do not fit the database's keys."""


@router.callback_query(Pressed("s1", "hist"))
async def visit(_press: CallbackQuery, scene: Scene) -> Visit:
    """Opens the bot's private chat; the group stays clean."""
    assert scene.button is not None
    number = AppealId(scene.button.id)
    await history.may_view(scene.desk, actor=scene.known.actor, appeal_id=number)
    return Visit(f"{_LINK}{number}")


@private.message(CommandStart(deep_link=True, magic=F.args.regexp(rf"^{_LINK}\d{{1,{_DIGITS}}}$")))
async def show(_message: Message, command: CommandObject, scene: Scene) -> None:
    """/start h_1042."""
    number = AppealId(int((command.args or "").removeprefix(_LINK)))
    await history.show(scene.desk, actor=scene.known.actor, appeal_id=number)


@private.callback_query(Pressed("s1", "hpage"))
async def turn(_press: CallbackQuery, scene: Scene) -> None:
    """‹ ›."""
    button = scene.button
    assert button is not None
    await history.turn(
        scene.desk,
        actor=scene.known.actor,
        appeal_id=AppealId(button.id),
        page=button.number(1),
        posted=scene.posted,
    )


@private.callback_query(Pressed("s1", "contact"))
async def contact(_press: CallbackQuery, scene: Scene) -> None:
    """«Показать контакт»."""
    assert scene.button is not None
    number = AppealId(scene.button.id)
    await contacts.reveal(scene.desk, actor=scene.known.actor, appeal_id=number)


@private.callback_query(Pressed("s1", "hidden"))
async def show_hidden(_press: CallbackQuery, scene: Scene) -> None:
    """«Показать скрытое»."""
    assert scene.button is not None
    number = AppealId(scene.button.id)
    await hidden.reveal(scene.desk, actor=scene.known.actor, appeal_id=number)
