"""Out of one line about somebody who called: his first name, and what he is called back by."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from services.understanding.lemmas import as_first_name
from services.understanding.telephones import take_phones

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


@dataclass(frozen=True, slots=True)
class Caller:
    """`name` may stand on a card; the rest is for whoever calls back (domain.md §8)."""

    name: str
    phones: tuple[str, ...]
    rest: str
    """All words but the telephones: full name, flat."""


def caller(text: str) -> Caller:
    """What a line like «Иванова Мария Петровна, 8.900.000.00.17, кв. 4» says."""
    phones, rest = take_phones(text)
    rest = re.sub(r"\s+(?=[,;])", "", " ".join(rest.split())).strip(" ,;.")
    return Caller(_first_name(rest), phones, rest)


@lru_cache(maxsize=100)
def _first_name(text: str) -> str:
    """The word that is a first name most likely; nothing where none may be one."""
    words: list[str] = _WORD.findall(text)
    named = [(as_first_name(word), -place) for place, word in enumerate(words)]
    likely, place = max(named, default=(0.0, 0))
    if likely > 0:
        return words[-place].capitalize()
    foreign = [word for word in words if word.isascii() and word[0].isupper()]
    return foreign[0] if foreign else ""
