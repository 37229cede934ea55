"""Menus under a card: a silent reply owned by who pressed, gone after the choice or ten minutes.

A keyboard that everybody in a group may press is a trap (conversations.md §0.2), so each person
has his own menu of a case; turning it to another page edits the same message.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from services import notify
from services.access import Actor
from services.desk import Desk, use_case
from services.model import Appeal, AppealId, Posted
from services.notices import Kind, Priority

LIFE = timedelta(minutes=10)


async def show(
    desk: Desk, appeal: Appeal, *, actor: Actor, channel: str, chat: str, name: str, **ref: Any
) -> None:
    """Open the menu `name` of bot/views/menus, or turn the person's open one to it."""
    bound = await desk.uow.people.chat(channel, chat)
    await notify.in_chat(
        desk,
        bound,
        Kind.MENU,
        appeal=appeal,
        anchor=_anchor(appeal.id, actor),
        owner=actor.person_id,
        name=name,
        **ref,
    )


async def close(desk: Desk, appeal_id: AppealId, *, actor: Actor) -> None:
    """The choice is made: the person's menu of this case goes."""
    posted = await desk.uow.screens.anchored(_anchor(appeal_id, actor))
    if posted is not None:
        remove(desk, posted)


async def close_all(desk: Desk, appeal_id: AppealId, *, chat_id: str) -> None:
    """The case has moved on: everybody's menus of it in this chat go."""
    for posted in await desk.uow.screens.of_appeal(appeal_id, Kind.MENU):
        if posted.chat_id == chat_id:
            remove(desk, posted)


@use_case
async def close_old(desk: Desk) -> int:
    """Take away menus that nobody used for ten minutes (a job)."""
    old = await desk.uow.screens.of_kind_before(Kind.MENU, desk.now - LIFE)
    for posted in old:
        remove(desk, posted)
    return len(old)


def remove(desk: Desk, posted: Posted) -> None:
    """Delete a message of ours from its chat."""
    notify.queue(
        desk,
        Kind.REMOVE,
        channel=posted.channel,
        chat_id=posted.chat_id,
        appeal_id=posted.appeal_id,
        priority=Priority.EDIT,
        key=f"remove:{posted.id}",
        ref={"message": posted.external_id},
    )


def _anchor(appeal_id: AppealId, actor: Actor) -> str:
    return f"menu:{appeal_id}:{actor.person_id}"
