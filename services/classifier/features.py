"""A text as numbers, the same for learning and for use. No word of it can be read back.

Words (dictionary forms, one and two in a row) and letters (three to five in a row, inside words)
are counted in hashed buckets; slots of the vocabulary are counted by their numbers; topics and
groups of the vocabulary come with their scores.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

import numpy as np

from services.classifier.cold import SHARPNESS, group_scores, shares
from services.classifier.lexicon import Evidence, Floats, Ints, Lexicon
from services.understanding.lemmas import Token, content_of, lemma_of, plain

WORDS = 1 << 15
LETTERS = 1 << 15
PAIRS = 1 << 15
"""Buckets of words, of letters and of pairs of slots."""
RUNS = (3, 4, 5)
MOST_LETTERS = 3000
"""The letters after so many say nothing new."""
_TURN = 0x9E3779B1
_NOT_LETTERS = re.compile(r"[^a-zа-я]+")


@dataclass(frozen=True, slots=True)
class Counts:
    """Buckets, each once, and how often each was met."""

    ids: Ints
    times: Floats


@dataclass(frozen=True, slots=True)
class Seen:
    """Everything a model may look at in one text."""

    words: Counts
    letters: Counts
    slots: Counts
    evidence: Evidence
    groups: Floats
    """The vocabulary's chances of the groups."""
    length: int
    """Words in all."""


def look(text: str, tokens: tuple[Token, ...], lexicon: Lexicon) -> Seen:
    """See a text; `tokens` are its words."""
    evidence = lexicon.read(content_of(tokens))
    lemmas = [lemma_of(token.text) for token in tokens if not token.text.isdigit()]
    slots = Counter(evidence.met)
    return Seen(
        words=_counts(_word_buckets(lemmas)),
        letters=_letters(text),
        slots=Counts(_ids(list(slots)), np.array(list(slots.values()), dtype=np.float64)),
        evidence=evidence,
        groups=shares(group_scores(lexicon, evidence), SHARPNESS),
        length=len(lemmas),
    )


def pair_buckets(slots: Ints) -> tuple[Ints, Ints, Ints]:
    """Buckets of every two slots (a slot with itself too), and where the two stand in `slots`."""
    first, second = np.triu_indices(len(slots))
    low = np.minimum(slots[first], slots[second])
    high = np.maximum(slots[first], slots[second])
    return _mix(low * 65_599 + high) % PAIRS, first, second


def _word_buckets(lemmas: list[str]) -> list[int]:
    hashes = [crc32(lemma.encode()) for lemma in lemmas]
    pairs = [(one * _TURN + two) & 0xFFFFFFFF for one, two in pairwise(hashes)]
    return [h % WORDS for h in hashes + pairs]


def _letters(text: str) -> Counts:
    """Runs of letters; a space stands at the ends of words only."""
    flat = f" {_NOT_LETTERS.sub(' ', plain(text))[:MOST_LETTERS]} "
    codes = np.frombuffer(flat.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    space = codes == ord(" ")
    found = []
    for run in RUNS:
        count = len(codes) - run + 1
        if count <= 0:
            continue
        total = np.zeros(count, dtype=np.int64)
        inside = np.zeros(count, dtype=bool)
        for i in range(run):
            total = (total * 1_000_003 + codes[i : i + count]) & 0xFFFFFFFF
            if 0 < i < run - 1:
                inside |= space[i : i + count]
        found.append(_mix(total + run)[~inside] % LETTERS)
    ids, times = np.unique(np.concatenate(found or [_ids([])]), return_counts=True)
    return Counts(ids, times.astype(np.float64))


def _mix(values: Ints) -> Ints:
    """Spread the bits, so that neighbours fall into different buckets."""
    mixed = (values & 0xFFFFFFFF) * _TURN & 0xFFFFFFFF
    return mixed ^ (mixed >> 15)


def _counts(buckets: list[int]) -> Counts:
    ids, times = np.unique(_ids(buckets), return_counts=True)
    return Counts(ids, times.astype(np.float64))


def _ids(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)
