"""The names of a municipality's map, found in a text in any form and with a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from services.understanding.lemmas import Token, is_known, plain
from services.understanding.names import forms_of
from services.understanding.spelling import near_forms

Span = tuple[int, ...]
SHORTEST = 6
"""A shorter misspelt word could be too many other words."""
_ORDINALS = ("перв", "втор", "трет", "четверт", "пят", "шест", "седьм", "восьм", "девят", "десят")
_TAILS = {"й", "ый", "ой", "ом", "м", "го", "му", "я", "ая"}
"""What follows a figure: «5-й микрорайон»."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name of the map and the settlements that have it."""

    name: str
    forms: tuple[frozenset[str], ...]
    settlements: tuple[str, ...]
    short: bool = False
    """Only the last word of it: «Жукова» for «Маршала Жукова»."""


class Gazetteer:
    """Names by every form of their first word, those of more words first."""

    def __init__(self, pairs: Iterable[tuple[str, str, str]], *, short: bool = False) -> None:
        """`pairs`: how people call it, its name, its settlement.

        `short`: «Жукова» is looked for too where only «Маршала Жукова» is known.
        """
        homes: dict[tuple[str, str], list[str]] = {}
        for called, name, settlement in pairs:
            for way in _ways(called):
                homes.setdefault((way, name), []).append(settlement)
        self._index: dict[str, list[Name]] = {}
        for (way, name), places in sorted(homes.items(), key=lambda item: _longest(item[0])):
            self._add(Name(name, forms_of(way), tuple(dict.fromkeys(places))))
        if short:
            self._add_short([(called, name, places) for (called, name), places in homes.items()])

    def _add(self, name: Name) -> None:
        for form in name.forms[0]:
            self._index.setdefault(form, []).append(name)

    def _add_short(self, homes: list[tuple[str, str, list[str]]]) -> None:
        for called, name, places in homes:
            last = called.split()[-1]
            if " " in called and plain(last) not in self._index:
                self._add(Name(name, forms_of(last), tuple(dict.fromkeys(places)), short=True))

    @property
    def words(self) -> Iterator[frozenset[str]]:
        """The forms of every word of every name."""
        return (forms for names in self._index.values() for name in names for forms in name.forms)

    def at(self, words: list[str], position: int) -> Iterator[tuple[Name, Span]]:
        """Every name that begins at a position, with the positions of its words."""
        for name in self._index.get(words[position], ()):
            span = _span(name, words, position)
            if span:
                yield name, span


def _longest(item: tuple[str, str]) -> tuple[int, str]:
    return -len(item[0].split()), item[0]


def _ways(called: str) -> Iterator[str]:
    """«Архипо-Осиповка» is written with a space too, «Пятый микрорайон» is «5 мкр»."""
    yield called
    if "-" in called:
        yield called.replace("-", " ")
    first, _, rest = called.partition(" ")
    number = next((n for n, stem in enumerate(_ORDINALS, 1) if plain(first).startswith(stem)), 0)
    if number and rest:
        yield f"{number} {rest}"
    if plain(rest) == "микрорайон":
        yield from (f"{one} {short}" for one in (first, number) for short in ("мкр", "мкрн"))


def _span(name: Name, words: list[str], position: int) -> Span:
    """Positions of the name's words from `position` on, or nothing."""
    span = [position]
    for forms in name.forms[1:]:
        following = span[-1] + 1
        if following < len(words) and words[span[-1]].isdigit() and words[following] in _TAILS:
            following += 1
        if following >= len(words) or words[following] not in forms:
            return ()
        span.append(following)
    return tuple(span)


class Spelling:
    """What was meant by words that neither the map nor a dictionary knows."""

    def __init__(self, gazetteers: Iterable[Gazetteer]) -> None:
        self._owners: dict[str, set[frozenset[str]]] = {}
        for forms in (forms for gazetteer in gazetteers for forms in gazetteer.words):
            for form in forms:
                self._owners.setdefault(form, set()).add(forms)
        self._near = near_forms(word for word in self._owners if len(word) >= SHORTEST)

    def words_of(self, tokens: tuple[Token, ...]) -> list[str]:
        """The words of a text in plain letters, misspelt names put right."""
        return [self._meant(token.word) for token in tokens]

    def _meant(self, word: str) -> str:
        if word in self._owners or len(word) < SHORTEST or is_known(word):
            return word
        # «Чайковскова» is how it sounds.
        for said in (word, _as_written(word)):
            if said in self._owners:
                return said
            near = self._near(said)
            if near and set.intersection(*(self._owners[form] for form in near)):
                return min(near)
        return word


def _as_written(word: str) -> str:
    return word[:-2] + "го" if word.endswith(("ова", "ово", "ева", "ево")) else word
