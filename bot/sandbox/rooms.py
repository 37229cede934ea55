"""A chat of the town and the messages in it, as they are now."""

from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

Message = dict[str, Any]
User = dict[str, Any]
Chat = dict[str, Any]

IN_CHAT = frozenset({"creator", "administrator", "member"})


@dataclass(slots=True)
class Posted:
    """A message with what the API never gives back: its source and how it was sent."""

    data: Message
    source: str = ""
    markup: dict[str, Any] | None = None
    silent: bool = False

    def seen(self) -> Message:
        """A copy for tests and pages."""
        extra: Message = {"html": self.source, "disable_notification": self.silent}
        if self.markup is not None:
            extra["reply_markup"] = self.markup
        return deepcopy(self.data | extra)

    def embedded(self) -> Message:
        """How it looks inside a reply: without what it replied to itself."""
        return {k: v for k, v in deepcopy(self.data).items() if k != "reply_to_message"}


@dataclass(slots=True)
class Room:
    """A private chat or a group: who is in it, what was said, may the bot write."""

    chat: Chat
    members: dict[int, str] = field(default_factory=dict)
    bot_status: str = "member"
    opened: bool = True
    blocked: bool = False
    moved_to: int | None = None
    topics: dict[int, str] = field(default_factory=dict)
    messages: dict[int, Posted] = field(default_factory=dict)
    last_id: int = 0
    keyboard: dict[str, Any] | None = None
    """The reply keyboard that people of this chat have now."""

    @property
    def id(self) -> int:
        """The chat's id."""
        return int(self.chat["id"])

    @property
    def private(self) -> bool:
        """Is it a person's chat with the bot?"""
        return bool(self.chat["type"] == "private")

    @property
    def bot_hears(self) -> bool:
        """Do updates of this chat reach the bot at all?"""
        if self.private:
            return not self.blocked
        return self.bot_status in IN_CHAT and self.moved_to is None

    def add(self, posted: Posted) -> None:
        """Append a message, giving it the chat's next id."""
        self.last_id += 1
        posted.data["message_id"] = self.last_id
        self.messages[self.last_id] = posted
