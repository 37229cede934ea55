"""Parts of a message as the Bot API has them: words, files, places, what it replies to."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bot.sandbox.rooms import Posted
from bot.town.seen import FileSeen

_KINDS = ("video", "animation", "video_note", "voice", "audio", "document")


def person_of(url: str) -> int | None:
    """The person of a `tg://user?id=` link."""
    digits = url.removeprefix("tg://user?id=")
    return int(digits) if digits != url and digits.isdecimal() else None


def thread_of(posted: Posted) -> int | None:
    """The topic it stands in."""
    return posted.data.get("message_thread_id")


def is_reply(data: dict[str, Any], replied: dict[str, Any] | None) -> bool:
    """In a topic what replies to nothing replies to the message that opened the topic."""
    if replied is None:
        return False
    return bool(replied["message_id"] != data.get("message_thread_id"))


def asks(key: dict[str, Any]) -> str | None:
    """What a key of the reply keyboard asks for: «location», «contact»."""
    for name in ("location", "contact"):
        if key.get(f"request_{name}"):
            return name
    return None


def place_of(data: dict[str, Any]) -> tuple[float, float] | None:
    """Latitude and longitude of a point or a venue."""
    found = data.get("location") or (data.get("venue") or {}).get("location")
    return (found["latitude"], found["longitude"]) if found else None


def files_of(data: dict[str, Any]) -> Iterator[FileSeen]:
    """What can be looked at, played or saved."""
    if "photo" in data:
        largest = data["photo"][-1]
        yield FileSeen("photo", f"/files/{largest['file_id']}", "", largest["file_size"])
        return
    for kind in _KINDS:
        if kind in data:
            found = data[kind]
            name = found.get("file_name", "")
            yield FileSeen(kind, f"/files/{found['file_id']}", name, found["file_size"])
            return


def words_of(data: dict[str, Any]) -> str:
    """The words of a message; of a link that was followed only «/start», as in the messenger."""
    words = str(data.get("text") or data.get("caption") or "")
    return "/start" if words.startswith("/start ") else words


def first_words(data: dict[str, Any] | None) -> str:
    """The beginning of the words, in one line."""
    if data is None:
        return ""
    words = words_of(data)
    line = " ".join(words.split())
    return line[:80] + "…" if len(line) > 80 else line
