"""Finding phrases in a text: all words of the phrase, in any order, close together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.understanding.lemmas import Token, phrase_of

Phrase = tuple[frozenset[str], ...]

_SLACK = 2
"""How many strange words may stand inside a phrase."""


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase met in a text: its number in the index, and the tokens' positions."""

    phrase: int
    positions: tuple[int, ...]


class PhraseIndex:
    """Phrases by their words, so that a text is compared only with those it could hold."""

    def __init__(self, texts: Iterable[str]) -> None:
        self.phrases: tuple[Phrase, ...] = tuple(phrase_of(text) for text in texts)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(self.phrases):
            for lemma in phrase[0] if phrase else ():
                self._by_word[lemma].append(number)

    def find(self, tokens: tuple[Token, ...]) -> Iterator[Found]:
        """Every phrase of the index that stands in the tokens, each place of its own."""
        for position, token in enumerate(tokens):
            numbers = {n for lemma in token.lemmas for n in self._by_word.get(lemma, ())}
            for number in sorted(numbers):
                places = _match(self.phrases[number], tokens, position)
                if places is not None:
                    yield Found(number, places)


def _match(phrase: Phrase, tokens: tuple[Token, ...], first: int) -> tuple[int, ...] | None:
    """Positions of the phrase's words around the first of them, or None."""
    reach = len(phrase) + _SLACK
    used = [first]
    for lemmas in phrase[1:]:
        near = [
            i
            for i in range(max(0, first - reach + 1), min(len(tokens), first + reach))
            if i not in used and tokens[i].lemmas & lemmas
        ]
        if not near:
            return None
        used.append(min(near, key=lambda i: (abs(i - used[-1]), i < used[-1])))
    if max(used) - min(used) >= reach:
        return None
    return tuple(sorted(used))
