"""What comes in from a messenger, in no messenger's words (architecture.md, «On the wire»)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from services.button_data import ButtonData


def units(text: str) -> int:
    """Length as messengers count it: UTF-16 code units (domain.md §9)."""
    return len(text.encode("utf-16-le")) // 2


def cut(text: str, limit: int) -> str:
    """The text in at most `limit` units, with «…» where something was left out."""
    if units(text) <= limit:
        return text
    kept = text.encode("utf-16-le")[: (limit - 1) * 2].decode("utf-16-le", "ignore")
    return kept.rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Author:
    """The account that wrote or pressed."""

    channel: str
    external_id: str
    first_name: str
    locale: str


@dataclass(frozen=True, slots=True)
class File:
    """An attachment by the messenger's id. `kind` is one of services.attachments.GROUPS."""

    kind: str
    file_id: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a person, or a whole album."""

    channel: str
    external_id: str
    author: Author
    chat: str
    sent_at: datetime
    text: str = ""
    attachments: tuple[File, ...] = ()
    place: tuple[float, float] | None = None
    """Latitude and longitude."""
    contact: str | None = None
    reply_to: str | None = None
    thread: str | None = None
    group: str | None = None
    """The album's key: a late item joins what its album became."""
    anonymous: bool = False
    """Written in the name of the group: nobody can be held to it."""
    venue: str | None = None
    """The name and the address of `place`, where the messenger gives them."""

    def as_json(self) -> dict[str, Any]:
        """What a draft keeps; `message_from_json` reads it back."""
        return {
            "external_id": self.external_id,
            "text": self.text,
            "attachments": [[f.kind, f.file_id, f.size] for f in self.attachments],
            "place": list(self.place) if self.place else None,
            "contact": self.contact,
            "venue": self.venue,
            "sent_at": self.sent_at.isoformat(),
            "group": self.group,
        }


@dataclass(frozen=True, slots=True)
class Edit:
    """A message was changed by its author: `message` as it stands now."""

    message: Message


@dataclass(frozen=True, slots=True)
class Press:
    """A button of ours was pressed: what the channel unpacked from its data."""

    author: Author
    chat: str
    message: str | None
    """The message of ours that the button stands under."""
    button: ButtonData


@dataclass(frozen=True, slots=True)
class Stopped:
    """The person stopped the bot: nothing can be sent to him."""

    author: Author


Inbound = Message | Edit | Press | Stopped
"""Everything a citizen can do in a messenger."""


def message_from_json(kept: dict[str, Any], author: Author, chat: str) -> Message:
    """The message that `Message.as_json` wrote."""
    place = kept["place"]
    return Message(
        channel=author.channel,
        external_id=kept["external_id"],
        author=author,
        chat=chat,
        sent_at=datetime.fromisoformat(kept["sent_at"]),
        text=kept["text"],
        attachments=tuple(File(*f) for f in kept["attachments"]),
        place=(place[0], place[1]) if place else None,
        contact=kept["contact"],
        venue=kept.get("venue"),
        group=kept.get("group"),
    )


def joined(messages: Sequence[Message]) -> Message:
    """Messages of one person, oldest first, as one: all words, all files, the first place."""
    return replace(
        messages[0],
        text="\n".join(m.text for m in messages if m.text),
        attachments=tuple(f for m in messages for f in m.attachments),
        place=next((m.place for m in messages if m.place), None),
        venue=next((m.venue for m in messages if m.venue), None),
        contact=next((m.contact for m in messages if m.contact), None),
    )
