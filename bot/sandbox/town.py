"""The state of the town: people, chats, files, and the updates that wait for the bot."""

from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.clock import TownClock
from bot.sandbox.errors import ApiError, bad_request, forbidden
from bot.sandbox.media import FileStore
from bot.sandbox.pulse import Pulse
from bot.sandbox.rooms import IN_CHAT, Message, Posted, Room, User
from bot.sandbox.trouble import Trouble
from bot.sandbox.updates import UpdateQueue


@dataclass(slots=True)
class Query:
    """A press of a button; it can be answered once."""

    user_id: int
    answered: bool = False
    text: str | None = None
    """What the person was told."""
    url: str | None = None
    """Where the answer led the person."""


class Town:
    """Shared by the people's side (`world`) and the bot's side (the methods)."""

    def __init__(self, bot: User, clock: TownClock) -> None:
        self.bot = bot
        self.clock = clock
        self.users: dict[int, User] = {}
        self.rooms: dict[int, Room] = {}
        self.files = FileStore()
        self.updates = UpdateQueue()
        self.queries: dict[str, Query] = {}
        self.albums = 0
        self.commands: dict[str, list[dict[str, Any]]] = {}
        self.trouble = Trouble()
        self.changed = Pulse()

    def resemble(self, other: "Town") -> None:
        """Become what another town is now, and go on by oneself from there.

        The clock, ordered trouble and those who wait stay one's own.
        """
        for name in ("users", "rooms", "files", "queries", "albums", "commands"):
            setattr(self, name, deepcopy(getattr(other, name)))
        self.updates.resemble(other.updates)
        self.changed.fire()

    def room(self, chat_id: int | str) -> Room:
        """A chat the bot may know of; a person's only after he wrote."""
        room = self.rooms.get(chat_id) if isinstance(chat_id, int) else None
        if room is None:
            raise bad_request("chat not found")
        return room

    def writable(self, chat_id: int | str) -> Room:
        """A chat the bot can write to now, or Telegram's reason why not."""
        room = self.room(chat_id)
        if room.moved_to is not None:
            raise ApiError(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                {"migrate_to_chat_id": room.moved_to},
            )
        if room.blocked:
            raise forbidden("bot was blocked by the user")
        if not room.opened:
            raise forbidden("bot can't initiate conversation with a user")
        kind = "supergroup" if room.chat["type"] == "supergroup" else "group"
        if room.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {kind} chat")
        if room.bot_status not in IN_CHAT:
            raise forbidden(f"bot is not a member of the {kind} chat")
        return room

    def store(
        self,
        room: Room,
        sender: User,
        content: dict[str, Any],
        *,
        source: str = "",
        markup: dict[str, Any] | None = None,
        silent: bool = False,
        reply_to: Posted | None = None,
        thread: int | None = None,
        at: datetime | None = None,
    ) -> Posted:
        """Put a message into a chat; nobody is told yet."""
        moment = at or self.clock.now()
        data: Message = {
            "message_id": 0,
            "date": int(moment.timestamp()),
            "chat": dict(room.chat),
            "from": dict(sender),
        }
        if thread is not None:
            data |= {"message_thread_id": thread, "is_topic_message": True}
        if reply_to is not None:
            data["reply_to_message"] = reply_to.embedded()
        data |= content
        if markup and "inline_keyboard" in markup:
            data["reply_markup"] = markup
        elif markup is not None:
            # A reply keyboard is the chat's, not the message's: it stays until another comes.
            room.keyboard = markup if "keyboard" in markup else None
        posted = Posted(data, source, markup, silent)
        room.add(posted)
        self.changed.fire()
        return posted

    def add_topic(self, room: Room, title: str, user: User) -> Posted:
        """A new topic of a forum; the message that opens it."""
        content = {"forum_topic_created": {"name": title, "icon_color": 7322096}}
        posted = self.store(room, user, content)
        thread = int(posted.data["message_id"])
        posted.data |= {"message_thread_id": thread, "is_topic_message": True}
        room.topics[thread] = title
        return posted

    def tell_bot(self, kind: str, payload: dict[str, Any]) -> None:
        """Queue an update for the bot."""
        self.updates.push(kind, deepcopy(payload))
        self.changed.fire()
