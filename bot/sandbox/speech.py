"""What a person sends, as the content of a Message; and whether a group's bot hears it."""

from typing import Any, TypedDict

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


class Things(TypedDict, total=False):
    """What a person can send besides words; a message carries one of them."""

    photo: bytes | None
    video: bytes | None
    animation: bytes | None
    audio: bytes | None
    voice: bytes | None
    video_note: bytes | None
    document: tuple[str, bytes] | None
    sticker: bool
    location: tuple[float, float] | None
    venue: tuple[float, float, str, str] | None
    """Latitude, longitude, title, address."""
    contact: str | dict[str, Any] | None
    """The sender's own phone, or somebody's whole contact."""
    poll: str | None
    dice: bool


Item = bytes | tuple[str, bytes]
"""One of an album: a picture, or a kind with its bytes."""
_FILES = ("photo", "video", "animation", "audio", "voice", "video_note")


def content(
    files: FileStore,
    user: User,
    things: Things,
    *,
    text: str | None,
    caption: str | None,
    size: int | None,
) -> dict[str, Any]:
    """The content of one message; exactly one kind must be given."""
    found = [_thing(files, user, kind, value, size) for kind, value in things.items() if value]
    if text is not None:
        found.append(text_content(text))
    if len(found) != 1:
        raise ValueError(f"a message has one kind of content, got {len(found)}")
    return found[0] | caption_content(caption)


def _thing(files: FileStore, user: User, kind: str, value: Any, size: int | None) -> dict[str, Any]:
    if kind in _FILES:
        return content_of(files.add(kind, value, size=size))
    match kind:
        case "document":
            name, data = value
            return content_of(files.add(kind, data, name, size))
        case "sticker":
            return content_of(files.add(kind, b"sticker"))
        case "location":
            return {"location": {"latitude": value[0], "longitude": value[1]}}
        case "venue":
            return _venue(*value)
        case "contact":
            own = {"first_name": user["first_name"], "user_id": user["id"]}
            return {"contact": value if isinstance(value, dict) else {"phone_number": value} | own}
        case "poll":
            return {"poll": _poll(value)}
        case "dice":
            return {"dice": {"emoji": "🎲", "value": 4}}
    raise ValueError(f"nobody can send «{kind}»")


def _venue(latitude: float, longitude: float, title: str, address: str) -> dict[str, Any]:
    point = {"latitude": latitude, "longitude": longitude}
    # The point stands beside the venue too, for clients that know no venues.
    return {"venue": {"location": point, "title": title, "address": address}, "location": point}


def _poll(question: str) -> dict[str, Any]:
    flags = ("is_closed", "allows_multiple_answers", "allows_revoting", "members_only")
    options = [
        {"persistent_id": str(n), "text": word, "voter_count": 0}
        for n, word in enumerate(("Да", "Нет"))
    ]
    return {
        "id": "1",
        "question": question,
        "options": options,
        "total_voter_count": 0,
        "is_anonymous": True,
        "type": "regular",
        **dict.fromkeys(flags, False),
    }


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
