"""A message ready for a messenger, in no messenger's types."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import unescape
from typing import Any


@dataclass(frozen=True, slots=True)
class Button:
    """One inline button: data for a press, or an address to open."""

    text: str
    data: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ReplyButton:
    """A key of the keyboard under the input field: it says its text, or where the person is."""

    text: str
    location: bool = False


_TAG = re.compile(r"<[^>]*>")

Row = tuple[Button, ...]
Rows = tuple[Row, ...]
ReplyRows = tuple[tuple[ReplyButton, ...], ...]


@dataclass(frozen=True, slots=True)
class Media:
    """A file that the messenger already has."""

    kind: str
    file_id: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file of our own making, sent with the text as its caption: a document or a photo."""

    name: str
    content: bytes
    kind: str = "document"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A photo that is still to be drawn: delivery does it outside of every transaction."""

    name: str
    draw: Callable[[], bytes]
    """Takes its time, and a thread of its own."""

    def drawn(self) -> Upload:
        """The picture."""
        return Upload(self.name, self.draw(), kind="photo")


def shortened(text: str, limit: int) -> str:
    """A button's text that fits a phone."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


@dataclass(frozen=True, slots=True)
class Rendered:
    """Text in the messengers' common HTML subset, with buttons, or files."""

    text: str = ""
    buttons: Rows = ()
    media: tuple[Media, ...] = ()
    reply_to: str | None = None
    silent: bool = False
    calm: float | None = None
    """Seconds before this message is edited again, where that is more than the usual."""
    placeholder: str | None = None
    """The hint in the field: of the reply keyboard, else the message asks for a reply to itself."""
    owner: int | None = None
    """Who alone may press or answer."""
    data: dict[str, Any] = field(default_factory=dict)
    """Kept with the posted message."""
    upload: Upload | None = None
    drawing: Drawing | None = None
    """Becomes the `upload` on delivery."""
    markup: bool = True
    """The text is HTML; False: plain words."""
    reply_buttons: ReplyRows = ()
    """A keyboard under the input field, used once; it can't stand beside `buttons`."""
    drop_keyboard: bool = False
    """Takes that keyboard away."""
    topic: str | None = None
    """In a forum: which of services/binding.TOPICS it belongs to."""
    thread: str | None = None
    """The messenger's id of that topic, set on delivery."""

    def bare(self) -> Rendered:
        """The same words without their tags."""
        return replace(self, text=unescape(_TAG.sub("", self.text)), markup=False)

    def digest(self) -> str:
        """Of what an edit can change: equal digests need no edit."""
        rows = [
            [{"text": b.text, "data": b.data, "url": b.url} for b in row] for row in self.buttons
        ]
        shown = json.dumps([self.text, rows])
        return hashlib.sha256(shown.encode()).hexdigest()
