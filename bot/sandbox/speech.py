"""What a person sends, as the content of a Message; and whether a group's bot hears it."""

from typing import Any

from bot.sandbox.markup import utf16_len
from bot.sandbox.media import FileStore, content_of
from bot.sandbox.rooms import Message, Room, User
from bot.sandbox.texts import MAX_CAPTION, MAX_TEXT, detect_entities


def text_content(text: str) -> dict[str, Any]:
    """A text message."""
    return _worded("text", "entities", text, MAX_TEXT)


def caption_content(caption: str | None) -> dict[str, Any]:
    """The words under a picture or a file."""
    return _worded("caption", "caption_entities", caption, MAX_CAPTION) if caption else {}


def _worded(key: str, entities_key: str, text: str, limit: int) -> dict[str, Any]:
    if not text.strip() or utf16_len(text) > limit:
        raise ValueError(f"a person's {key} is 1-{limit} UTF-16 units long")
    entities = detect_entities(text)
    return {key: text} | ({entities_key: entities} if entities else {})


def content(
    files: FileStore,
    *,
    text: str | None,
    photo: bytes | None,
    caption: str | None,
    location: tuple[float, float] | None,
    contact: dict[str, Any] | None,
    voice: bytes | None,
    document: tuple[str, bytes] | None,
    sticker: bool,
) -> dict[str, Any]:
    """The content of one message; exactly one kind must be given."""
    found: list[dict[str, Any]] = []
    if text is not None:
        found.append(text_content(text))
    if photo is not None:
        found.append(content_of(files.add("photo", photo)))
    if voice is not None:
        found.append(content_of(files.add("voice", voice)))
    if document is not None:
        name, data = document
        found.append(content_of(files.add("document", data, name)))
    if sticker:
        found.append(content_of(files.add("sticker", b"sticker")))
    if location is not None:
        latitude, longitude = location
        found.append({"location": {"latitude": latitude, "longitude": longitude}})
    if contact is not None:
        found.append({"contact": contact})
    if len(found) != 1:
        raise ValueError(f"a message has one kind of content, got {len(found)}")
    return found[0] | caption_content(caption)


def reaches_bot(room: Room, message: Message, bot: User) -> bool:
    """Privacy mode: in a group only an administrator bot hears what isn't meant for it."""
    if not room.bot_hears:
        return False
    if room.private or room.bot_status == "administrator":
        return True
    if message.get("reply_to_message", {}).get("from", {}).get("id") == bot["id"]:
        return True
    words = message.get("text") or message.get("caption") or ""
    name = f"@{bot['username']}".lower()
    if words.startswith("/"):
        command = words.split()[0].lower()
        return "@" not in command or command.endswith(name)
    return name in words.lower()
