"""/bind in a group: at once with a code, else by a menu; moving, checking rights, the probe."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from bot.views import toasts
from handlers.filters import Pressed
from services import binding, menus
from services.errors import DomainError

router = Router(name="admin.binding")


@router.message(Command("bind"))
async def bind(message: Message, command: CommandObject, scene: Scene) -> None:
    """Make this group a block's chat, the triage or the quality chat."""
    if scene.private:
        raise DomainError("bind_in_group")
    assert scene.message is not None
    if scene.message.anonymous:
        raise DomainError("anonymous")
    about = {
        "actor": scene.known.actor,
        "channel": scene.message.channel,
        "chat_id": scene.chat,
        "reply_to": scene.message.external_id,
    }
    if not command.args:
        await binding.choose(scene.desk, **about)
        return
    title = message.chat.title or ""
    await binding.bind(scene.desk, code=command.args.strip(), title=title, **about)


@router.callback_query(Pressed("a1", "bindp"))
async def page(_press: CallbackQuery, scene: Scene) -> None:
    """Another page of the menu."""
    assert scene.button is not None
    await binding.choose(
        scene.desk,
        actor=scene.known.actor,
        channel=scene.known.account.channel,
        chat_id=scene.chat,
        page=scene.button.id,
        reply_to=None,
    )


@router.callback_query(Pressed("a1", "bind", "rebind"))
async def chosen(press: CallbackQuery, scene: Scene) -> None:
    """A block of the menu, or «Перенести»."""
    assert scene.button is not None
    chat = await binding.bind(
        scene.desk,
        actor=scene.known.actor,
        channel=scene.known.account.channel,
        chat_id=scene.chat,
        title=(press.message.chat.title if press.message else None) or "",
        code=scene.button.word(),
        move=scene.button.action == "rebind",
    )
    if chat is not None:
        close(scene)


@router.callback_query(Pressed("a1", "rights"))
async def rights(_press: CallbackQuery, scene: Scene) -> str:
    """«Проверить снова»."""
    assert scene.button is not None
    await binding.check_again(scene.desk, actor=scene.known.actor, chat_id=scene.button.id)
    return toasts.looking(scene.known.person.locale)


@router.callback_query(Pressed("a1", "probe"))
async def probe(_press: CallbackQuery, scene: Scene) -> None:
    """«Удалить пробу»."""
    assert scene.button is not None
    await binding.remove_probe(scene.desk, actor=scene.known.actor, chat_id=scene.button.id)
    close(scene)


@router.callback_query(Pressed("a1", "x"))
async def cancel(_press: CallbackQuery, scene: Scene) -> None:
    """«Отмена», «Позже»: the question goes."""
    close(scene)


def close(scene: Scene) -> None:
    """The message whose button was pressed is taken away."""
    if scene.posted is not None:
        menus.remove(scene.desk, scene.posted)
