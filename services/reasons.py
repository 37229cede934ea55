"""A decision that needs a reason in words: asked in private, and «Отмена» is always at hand.

Whoever decides is a citizen, too: danger that he reports is never taken for his reason.
"""

from __future__ import annotations

from typing import Any

from services import dialogs, menus, notify
from services.desk import Desk, use_case
from services.directory import Known
from services.errors import OutOfDate
from services.model import AppealId, Person, Posted
from services.notices import Kind


async def ask(
    desk: Desk,
    person: Person,
    number: AppealId,
    step: str,
    *,
    channel: str,
    chat: str,
    text: str,
    **data: Any,
) -> None:
    """Ask for the words of `step`; the person's next message in this chat answers."""
    anchor = f"reason:{person.id}:{desk.now:%Y%m%d%H%M%S}"
    await dialogs.ask(desk, person.id, chat, step, anchor=anchor, **data)
    notify.to_person(
        desk,
        person,
        Kind.REASON_ASKED,
        channel=channel,
        chat_id=chat,
        anchor=anchor,
        about=number,
        text=text,
    )


@use_case
async def cancel(desk: Desk, known: Known, *, chat: str, posted: Posted | None) -> None:
    """«Отмена»: nothing is decided. Raises OutOfDate once it is, or something else is asked."""
    dialog = await dialogs.current(desk, known.person.id, chat)
    if dialog is None or posted is None or dialog.data.get("anchor") != posted.anchor:
        raise OutOfDate("outdated")
    await dialogs.close(desk, known.person.id, chat)
    menus.remove(desk, posted)
