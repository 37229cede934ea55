"""What a citizen answers to «Где это?», and which of two streets of one name he means."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from services.municipality import Municipality
from services.understanding.lemmas import grammar_of, lemma_of, tokens_of
from services.understanding.model import Place

_PREDICATES = ("VERB", "PRTS", "ADJS", "PRED", "INFN")
"""Parts of speech that say what happens: «течёт», «переполнены», «нет»."""


def tells(text: str) -> bool:
    """Whether the words say that something happens, and do not merely name a spot.

    «Возле мусорных контейнеров» is a landmark though it is all about waste, «мусор не вывозят»
    is a report.
    """
    return any(_is_predicate(token.text) for token in tokens_of(text))


@lru_cache(maxsize=10_000)
def _is_predicate(word: str) -> bool:
    return any(part in grammar_of(word) for part in _PREDICATES)


_TIMES = frozenset(
    [
        *("минута", "час", "день", "сутки", "неделя", "месяц", "год", "раз", "время"),
        *("утро", "вечер", "ночь", "зима", "весна", "лето", "осень"),
    ]
)
"""«На третий день» has a preposition and a noun, and is no spot."""
_AFTER_PREPOSITION = 3
"""So many words after a preposition its noun is looked for: «у большого серого дома»."""


_MARKS = frozenset(
    ["ул", "улица", "пер", "переулок", "пр", "проспект", "д", "дом", "мкр", "мкрн", "кв", "км"]
)
"""Words that stand beside a name or a number of a place."""


_LINK = re.compile(r"https?://|\bwww\.|\bt\.me/|\b[\w-]+\.(?:ru|com|net|org|рф)\b", re.IGNORECASE)


def is_link(text: str) -> bool:
    """Whether the words hold an address of the internet: staff may open it, nobody drives there."""
    return _LINK.search(text) is not None


def names_a_spot(text: str) -> bool:
    """Whether words of an unknown place could stand behind «Где:».

    A noun after a preposition («возле арки»), or nothing but the name of a thing («рынок»,
    «школа 3»). «Уже третий день так» says when and how, «там же» says nothing. What is written
    in Latin letters is taken at its word.
    """
    words = [token.text.lower() for token in tokens_of(text)]
    if any(word in _MARKS or (word.isascii() and word.isalpha()) for word in words):
        return True
    for place, word in enumerate(words):
        after = words[place + 1 : place + 1 + _AFTER_PREPOSITION]
        if "PREP" in grammar_of(word) and any(map(_is_thing, after)):
            return True
    named = [word for word in words if not word.isdecimal()]
    return any(map(_is_thing, named)) and all(map(_names, named))


def _is_thing(word: str) -> bool:
    return "NOUN" in grammar_of(word) and lemma_of(word) not in _TIMES


def _names(word: str) -> bool:
    """A thing, or a word about a thing: «центральный рынок»."""
    return _is_thing(word) or grammar_of(word).startswith(("ADJF", "PREP", "CONJ", "PRTF"))


def settled(town: Municipality, place: Place, name: str) -> Place:
    """The place once the citizen has said in which settlement his street is.

    Raises ValueError when that settlement has no such street.
    """
    if name not in place.ambiguous:
        raise ValueError(f"expected one of {', '.join(place.ambiguous)}, got «{name}»")
    settlement = town.settlements[name]
    words = place.text if name == town.name else f"{name}, {place.text}"
    return replace(place, text=words, settlement=name, territory=settlement.territory, ambiguous=())
