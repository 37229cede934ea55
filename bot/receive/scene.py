"""What a handler is given: the desk, who acts, where, and the message in neutral words."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.channels.telegram import inbound
from services import copies, directory, returning
from services.button_data import ButtonData, unpack
from services.desk import Desk
from services.directory import Known
from services.model import Chat, Posted
from services.wire import Author, Message


@dataclass(frozen=True, slots=True)
class Scene:
    """One update, recognised. Made before the dispatcher sees it."""

    desk: Desk
    author: Author
    known: Known
    chat: str
    private: bool
    bound: Chat | None
    """What the group is bound to; None in private and in unbound groups."""
    message: Message | None
    """The message or the whole album; None for a press."""
    button: ButtonData | None
    pressed: str | None
    """The id of the message whose button was pressed; for a second copy, of the known one."""
    posted: Posted | None
    """Our own message that was pressed or replied to."""
    refusals: list[str] = field(default_factory=list)
    """Codes of the rules that said no."""


async def recognise(desk: Desk, updates: list[dict[str, Any]], bot_id: str) -> Scene | None:
    """The scene of an update (of all items of an album); None when nobody can be seen in it."""
    update = updates[0]
    author = inbound.author(update)
    if author is None or not inbound.is_for_us(update):
        return None
    chat, private = inbound.chat_id(update), inbound.is_private(update)
    spoke = private and "my_chat_member" not in update
    known = await directory.identify(desk, author, private=spoke)
    if known.returned:
        await returning.catch_up(desk, known, chat=chat)
    message = None
    if "message" in update or "edited_message" in update:
        message = inbound.joined([inbound.message(u, author) for u in updates])
    pressed = inbound.pressed_message(update)
    ours = pressed or (message.reply_to if message else None)
    posted = await _ours(desk, updates, bot_id, chat, ours) if ours else None
    return Scene(
        desk=desk,
        author=author,
        known=known,
        chat=chat,
        private=private,
        bound=None if private else await desk.uow.people.chat(inbound.CHANNEL, chat),
        message=message,
        button=unpack(update.get("callback_query", {}).get("data")),
        pressed=posted.external_id if pressed and posted else pressed,
        posted=posted,
    )


async def _ours(
    desk: Desk, updates: list[dict[str, Any]], bot_id: str, chat: str, external_id: str
) -> Posted | None:
    """Our message with this id, for a copy of one that itself."""
    seen = (inbound.touched(update, bot_id) for update in updates)
    copy = next((c for c in seen if c is not None and c.external_id == external_id), None)
    return await copies.standing(desk, inbound.CHANNEL, chat, external_id, copy)
