"""Words that somebody owes, an answer or a phrase: never empty, never longer than what fits."""

from __future__ import annotations

from services.desk import Desk
from services.errors import DomainError
from services.wire import units

LIMIT = 500
"""Of a phrase, in UTF-16 units: not a letter."""


def within(words: str, *, limit: int, empty: str) -> str:
    """The words without space around them.

    `limit` in UTF-16 units. Raises DomainError(`empty`, «too_long»).
    """
    words = words.strip()
    if not words:
        raise DomainError(empty)
    if units(words) > limit:
        raise DomainError("too_long", n=units(words), limit=limit)
    return words


def phrase(desk: Desk, words: str) -> str:
    """A reason or a remark, masked for the chats.

    Raises DomainError(«reason_needed», «too_long»).
    """
    return desk.understand(within(words, limit=LIMIT, empty="reason_needed")).masked
