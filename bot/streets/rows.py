"""What any source of streets comes down to: a settlement, a street and its kind."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from services.understanding.lemmas import plain

_KINDS = {
    "": ("ул", "улица", "street", "residential"),
    "пер.": ("пер", "переулок"),
    "пр-т": ("пр-кт", "пр-т", "проспект"),
    "б-р": ("б-р", "бульвар", "бул"),
    "проезд": ("проезд", "пр-д"),
    "тупик": ("туп", "тупик"),
    "пл.": ("пл", "площадь"),
    "наб.": ("наб", "набережная"),
    "ш.": ("ш", "шоссе"),
    "аллея": ("аллея", "ал"),
    "спуск": ("спуск",),
}
_BY_WORD = {word: kind for kind, words in _KINDS.items() for word in words}
_SPACES = re.compile(r"\s+")


class BadFileError(ValueError):
    """The file cannot be read at all; the text says what was expected."""


@dataclass(frozen=True, slots=True)
class Row:
    """A street of a settlement; `kind` is empty for «улица»."""

    settlement: str
    name: str
    kind: str

    @property
    def street(self) -> str:
        """The name as the municipality keeps it: «Мира», «пер. Тихий»."""
        return f"{self.kind} {self.name}".strip()


@dataclass(slots=True)
class Found:
    """Everything a source has given."""

    rows: list[Row] = field(default_factory=list)
    bad: list[tuple[int, str]] = field(default_factory=list)
    """Rows that could not be read, by number, and why."""
    strange: dict[str, int] = field(default_factory=dict)
    """Settlements that the municipality has not, and how many rows named them."""
    others: int = 0
    """Rows that are no streets: quarters, gardens, districts."""


def kind_of(word: str) -> str | None:
    """The kind that «ул.» or «переулок» stands for; None when it is no kind of street."""
    return _BY_WORD.get(plain(word).strip(" ."))


def named(text: str, kind: str | None = None) -> tuple[str, str]:
    """Name and kind of «улица Мира», «Мира ул.», «Красный переулок»; ("", …) for no name."""
    words = _SPACES.sub(" ", text.replace("«", "").replace("»", "")).strip().split(" ")
    for position in (0, len(words) - 1):
        known = kind_of(words[position])
        if known is not None and len(words) > 1:
            rest = words[:position] + words[position + 1 :]
            return " ".join(rest), known
    return " ".join(words), kind or ""
