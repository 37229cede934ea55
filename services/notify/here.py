"""To somebody in the chat where he is speaking now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from services.desk import Desk
from services.model import AppealId
from services.notices import Kind
from services.notify.queue import queue

if TYPE_CHECKING:
    from services.directory import Known


def here(
    desk: Desk,
    known: Known,
    kind: Kind,
    *,
    chat: str,
    key: str | None = None,
    anchor: str | None = None,
    about: AppealId | None = None,
    **ref: Any,
) -> None:
    """A notice in the chat he speaks in; with an `anchor` the message that stands for it."""
    queue(
        desk,
        kind,
        channel=known.account.channel,
        chat_id=chat,
        person_id=known.person.id,
        appeal_id=about,
        key=key,
        anchor=anchor,
        ref=ref,
    )


def say(
    desk: Desk, known: Known, text: str, *, chat: str, key: str | None = None, **values: Any
) -> None:
    """One of the fixed texts of bot/views/plain, in the chat he speaks in."""
    here(desk, known, Kind.PLAIN, chat=chat, key=key, text=text, values=values)
