"""Finding phrases in a text: all words of the phrase, in any order, close together.

A word of a phrase stands for all its forms. `горит|полыхает` is either of two words, `=горим` only
this form, `из_окно` the word right after «из», `не_гореть` the word right after «не». `…` is no
word: it lets the others stand further apart, with half a sentence between them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.understanding.lemmas import (
    FUNCTION_WORDS,
    Token,
    is_known,
    lemmas_of,
    phrase_of,
    plain,
)
from services.understanding.spelling import speller_of

Phrase = tuple[frozenset[str], ...]

_SLACK = 2
_WIDE, _WIDER = "…", 4
_MARKED = frozenset("|=_")
_NOT = "не_"


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase met in a text: its number in the index, and the tokens' positions."""

    phrase: int
    positions: tuple[int, ...]


def parse(text: str) -> Phrase:
    """The words of a phrase, each with everything it may be in a text."""
    text = text.replace(_WIDE, " ")
    if not _MARKED & set(text):
        return phrase_of(text)
    words = [_either(word) for word in text.split() if plain(word) not in FUNCTION_WORDS]
    return tuple(words)


def _either(word: str) -> frozenset[str]:
    return frozenset(key for part in word.split("|") for key in _keys(plain(part)))


def _keys(word: str) -> Iterable[str]:
    if word.startswith("="):
        return (word,)
    before, _, named = word.rpartition("_")
    lemmas = lemmas_of(named)
    return [f"{before}_{lemma}" for lemma in lemmas] if before else lemmas


class PhraseIndex:
    """Phrases by their words, so that a text is compared only with those it could hold."""

    def __init__(
        self, texts: Iterable[str], *, forgiving: bool = False, slack: int = _SLACK
    ) -> None:
        """`forgiving`: a misspelt word is taken for the one it is a slip away from.

        `slack`: how many strange words may stand inside a phrase.
        """
        texts = tuple(texts)
        self._slacks = tuple(slack + _WIDER * text.count(_WIDE) for text in texts)
        self.phrases: tuple[Phrase, ...] = tuple(parse(text) for text in texts)
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for number, phrase in enumerate(self.phrases):
            for key in phrase[0] if phrase else ():
                self._by_word[key].append(number)
        keys = {key for phrase in self.phrases for word in phrase for key in word}
        self._exact = {key[1:] for key in keys if key.startswith("=")}
        self._after = {key.partition("_")[0] for key in keys if "_" in key}
        self._denying = {
            number: denying
            for number, phrase in enumerate(self.phrases)
            if (denying := {key for word in phrase for key in word if key.startswith(_NOT)})
        }
        plain_keys = (key.rpartition("_")[2] for key in keys if not key.startswith("="))
        self._speller = speller_of(frozenset(plain_keys)) if forgiving else None

    def find(self, tokens: tuple[Token, ...]) -> Iterator[Found]:
        """Every phrase of the index that stands in the tokens, each place of its own."""
        keys = [self._keys_of(token) for token in tokens]
        said = frozenset().union(*keys)
        for position, own in enumerate(keys):
            numbers = {n for key in own if key in self._by_word for n in self._by_word[key]}
            for number in sorted(numbers):
                phrase = self.phrases[number]
                if phrase[-1].isdisjoint(said):
                    continue
                places = _match(phrase, keys, position, self._slacks[number])
                if places is not None:
                    yield Found(number, self._with_negations(number, places, keys))

    def _with_negations(
        self, number: int, places: tuple[int, ...], keys: list[frozenset[str]]
    ) -> tuple[int, ...]:
        """«Не» of `не_дышать` is a word of the phrase, and denies nothing."""
        denying = self._denying.get(number)
        if denying is None:
            return places
        negations = [i - 1 for i in places if not denying.isdisjoint(keys[i])]
        return tuple(sorted({*places, *negations}))

    def _keys_of(self, token: Token) -> frozenset[str]:
        """Everything a word of a phrase may call this token."""
        keys = token.lemmas
        if self._speller is not None and not is_known(token.text):
            keys |= self._speller.lemmas(token.text)
        if token.before in self._after:
            keys |= {f"{token.before}_{lemma}" for lemma in keys}
        if self._exact and (word := token.word) in self._exact:
            keys |= {f"={word}"}
        return keys


def _match(
    phrase: Phrase, keys: list[frozenset[str]], first: int, slack: int
) -> tuple[int, ...] | None:
    """Positions of the phrase's words around the first of them, or None."""
    reach = len(phrase) + slack
    used = [first]
    for words in phrase[1:]:
        near = [
            i
            for i in range(max(0, first - reach + 1), min(len(keys), first + reach))
            if i not in used and not words.isdisjoint(keys[i])
        ]
        if not near:
            return None
        used.append(min(near, key=lambda i: (abs(i - used[-1]), i < used[-1])))
    if max(used) - min(used) >= reach:
        return None
    return tuple(sorted(used))
