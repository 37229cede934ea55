"""What the hub has understood of a citizen's words, as values with their reasons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from services.municipality import UrgencyRule
from services.policies import Urgency
from services.understanding.guess import Guess


@dataclass(frozen=True, slots=True)
class Candidate:
    """A topic the text may be about."""

    topic: str
    block: str
    score: float
    words: tuple[str, ...]
    """The words that speak for it, as the citizen wrote them."""

    def as_json(self) -> dict[str, Any]:
        """As an appeal keeps it; `asdict` takes thirty times as long."""
        return {
            "topic": self.topic,
            "block": self.block,
            "score": self.score,
            "words": list(self.words),
        }


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is, as far as the text says."""

    text: str
    settlement: str | None
    street: str | None
    house: str | None
    territory: str | None
    ambiguous: tuple[str, ...] = ()
    """Settlements that have this street when the text named none of them."""
    landmark: str | None = None
    """What two ways to name one spot have in common: «школа 3», «рынок», «1530 км М4»."""
    cross: str | None = None
    """The other street of a corner, in whatever order they were said."""

    @property
    def streets(self) -> frozenset[str]:
        """Every street it is on."""
        return frozenset(name.casefold() for name in (self.street, self.cross) if name is not None)


@dataclass(frozen=True, slots=True)
class Understanding:
    """The hub's guess; only `urgency` may act before a person has looked."""

    topic: str | None
    block: str | None
    confidence: float
    candidates: tuple[Candidate, ...]
    """At most three, best first, of different blocks as long as there are any."""
    place: Place | None
    urgency: Urgency
    urgency_words: tuple[str, ...]
    advice: UrgencyRule | None
    """The rule that raised the urgency, when it has something to tell the citizen."""
    dangers: tuple[UrgencyRule, ...]
    """Every emergency that the text names, worst first."""
    masked: str
    """The text without personal data: the only one staff see. An emergency keeps its flat."""
    essence: str
    sure: bool
    """Enough to go to `block` without a person."""
    guess: Guess
    """What the classifier said by itself."""
    model: str
    """Which classifier that was."""
    likely: tuple[str, ...] = ()
    """Topics of whatever block, the likeliest first: for a person to choose from."""
