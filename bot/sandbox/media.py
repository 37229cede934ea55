"""Files of the town: photos, documents and voices, with ids the bot can send again."""

from dataclasses import dataclass
from typing import Any

from bot.sandbox.errors import bad_request

MAX_DOWNLOAD = 20 * 1024 * 1024
MAX_PHOTO = 10 * 1024 * 1024

_FOLDERS = {
    "photo": ("photos", "jpg"),
    "document": ("documents", "bin"),
    "voice": ("voice", "oga"),
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

    def described(self, **more: Any) -> dict[str, Any]:
        """The fields every kind of file has, and those of its own."""
        return {
            "file_id": self.file_id,
            "file_unique_id": self.unique_id,
            "file_size": len(self.data),
        } | more


class FileStore:
    """Files by id and by download path."""

    def __init__(self) -> None:
        self._by_id: dict[str, StoredFile] = {}
        self._by_path: dict[str, StoredFile] = {}

    def add(self, kind: str, data: bytes, name: str = "") -> StoredFile:
        """Keep a file and give it its ids."""
        if kind == "photo" and len(data) > MAX_PHOTO:
            raise bad_request(
                f"file of size {len(data)} bytes is too big for a photo; "
                f"the maximum size is {MAX_PHOTO} bytes"
            )
        number = len(self._by_id) + 1
        folder, extension = _FOLDERS[kind]
        if "." in name:
            extension = name.rsplit(".", 1)[1]
        path = f"{folder}/file_{number}.{extension}"
        stored = StoredFile(kind, f"{kind}-{number:06}", f"u{number:06}", path, name, data)
        self._by_id[stored.file_id] = self._by_path[path] = stored
        return stored

    def get(self, file_id: str) -> StoredFile | None:
        """By the id the bot knows."""
        return self._by_id.get(file_id)

    def at(self, path: str) -> StoredFile | None:
        """By the path `getFile` gave."""
        return self._by_path.get(path)


def content_of(stored: StoredFile) -> dict[str, Any]:
    """The part of a Message that carries this file."""
    if stored.kind == "photo":
        # One picture behind both sizes: clients choose by width, the bytes don't matter here.
        sizes = [(90, 67), (800, 600)]
        return {"photo": [stored.described(width=w, height=h) for w, h in sizes]}
    if stored.kind == "document":
        return {"document": stored.described(file_name=stored.name)}
    if stored.kind == "voice":
        return {"voice": stored.described(duration=3, mime_type="audio/ogg")}
    return {
        "sticker": stored.described(
            type="regular", width=512, height=512, is_animated=False, is_video=False
        )
    }
