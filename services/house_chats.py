"""The bot is let into a group that nobody has bound: it stays for an administrator only."""

from __future__ import annotations

from services import notify
from services.access import Actor, Deed, authorise
from services.desk import Desk, use_case
from services.errors import Denied
from services.notices import Kind, Priority


@use_case
async def entered(desk: Desk, *, actor: Actor, channel: str, chat: str, feed: bool) -> None:
    """Somebody let the bot in: a kind word and out again, or how the chat is bound.

    `feed`: a channel with readers, where even that word would be too many.
    """
    try:
        authorise(actor, Deed.BIND)
    except Denied:
        _leave(desk, channel, chat, feed)
        return
    if not feed:
        notify.reply_in_group(
            desk,
            channel=channel,
            chat_id=chat,
            kind=Kind.PLAIN,
            text="added_by_admin",
            values={},
        )


def _leave(desk: Desk, channel: str, chat: str, feed: bool) -> None:
    notify.queue(
        desk, Kind.LEAVE, channel=channel, chat_id=chat, priority=Priority.CARD, ref={"feed": feed}
    )
