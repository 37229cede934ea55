"""/away: who stands in for somebody on leave, and until when."""

from __future__ import annotations

from datetime import date

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.receive.scene import Scene
from handlers.filters import Asked, Pressed, Private
from services import away, dialogs
from services.calendar import local_day
from services.errors import OutOfDate
from services.model import PersonId, Posted

router = Router(name="deputy.away")
router.message.filter(Private())
router.callback_query.filter(Private())


@router.message(Command("away"))
async def start(_message: Message, scene: Scene) -> None:
    """Who stands in?"""
    await away.start(scene.desk, scene.known, chat=scene.chat)


@router.callback_query(Pressed("d1", "awaypage"))
async def turn(_press: CallbackQuery, scene: Scene) -> None:
    """«‹» and «›»."""
    assert scene.button is not None
    await away.turn(
        scene.desk,
        scene.known,
        chat=scene.chat,
        posted=_pressed(scene),
        page=scene.button.number(),
    )


@router.callback_query(Pressed("d1", "away"))
async def choose(_press: CallbackQuery, scene: Scene) -> None:
    """A person."""
    assert scene.button is not None
    await away.choose(
        scene.desk,
        scene.known,
        chat=scene.chat,
        posted=_pressed(scene),
        substitute=PersonId(scene.button.id),
    )


@router.callback_query(Pressed("d1", "awayto"))
async def until(_press: CallbackQuery, scene: Scene) -> None:
    """A day, by a button."""
    button = scene.button
    assert button is not None
    try:
        last_day = date.fromisoformat(button.word())
    except ValueError:
        raise OutOfDate("outdated") from None
    await _stand_down(scene, _pressed(scene).anchor, PersonId(button.id), last_day)


@router.message(Asked(dialogs.AWAY))
async def until_in_words(_message: Message, scene: Scene) -> None:
    """A day, written."""
    found = await dialogs.current(scene.desk, scene.known.person.id, scene.chat)
    assert found is not None
    assert scene.message is not None
    today = local_day(scene.desk.town.calendar, scene.desk.now)
    last_day = away.read_day(scene.message.text, today)
    await _stand_down(scene, found.data["anchor"], PersonId(found.data["substitute"]), last_day)


async def _stand_down(
    scene: Scene, anchor: str | None, substitute: PersonId, last_day: date
) -> None:
    await away.stand_down(
        scene.desk,
        scene.known,
        chat=scene.chat,
        anchor=anchor,
        substitute=substitute,
        last_day=last_day,
    )


@router.callback_query(Pressed("d1", "awayend"))
async def back(_press: CallbackQuery, scene: Scene) -> None:
    """«Я вернулся»."""
    await away.come_back(
        scene.desk,
        scene.known,
        chat=scene.chat,
        anchor=scene.posted.anchor if scene.posted else None,
    )


def _pressed(scene: Scene) -> Posted:
    """The message of the dialogue; a copy that we have no record of is out of date."""
    if scene.posted is None:
        raise OutOfDate("outdated")
    return scene.posted
