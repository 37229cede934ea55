"""A phrase that somebody owes: a reason, a remark. Checked, and masked for the chats."""

from __future__ import annotations

from services.desk import Desk
from services.errors import DomainError
from services.wire import units

LIMIT = 500
"""In UTF-16 units: a phrase, not a letter."""


def phrase(desk: Desk, words: str) -> str:
    """The words as they may be shown. Raises DomainError(«reason_needed», «too_long»)."""
    words = words.strip()
    if not words:
        raise DomainError("reason_needed")
    if units(words) > LIMIT:
        raise DomainError("too_long", n=units(words), limit=LIMIT)
    return desk.understand(words).masked
