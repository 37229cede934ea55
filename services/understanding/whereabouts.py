"""What a citizen answers to «Где это?», and which of two streets of one name he means."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from services.municipality import Municipality
from services.understanding.lemmas import grammar_of, tokens_of
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


def settled(town: Municipality, place: Place, name: str) -> Place:
    """The place once the citizen has said in which settlement his street is.

    Raises ValueError when that settlement has no such street.
    """
    if name not in place.ambiguous:
        raise ValueError(f"expected one of {', '.join(place.ambiguous)}, got «{name}»")
    settlement = town.settlements[name]
    words = place.text if name == town.name else f"{name}, {place.text}"
    return replace(place, text=words, settlement=name, territory=settlement.territory, ambiguous=())
