"""From what was seen in a text to one long, mostly empty vector.

Each kind of sight is a block: counts become (1 + log times) × rarity, the block is brought to
length 1, then weighed by the root of its SHARE. Rarity is learnt: log((1 + n) / (1 + df)) + 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from services.classifier.features import (
    LETTERS,
    PAIRS,
    WORDS,
    Counts,
    Seen,
    pair_buckets,
)
from services.classifier.lexicon import Floats, Ints

SHARES = {"words": 1.0, "letters": 1.0, "slots": 1.5, "pairs": 1.5, "topics": 0.7, "groups": 0.4}
"""Chosen by cross-validation on the training set (docs/understanding.md)."""
MOST_SLOTS = 28
"""Pairs are made of so many slots, the rarest first: a long letter must not take long."""


@dataclass(frozen=True, slots=True)
class Space:
    """The rarity of buckets and slots, and the sizes of the vocabulary."""

    words: Floats
    letters: Floats
    slots: Floats
    topics: int
    groups: int

    @classmethod
    def of(cls, texts: Sequence[Seen], slots: int) -> Space:
        """Learn the rarity from texts; `slots`: how many the vocabulary has."""
        return cls(
            words=_rarity([seen.words for seen in texts], WORDS),
            letters=_rarity([seen.letters for seen in texts], LETTERS),
            slots=_rarity([seen.slots for seen in texts], slots),
            topics=len(texts[0].evidence.topics),
            groups=len(texts[0].groups),
        )

    @property
    def size(self) -> int:
        """How long a vector is."""
        return WORDS + LETTERS + len(self.slots) + PAIRS + self.topics + self.groups

    def vector(self, seen: Seen) -> tuple[Ints, Floats]:
        """Where the vector is not zero, and what stands there."""
        slots = _weighed(seen.slots, self.slots)
        blocks = [
            (WORDS, "words", (seen.words.ids, _weighed(seen.words, self.words))),
            (LETTERS, "letters", (seen.letters.ids, _weighed(seen.letters, self.letters))),
            (len(self.slots), "slots", (seen.slots.ids, slots)),
            (PAIRS, "pairs", _pairs(seen.slots.ids, _unit(slots))),
            (self.topics, "topics", _dense(np.log1p(seen.evidence.topics))),
            (self.groups, "groups", _dense(seen.groups)),
        ]
        total = sum(SHARES.values())
        ids, values, start = [], [], 0
        for size, kind, (where, what) in blocks:
            ids.append(where + start)
            values.append(_unit(what) * np.sqrt(SHARES[kind] / total))
            start += size
        return np.concatenate(ids), np.concatenate(values)


def _rarity(texts: Sequence[Counts], size: int) -> Floats:
    met = np.zeros(size)
    for counts in texts:
        met[counts.ids] += 1
    rarity: Floats = np.log((1 + len(texts)) / (1 + met)) + 1
    return rarity


def _weighed(counts: Counts, rarity: Floats) -> Floats:
    weighed: Floats = (1 + np.log(counts.times)) * rarity[counts.ids]
    return weighed


def _unit(values: Floats) -> Floats:
    length = float(np.sqrt(values @ values))
    return values / length if length else values


def _pairs(slots: Ints, values: Floats) -> tuple[Ints, Floats]:
    if len(slots) > MOST_SLOTS:
        rarest = np.argsort(-values, kind="stable")[:MOST_SLOTS]
        slots, values = slots[rarest], values[rarest]
    buckets, first, second = pair_buckets(slots)
    # The square of a sum: a pair of different slots comes in twice.
    both = values[first] * values[second] * np.where(first == second, 1.0, np.sqrt(2))
    ids, places = np.unique(buckets, return_inverse=True)
    summed: Floats = np.bincount(places, weights=both, minlength=len(ids)).astype(np.float64)
    return ids, summed


def _dense(values: Floats) -> tuple[Ints, Floats]:
    where = np.flatnonzero(values)
    return where, values[where]
