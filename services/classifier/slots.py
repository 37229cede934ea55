"""Phrases of the vocabulary: «нет/без вода/свет», «асфальт*», «!люк», «~дорога».

A phrase is a row of slots; a slot is met by any of its words in any form. Every different slot has
a number, and a word of a text is looked up once for all the slots that it meets.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from services.understanding.lemmas import FUNCTION_WORDS, Token, lemmas_of, plain

STRONG = 1.6
FAINT = 0.4
LENGTHS = {1: 1.0, 2: 1.8}
LONG = 2.4
"""What a phrase of so many slots weighs: two words together say more than twice one of them."""
STRONG_WORD = 2.0
SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Phrase:
    """Numbers of the slots, and how much the phrase says."""

    slots: tuple[int, ...]
    weight: float


class Slots:
    """All slots of a vocabulary."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._numbers: dict[str, int] = {}
        self._by_lemma: dict[str, list[int]] = defaultdict(list)
        self._by_stem: dict[str, list[int]] = defaultdict(list)
        self._met: dict[str, frozenset[int]] = {}

    def parse(self, text: str) -> Phrase:
        """A phrase as the vocabulary writes it."""
        mark = text[:1] if text[:1] in "!~" else ""
        parts = [part for part in text[len(mark) :].split() if part not in FUNCTION_WORDS]
        weight = LENGTHS.get(len(parts), LONG)
        if mark == "!":
            weight = STRONG_WORD if len(parts) == 1 else weight * STRONG
        elif mark == "~":
            weight *= FAINT
        return Phrase(tuple(self._number(part) for part in parts), weight)

    def _number(self, text: str) -> int:
        if text in self._numbers:
            return self._numbers[text]
        number = self._numbers[text] = len(self.texts)
        self.texts.append(text)
        for word in text.split("/"):
            if word.endswith("*"):
                self._by_stem[plain(word[:-1])].append(number)
            else:
                for lemma in lemmas_of(word) | {plain(word)}:
                    self._by_lemma[lemma].append(number)
        return number

    def met_by(self, token: Token) -> frozenset[int]:
        """The slots that a word meets."""
        word = token.word
        met = self._met.get(word)
        if met is None:
            met = frozenset(self._look_up(token.lemmas | {word}))
            if len(self._met) < 100_000:
                self._met[word] = met
        return met

    def _look_up(self, forms: frozenset[str]) -> set[int]:
        met: set[int] = set()
        for form in forms:
            met.update(self._by_lemma.get(form, ()))
            for end in range(SHORTEST_STEM, len(form) + 1):
                met.update(self._by_stem.get(form[:end], ()))
        return met
