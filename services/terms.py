"""«до 31.12.2026, приказ 15-р»: until when a role is given, and by which act. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.errors import DomainError

ACT_LIMIT = 64
_UNTIL = re.compile(r"(?:\bдо|\buntil)\s+(\d{1,2})\.(\d{1,2})\.(\d{4})", re.IGNORECASE)
_BEGINS = re.compile(r"(до|until|приказ|распоряж|постанов|order)", re.IGNORECASE)
_ACT = re.compile(
    r"(?:приказ\w*|распоряжени\w*|постановлени\w*|order)\s*(?:№|N)?\s*", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Term:
    """How long a role is held and why."""

    until: datetime | None = None
    """The first moment when it is held no more: the end of the named day."""
    act: str | None = None


def read(text: str, zone: ZoneInfo, *, now: datetime) -> Term:
    """The term in somebody's words, in either order, each part optional.

    Raises DomainError(«term_unread», «term_past»).
    """
    found = _UNTIL.search(text)
    rest = _UNTIL.sub(" ", text).strip(" ,;.\n")
    until = None
    if found is not None:
        day, month, year = (int(part) for part in found.groups())
        until = _end_of(day, month, year, zone)
        if until <= now:
            raise DomainError("term_past")
    named = _ACT.search(rest)
    act = rest[named.end() :].strip(" ,;\n")[:ACT_LIMIT] if named else None
    if (until is None and not act) or (rest and not act):
        raise DomainError("term_unread")
    return Term(until, act)


def _end_of(day: int, month: int, year: int, zone: ZoneInfo) -> datetime:
    try:
        next_day = date(year, month, day) + timedelta(days=1)
    except (ValueError, OverflowError):
        raise DomainError("term_unread") from None
    return datetime.combine(next_day, time(0), zone).astimezone(UTC)


def split(words: list[str]) -> tuple[list[str], str]:
    """What stands before a term, and the term's words: «EXE HCS до …» → [EXE, HCS], «до …»."""
    for place, word in enumerate(words):
        if _BEGINS.match(word):
            return words[:place], " ".join(words[place:])
    return words, ""
