"""What a person sees in a window, as plain values for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup


@dataclass(frozen=True, slots=True)
class ButtonSeen:
    """A key under a message: pressed, or a link."""

    text: str
    data: str | None
    url: str | None
    start: str | None
    """The parameter, where the link leads to the bot."""
    style: str | None


@dataclass(frozen=True, slots=True)
class FileSeen:
    """Something that can be looked at or played."""

    kind: str
    url: str
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class MessageSeen:
    """One message as it stands now."""

    id: int
    author: str
    mine: bool
    by_bot: bool
    at: datetime
    edited: bool
    silent: bool
    html: Markup
    source: str
    """The words as written, for editing one's own."""
    files: tuple[FileSeen, ...]
    place: tuple[float, float] | None
    place_name: str | None
    contact: str | None
    sticker: bool
    reply_to: int | None
    reply_words: str | None
    buttons: tuple[tuple[ButtonSeen, ...], ...]
    service: str | None
    """What happened, where nobody spoke."""
    album: str | None
    thread: int | None


@dataclass(frozen=True, slots=True)
class ChatSeen:
    """A line of the list of chats."""

    id: int
    title: str
    private: bool
    unread: int
    sounding: int
    """How many of the unread came with a sound."""
    last: str
    at: datetime | None
    topics: tuple[tuple[int, str, int], ...]
    """Of a forum: thread, title, unread."""


@dataclass(frozen=True, slots=True)
class AnswerSeen:
    """What the field for words offers now."""

    started: bool
    """False: only «Start» can be pressed."""
    blocked: bool
    keys: tuple[tuple[tuple[str, str | None], ...], ...]
    """Rows of reply keys: text, and what the key asks for («location», «contact»)."""
    placeholder: str | None
    reply_to: int | None
    """The message that asks this person to reply to it (ForceReply)."""
    reply_words: str | None
    closed: str | None
    """Why nothing can be written here: the group moved on, for one."""
