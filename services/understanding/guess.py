"""What a classifier says of a text, whichever it was."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from services.understanding.lemmas import Token, plain

COLD = "cold"
"""The version of the vocabulary alone."""


@dataclass(frozen=True, slots=True)
class Guess:
    """Names with their probabilities, best first, three at most.

    `confidence` (0..1) is how likely the first group is right; `auto` says that it is enough to
    route without a person. `reasons` are those words of the text that speak for each of `groups`.
    """

    groups: tuple[tuple[str, float], ...]
    topics: tuple[tuple[str, float], ...]
    confidence: float
    auto: bool
    reasons: tuple[tuple[str, ...], ...] = ()
    calibrated: bool = True
    """`auto` was set on data; otherwise a second opinion may do as well."""
    ranking: tuple[str, ...] = ()
    """Names of topics, the likeliest first, a dozen at most: for a person to choose from."""

    @property
    def words(self) -> tuple[str, ...]:
        """What speaks for the first group."""
        return self.reasons[0] if self.reasons else ()


class Classifier(Protocol):
    """The vocabulary alone, or a model that has learnt."""

    @property
    def version(self) -> str:
        """Which one it is: «cold», or the name a model was given when it was made."""

    def guess(self, text: str, tokens: tuple[Token, ...]) -> Guess:
        """What the text is about; `tokens` are its words."""


@lru_cache(maxsize=4_096)
def same(name: str) -> str:
    """A group's or topic's name as names are compared: case, ё and spaces do not matter."""
    return " ".join(plain(name).split())
