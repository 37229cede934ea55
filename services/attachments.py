"""Kinds of files: what they are to people, what counts as evidence, what can't be masked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from services.model import Attachment
from services.wire import File, Message

GROUPS = {
    "photo": "photo",
    "video": "video",
    "animation": "video",
    "video_note": "video",
    "voice": "voice",
    "audio": "voice",
    "document": "file",
}
"""A messenger's kind of file → what a person calls it."""
_EVIDENCE = frozenset({"photo", "video", "file"})
"""What can show that the work is done (invariant 5); a voice can't."""


def counts(files: Iterable[File | Attachment]) -> Counter[str]:
    """How many there are of each group."""
    return Counter(GROUPS.get(file.kind, "file") for file in files)


def evidence(files: Iterable[File | Attachment]) -> int:
    """How many of an answer's files can be evidence."""
    return sum(n for group, n in counts(files).items() if group in _EVIDENCE)


def without_words(message: Message) -> str | None:
    """The group of files that is all a message says; None where it has words or no files.

    Of several groups the one that can be looked at comes first: it is easiest to ask about.
    """
    if message.text.strip() or not message.attachments:
        return None
    found = counts(message.attachments)
    return next(group for group in ("photo", "video", "file", "voice") if found[group])
