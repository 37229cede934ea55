"""/roles: the list, a person's boxes, his term, what becomes of what he held."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message, User

from bot.i18n import supported
from bot.receive.scene import Scene
from handlers.filters import Pressed, RepliesTo
from services import directory, menus, prompts, roles
from services.errors import DomainError
from services.model import WHOLE_CENTRE, PersonId
from services.notices import Kind
from services.roles import Place
from services.wire import Author

router = Router(name="admin.roles")


def _place(scene: Scene) -> Place:
    return Place(scene.known.account.channel, scene.chat, scene.bound)


@router.message(Command("roles"))
async def start(message: Message, scene: Scene) -> None:
    """In reply to a person: his roles; alone: everybody's."""
    assert scene.message is not None
    if scene.message.anonymous:
        raise DomainError("anonymous")
    if not scene.private and scene.bound is None:
        raise DomainError("bind_first")
    about = {"actor": scene.known.actor, "place": _place(scene)}
    asked = scene.message.external_id
    replied = message.reply_to_message
    if not scene.private and scene.message.reply_to is not None and replied and replied.from_user:
        person = await _person(scene, replied.from_user)
        await roles.show(scene.desk, person_id=person, reply_to=asked, **about)
        return
    await roles.show_list(scene.desk, reply_to=asked, **about)


async def _person(scene: Scene, user: User) -> PersonId:
    if user.is_bot:
        raise DomainError("roles_of_a_bot")
    author = Author(
        scene.known.account.channel, str(user.id), user.first_name, supported(user.language_code)
    )
    return (await directory.identify(scene.desk, author, private=False)).person.id


@router.callback_query(Pressed("a1", "rolesp"))
async def page(_press: CallbackQuery, scene: Scene) -> None:
    """Another page of the list."""
    assert scene.button is not None
    await roles.show_list(
        scene.desk, actor=scene.known.actor, place=_place(scene), page=scene.button.id
    )


@router.callback_query(Pressed("a1", "person", "roleok"))
async def person(_press: CallbackQuery, scene: Scene) -> None:
    """A name of the list; «Готово»."""
    assert scene.button is not None
    await roles.show(
        scene.desk,
        actor=scene.known.actor,
        place=_place(scene),
        person_id=PersonId(scene.button.id),
        done=scene.button.action == "roleok",
    )


@router.callback_query(Pressed("a1", "role"))
async def box(_press: CallbackQuery, scene: Scene) -> None:
    """A box: the role is given or taken away at once."""
    assert scene.button is not None
    await roles.toggle(
        scene.desk,
        actor=scene.known.actor,
        place=_place(scene),
        person_id=PersonId(scene.button.id),
        role=scene.button.word(),
        scope=scene.button.word(1),
    )


@router.callback_query(Pressed("a1", "term"))
async def ask_term(_press: CallbackQuery, scene: Scene) -> None:
    """«Срок и приказ»."""
    assert scene.button is not None
    await roles.ask_term(
        scene.desk,
        actor=scene.known.actor,
        place=_place(scene),
        person_id=PersonId(scene.button.id),
    )


@router.message(RepliesTo(Kind.TERM_PROMPT))
async def term(_message: Message, scene: Scene) -> None:
    """The words about the term."""
    assert scene.message is not None
    assert scene.posted is not None
    await prompts.check_owner(scene.desk, scene.posted, scene.known.actor)
    await roles.set_term(
        scene.desk,
        actor=scene.known.actor,
        place=_place(scene),
        posted=scene.posted,
        text=scene.message.text,
    )
    menus.remove(scene.desk, scene.posted)


@router.callback_query(Pressed("a1", "redist"))
async def hand_out(_press: CallbackQuery, scene: Scene) -> None:
    """«Раздать»."""
    assert scene.button is not None
    block = scene.button.word()
    await roles.hand_out(
        scene.desk,
        actor=scene.known.actor,
        place=_place(scene),
        person_id=PersonId(scene.button.id),
        block=None if block == WHOLE_CENTRE else block,
        anchor=scene.posted.anchor if scene.posted else None,
    )
