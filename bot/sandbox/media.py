"""Files of the town: pictures, films, sounds, with ids the bot can send again."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad_request

MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024

_FOLDERS = {
    "photo": ("photos", "jpg"),
    "document": ("documents", "bin"),
    "voice": ("voice", "oga"),
    "video": ("videos", "mp4"),
    "animation": ("animations", "mp4"),
    "audio": ("music", "mp3"),
    "video_note": ("video_notes", "mp4"),
    "sticker": ("stickers", "webp"),
}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file with everything the API tells about it."""

    kind: str
    file_id: str
    unique_id: str
    path: str
    name: str
    data: bytes
    size: int
    """As the API tells it; a test may say it without filling the memory."""

    def described(self, **more: Any) -> dict[str, Any]:
        """The fields every kind of file has, and those of its own."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": self.size,
        } | more


class FileStore:
    """Files by id and by download path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, data: bytes, name: str = "", size: int | None = None) -> StoredFile:
        """Keep a file and give it its ids; `size` stands for bytes that aren't there."""
        size = len(data) if size is None else size
        if kind == "photo" and size > MAX_PHOTO:
            raise bad_request(
                f"file of size {size} bytes is too big for a photo; "
                f"the maximum size is {MAX_PHOTO} bytes"
            )
        number = len(self._by_id) + 1
        folder, extension = _FOLDERS[kind]
        if "." in name:
            extension = name.rsplit(".", 1)[1]
        path = f"{folder}/file_{number}.{extension}"
        stored = StoredFile(kind, f"{kind}-{number:06}", f"u{number:06}", path, name, data, size)
        self._by_id[stored.file_id] = self._by_path[path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        """By the id the bot knows."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """By the path `getFile` gave."""
        return self._by_path.get(path)


_LOOKS: dict[str, dict[str, Any]] = {
    "voice": {"duration": 3, "mime_type": "audio/ogg"},
    "video": {"width": 640, "height": 360, "duration": 3, "mime_type": "video/mp4"},
    "animation": {"width": 320, "height": 240, "duration": 3, "mime_type": "video/mp4"},
    "audio": {"duration": 3, "mime_type": "audio/mpeg"},
    "video_note": {"length": 240, "duration": 3},
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
    },
}


def content_of(stored: StoredFile) -> dict[str, Any]:
    """The part of a Message that carries this file."""
    if stored.kind == "photo":
        # One picture behind both sizes: clients choose by width, the bytes don't matter here.
        sizes = [(90, 67), (800, 600)]
        return {"photo": [stored.described(width=w, height=h) for w, h in sizes]}
    if stored.kind == "document":
        return {"document": stored.described(file_name=stored.name)}
    content = {stored.kind: stored.described(**_LOOKS[stored.kind])}
    if stored.kind == "animation":
        # Old clients know no animations: Telegram gives them a document as well.
        content["document"] = stored.described(mime_type="video/mp4")
    return content
