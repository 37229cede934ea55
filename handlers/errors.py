"""The one place where a refusal becomes words: a toast for a press, a notice for a message.

The use case's savepoint is already rolled back when this runs; what is written here commits with
the update's processed mark. Anything that is no DomainError goes on, out of the dispatcher.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import ExceptionTypeFilter
from aiogram.types import ErrorEvent

from bot.i18n import DEFAULT_LOCALE, use_locale
from bot.receive.scene import Scene
from bot.views.frame import named
from bot.views.toasts import refusal
from services import cases, corrections, notify
from services.errors import Denied, DomainError, OutOfDate
from services.model import AppealId, Purpose
from services.notices import Kind

router = Router(name="errors")


@router.error(ExceptionTypeFilter(DomainError))
async def refuse(event: ErrorEvent, scene: Scene) -> str | None:
    """Say no in words."""
    error = event.exception
    assert isinstance(error, DomainError)
    return await answer(scene, error)


async def answer(scene: Scene, error: DomainError) -> str | None:
    """The toast of a press, or None after queueing a notice for a message."""
    scene.refusals.append(error.code)
    if scene.button is not None:
        fresh = scene.button.about_a_case and scene.button.prefix != "c1"
        if isinstance(error, OutOfDate) and fresh:
            await _refresh(scene, AppealId(scene.button.id))
        code = _code(scene, error)
        values = {key: _plain(scene, value) for key, value in error.values.items()}
        values |= _names(scene, error, scene.known.person.locale)
        return refusal(code, values, scene.known.person.locale)
    await _tell(scene, error)
    return None


def _code(scene: Scene, error: DomainError) -> str:
    """A stranger at a block's card is told whose card it is (conversations.md §2.2)."""
    if not isinstance(error, Denied) or scene.bound is None:
        return error.code
    block = error.values.get("block")
    theirs = any(grant.scope == block for grant in scene.known.actor.grants)
    about_a_case = scene.button is None or scene.button.about_a_case
    at_a_card = scene.bound.purpose is Purpose.BLOCK and block is not None and about_a_case
    return "stranger" if at_a_card and not theirs else error.code


def _names(scene: Scene, error: DomainError, locale: str) -> dict[str, Any]:
    """A block and a topic by their names."""
    town, values = scene.desk.town, error.values
    found = {
        "block": town.blocks.get(str(values.get("block") or "")),
        "topic": town.topics.get(str(values.get("topic") or "")),
    }
    with use_locale(locale):
        return {key: named(one) for key, one in found.items() if one is not None}


async def _refresh(scene: Scene, appeal_id: AppealId) -> None:
    """An old card shows the present state again."""
    desk = scene.desk
    appeal = await cases.locked(desk, appeal_id)
    await notify.card(desk, appeal)
    if scene.posted is not None and scene.posted.kind == Kind.CITIZEN_OPINION:
        await corrections.refresh(desk, appeal)
    elif scene.button is not None and scene.button.prefix == "t1":
        await notify.triage(desk, appeal)


async def _tell(scene: Scene, error: DomainError) -> None:
    values = {key: _plain(scene, value) for key, value in error.values.items()}
    message = scene.message
    if scene.private or message is None:
        notify.say(scene.desk, scene.known, error.code, chat=scene.chat, **values)
        return
    values |= _names(scene, error, DEFAULT_LOCALE)
    notify.reply_in_group(
        scene.desk,
        channel=message.channel,
        chat_id=scene.chat,
        kind=Kind.PLAIN,
        text=_code(scene, error),
        values=values,
        reply_to=message.external_id,
    )


def _plain(scene: Scene, value: object) -> Any:
    """A moment as people of the town read it: the hour today, else with its day."""
    if isinstance(value, datetime):
        zone = scene.desk.town.calendar.zone
        at, now = value.astimezone(zone), scene.desk.now.astimezone(zone)
        return f"{at:%H:%M}" if at.date() == now.date() else f"{at:%d.%m %H:%M}"
    return value if isinstance(value, int | float) else str(value)
