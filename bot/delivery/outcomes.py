"""How one send ended, in no messenger's words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from bot.views.rendered import Rendered


@dataclass(frozen=True, slots=True)
class Sent:
    """It stands in the chat under these message ids."""

    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Edited:
    """The standing message was changed, or already said the same."""


@dataclass(frozen=True, slots=True)
class Removed:
    """The message does not stand in the chat any more, as was wanted."""


@dataclass(frozen=True, slots=True)
class Left:
    """We are in the group no more, as was wanted."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The message to edit is not there any more: it must be sent anew."""


@dataclass(frozen=True, slots=True)
class Wait:
    """The messenger named a time; it is authoritative."""

    seconds: float


@dataclass(frozen=True, slots=True)
class Failed:
    """A network or server error: try again with growing pauses."""

    error: str


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The person stopped the bot, or the bot was removed from the group."""

    error: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The chat has another id now."""

    chat_id: str


@dataclass(frozen=True, slots=True)
class Refused:
    """The messenger will never take it: a dead letter."""

    error: str


@dataclass(frozen=True, slots=True)
class Muted:
    """The bot is in the group but may not write there: what is for it waits."""

    error: str


@dataclass(frozen=True, slots=True)
class TopicGone:
    """The forum's topic was deleted."""

    error: str


@dataclass(frozen=True, slots=True)
class Inspected:
    """What the bot may do in a group."""

    missing: tuple[str, ...]
    """Of services/binding.RIGHTS."""
    forum: bool


@dataclass(frozen=True, slots=True)
class Superfluous:
    """There was nothing left to say."""


@dataclass(frozen=True, slots=True)
class BrokenMarkup:
    """Our own mistake in the markup: the words can go without it."""

    error: str


@dataclass(frozen=True, slots=True)
class Partly:
    """Some files of several stand in the chat, the others ended otherwise."""

    ids: tuple[str, ...]
    files: int
    """How many of the first need no other try."""
    rest: Wait | Failed | Unreachable | Moved | Refused | Gone | Edited | BrokenMarkup


Outcome = (
    Sent
    | Partly
    | Edited
    | Removed
    | Left
    | Gone
    | Wait
    | Failed
    | Unreachable
    | Moved
    | Refused
    | Superfluous
    | BrokenMarkup
    | Muted
    | TopicGone
    | Inspected
)


class Channel(Protocol):
    """The outgoing side of one messenger."""

    async def send(self, chat_id: str, message: Rendered) -> Outcome:
        """Send a new message."""
        ...

    async def edit(self, chat_id: str, message_id: str, message: Rendered) -> Outcome:
        """Change a standing message."""
        ...

    async def remove(self, chat_id: str, message_id: str) -> Outcome:
        """Delete a standing message."""
        ...

    async def rights(self, chat_id: str) -> Outcome:
        """Look at what the bot may do in a group: Inspected, or why it can't be seen now."""
        ...

    async def create_topic(self, chat_id: str, title: str) -> str | None:
        """A new topic of a forum: its thread, or None when there can be none now."""
        ...

    async def leave(self, chat_id: str, message: Rendered) -> Outcome:
        """Say a last word in a group and leave it."""
        ...
