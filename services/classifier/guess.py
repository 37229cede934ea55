"""What a classifier says of a text, whichever it was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from services.understanding.lemmas import Token

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """Names with their probabilities, best first, three at most.

    `confidence` (0..1) is how likely the first group is right; `auto` says that it is enough to
    route without a person. `words` are those of the text that speak for the guess.
    """

    groups: tuple[tuple[str, float], ...]
    topics: tuple[tuple[str, float], ...]
    confidence: float
    auto: bool
    words: tuple[str, ...]


def best(names: tuple[str, ...], chances: NDArray[np.float64]) -> tuple[tuple[str, float], ...]:
    """The likeliest three, impossible ones left out."""
    first = np.argsort(-chances, kind="stable")[:SHOWN]
    return tuple((names[i], round(float(chances[i]), 4)) for i in first if chances[i] > 0)


class Classifier(Protocol):
    """The vocabulary alone, or a model that has learnt."""

    @property
    def version(self) -> str:
        """Which one it is: «cold», or the name a model was given when it was made."""

    def guess(self, text: str, tokens: tuple[Token, ...]) -> Guess:
        """What the text is about; `tokens` are its words."""
