"""Misspelt words near those that phrases are about: «пахнит» is «пахнет», «пажар» — «пожар».

Only a word that no dictionary knows is looked up, and only one slip is forgiven: a letter changed,
left out, put in, or two neighbours swapped.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache

from services.understanding.lemmas import lexeme_of, plain

_COMMON = ("обращение", "пожарка", "пожарник")
"""Words of every other appeal that stand one slip away from a danger: never corrected."""
SHORTEST = 5
"""Shorter words have too many neighbours."""


class Speller:
    """The forms of some dictionary words, ready to be looked up by a misspelling."""

    def __init__(self, lemmas: Iterable[str]) -> None:
        self._lemmas: dict[str, str] = {}
        for lemma in lemmas:
            for form in lexeme_of(lemma):
                if len(form) >= SHORTEST:
                    self._lemmas.setdefault(form, lemma)
        self._near = near_forms(self._lemmas)
        self._common = {form for word in _COMMON for form in lexeme_of(word)}
        self._known: dict[str, frozenset[str]] = {}

    def lemmas(self, word: str) -> frozenset[str]:
        """Dictionary forms that `word` is one slip away from; empty when there are none."""
        word = plain(word)
        if len(word) < SHORTEST:
            return frozenset()
        if word not in self._known:
            if len(self._known) > 20_000:
                self._known.clear()
            self._known[word] = self._look_up(word)
        return self._known[word]

    def _look_up(self, word: str) -> frozenset[str]:
        if any(one_slip(word, form) for form in self._common):
            return frozenset()
        return frozenset(self._lemmas[form] for form in self._near(word))


def near_forms(forms: Iterable[str]) -> Callable[[str], frozenset[str]]:
    """A function that finds those of the forms that a word is one slip away from."""
    index: dict[str, list[str]] = {}
    for form in forms:
        for part in {form, *_without_one(form)}:
            index.setdefault(part, []).append(form)

    @lru_cache(maxsize=20_000)
    def near(word: str) -> frozenset[str]:
        parts = {word, *_without_one(word)}
        found = {form for part in parts for form in index.get(part, ())}
        return frozenset(form for form in found if one_slip(word, form))

    return near


@lru_cache(maxsize=4)
def speller_of(lemmas: frozenset[str]) -> Speller:
    """One speller for one vocabulary: making it takes half a second."""
    return Speller(sorted(lemmas))


def _without_one(word: str) -> Iterable[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))


def one_slip(one: str, other: str) -> bool:
    """Whether a letter changed, lost, added or two neighbours swapped make one of the other."""
    if len(one) > len(other):
        one, other = other, one
    start = next((i for i, char in enumerate(one) if char != other[i]), len(one))
    if len(one) < len(other):
        return len(other) - len(one) == 1 and one[start:] == other[start + 1 :]
    if one[start + 1 :] == other[start + 1 :]:
        return True
    swapped = one[start + 1 : start + 2] + one[start : start + 1] + one[start + 2 :]
    return swapped == other[start:]
