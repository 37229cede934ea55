"""The likeliest labels, and the words that speak for them."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from services.classifier.lexicon import Evidence, Floats, Lexicon
from services.understanding.guess import same
from services.understanding.lemmas import Token

SHOWN = 3
OFFERED = 12
"""Topics that a person may choose from by the classifier's word."""

Ranked = tuple[tuple[str, float], ...]


def best(names: tuple[str, ...], chances: Floats) -> Ranked:
    """The likeliest three, impossible ones left out."""
    return _first(names, chances, SHOWN)


def offered(names: tuple[str, ...], chances: Floats) -> tuple[str, ...]:
    """The names of the likeliest dozen, impossible ones left out."""
    return tuple(name for name, _chance in _first(names, chances, OFFERED))


def _first(names: tuple[str, ...], chances: Floats, shown: int) -> Ranked:
    first = np.argsort(-chances, kind="stable")[:shown]
    return tuple((names[i], round(float(chances[i]), 4)) for i in first if chances[i] > 0)


def reasons(
    lexicon: Lexicon, evidence: Evidence, content: tuple[Token, ...], groups: Iterable[str]
) -> tuple[tuple[str, ...], ...]:
    """For each group the words that its best topic by the vocabulary stands on.

    `content` are the words that `evidence` was read from.
    """
    return tuple(_words(lexicon, evidence, content, group) for group in groups)


def _words(
    lexicon: Lexicon, evidence: Evidence, content: tuple[Token, ...], group: str
) -> tuple[str, ...]:
    number = lexicon.numbers.get(same(group))
    if number is None:
        return ()
    mine = lexicon.topics_of[number]
    topic = int(mine[evidence.topics[mine].argmax()])
    return tuple(content[i].text for i in evidence.reasons.get(topic, ()))
