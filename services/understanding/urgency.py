"""How urgent a text is. The hub only raises urgency; a person lowers it (domain.md §1)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from services.municipality import UrgencyRule
from services.policies import Urgency
from services.understanding.denials import denied
from services.understanding.lemmas import FUNCTION_WORDS, Token
from services.understanding.phrases import PhraseIndex

ORDER = tuple(Urgency)
"""Worst first."""


@dataclass(frozen=True, slots=True)
class Raised:
    """What a rule found."""

    rule: UrgencyRule
    words: tuple[str, ...]


class UrgencyIndex:
    """The urgency rules of a municipality, ready to be looked up by words."""

    def __init__(self, rules: Iterable[UrgencyRule]) -> None:
        rules = sorted(rules, key=lambda rule: ORDER.index(rule.urgency))
        phrases = [(number, word) for number, rule in enumerate(rules) for word in rule.words]
        stops = [(number, word) for number, rule in enumerate(rules) for word in rule.stop_words]
        self._rules = tuple(rules)
        self._owners = tuple(number for number, _ in phrases)
        self._index = PhraseIndex((word for _, word in phrases), forgiving=True)
        self._stop_owners = tuple(number for number, _ in stops)
        self._stops = PhraseIndex((word for _, word in stops), slack=1)

    def found(
        self, tokens: tuple[Token, ...], named: frozenset[int] = frozenset()
    ) -> tuple[Raised, ...]:
        """Every rule that the text meets and does not deny, worst first.

        `named`: positions of names of places, which say nothing of danger («ул. Пожарная»).
        """
        places = [
            i
            for i, token in enumerate(tokens)
            if i not in named and token.word not in FUNCTION_WORDS
        ]
        content = tuple(tokens[i] for i in places)
        stopped: set[tuple[int, int]] | None = None
        raised: list[tuple[int, Raised]] = []
        for item in self._index.find(content):
            number = self._owners[item.phrase]
            if stopped is None:
                stopped = self._stopped(content)
            if any((number, i) in stopped for i in item.positions):
                continue
            positions = tuple(places[i] for i in item.positions)
            if not denied(tokens, positions):
                words = tuple(tokens[i].text for i in positions)
                raised.append((number, Raised(self._rules[number], words)))
        raised.sort(key=lambda pair: (pair[0], -len(pair[1].words)))
        return tuple(found for _, found in raised)

    def _stopped(self, content: tuple[Token, ...]) -> set[tuple[int, int]]:
        """Words that mean something else in a rule: «горит лампочка» is no fire."""
        return {
            (self._stop_owners[item.phrase], position)
            for item in self._stops.find(content)
            if len({content[i].clause for i in item.positions}) == 1
            for position in item.positions
        }


def worse(one: Urgency, other: Urgency) -> Urgency:
    """The more urgent of two."""
    return min(one, other, key=ORDER.index)
