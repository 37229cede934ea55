"""What speaks for each topic and each group in a text, by the vocabulary alone.

score of a phrase = its weight × stress × (1 + AGAIN for each further place, three at most)
stress            = LATE after the first LEAD words; × LANDMARK for a single word after «у», «возле»
score of a topic  = the sum over its phrases, best first; words that have counted already bring
                    only STALE of a phrase; phrases against it divide the sum
score of a group's own words = the sum of its six best
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.classifier.slots import Phrase, Slots
from services.classifier.vocabulary import Vocabulary
from services.understanding.guess import same
from services.understanding.lemmas import Token

LEAD = 25
LATE = 0.7
LANDMARK = 0.4
AGAIN = 0.15
STALE = 0.15
AGAINST = 0.5
OWN_WORDS = 6
SLACK = 2
"""How many strange words may stand inside a phrase."""

_WHERE = {"у", "около", "возле", "напротив", "перед", "мимо", "до", "от", "рядом", "между", "за"}

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Positions = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One text seen through the vocabulary."""

    topics: Floats
    """A score for every topic."""
    own: Floats
    """A score for every group from the group's own words."""
    met: dict[int, int]
    """How many words of the text meet each slot."""
    reasons: dict[int, Positions]
    """For a topic by its number: the words that speak for it."""


class Lexicon:
    """The phrases of a vocabulary, ready to be looked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.slots = Slots()
        self._by_slot: dict[int, list[tuple[str, int, Phrase]]] = defaultdict(list)
        for number, group in enumerate(vocabulary.groups):
            self._add("group", number, group.words)
        for number, (_, topic) in enumerate(vocabulary.topics):
            self._add("topic", number, topic.words)
            self._add("against", number, topic.against)
        self.group_of = np.array([group for group, _ in vocabulary.topics])
        groups = range(len(vocabulary.groups))
        self.topics_of = tuple(np.flatnonzero(self.group_of == group) for group in groups)
        self.members = _padded(self.topics_of, len(self.group_of))
        """The topics of every group as a table; past a group's own stands one past the last."""
        self.numbers = {same(g.name): number for number, g in enumerate(vocabulary.groups)}
        """Of every group by its name, as names are compared."""

    def _add(self, kind: str, owner: int, texts: tuple[str, ...]) -> None:
        for text in texts:
            phrase = self.slots.parse(text)
            self._by_slot[phrase.slots[0]].append((kind, owner, phrase))

    def read(self, tokens: tuple[Token, ...]) -> Evidence:
        """Everything the vocabulary finds in the words of a text (without function words)."""
        places: dict[int, list[int]] = defaultdict(list)
        for position, token in enumerate(tokens):
            for slot in self.slots.met_by(token):
                places[slot].append(position)
        topics: dict[int, list[tuple[float, Positions]]] = defaultdict(list)
        groups: dict[int, list[float]] = defaultdict(list)
        against: dict[int, float] = defaultdict(float)
        for slot in [slot for slot in places if slot in self._by_slot]:
            for kind, owner, phrase in self._by_slot[slot]:
                found = _find(phrase.slots, places)
                if not found:
                    continue
                score = phrase.weight * _stress(found, tokens)
                if kind == "topic":
                    topics[owner].append((score, found[0]))
                elif kind == "group":
                    groups[owner].append(score)
                else:
                    against[owner] += phrase.weight
        return self._evidence(topics, groups, against, {s: len(p) for s, p in places.items()})

    def _evidence(
        self,
        topics: dict[int, list[tuple[float, Positions]]],
        groups: dict[int, list[float]],
        against: dict[int, float],
        met: dict[int, int],
    ) -> Evidence:
        scores = np.zeros(len(self.group_of))
        reasons: dict[int, Positions] = {}
        for owner, found in topics.items():
            total, reasons[owner] = _sum(found)
            scores[owner] = total / (1 + AGAINST * against.get(owner, 0.0))
        own = np.zeros(len(self.vocabulary.groups))
        for owner, values in groups.items():
            own[owner] = sum(sorted(values, reverse=True)[:OWN_WORDS])
        return Evidence(scores, own, met, reasons)


def _padded(rows: tuple[Ints, ...], filling: int) -> Ints:
    table = np.full((len(rows), max(map(len, rows))), filling)
    for number, row in enumerate(rows):
        table[number, : len(row)] = row
    return table


def _find(slots: tuple[int, ...], places: dict[int, list[int]]) -> list[Positions]:
    """Every place of a phrase: all of its slots, in any order, close together."""
    if len(slots) == 1:
        return [(position,) for position in places[slots[0]]]
    for slot in slots:
        if slot not in places:
            return []
    reach = len(slots) + SLACK
    found = []
    for first in places[slots[0]]:
        used = [first]
        for slot in slots[1:]:
            near = [p for p in places[slot] if p not in used and abs(p - first) < reach]
            if not near:
                break
            used.append(min(near, key=lambda p: abs(p - first)))
        if len(used) == len(slots) and max(used) - min(used) < reach:
            found.append(tuple(used))
    return found


def _stress(found: list[Positions], tokens: tuple[Token, ...]) -> float:
    best = 0.0
    for positions in found:
        stress = 1.0 if min(positions) < LEAD else LATE
        if len(positions) == 1 and tokens[positions[0]].before in _WHERE:
            stress *= LANDMARK
        best = max(best, stress)
    return best * (1 + AGAIN * min(len(found) - 1, 3))


def _sum(found: list[tuple[float, Positions]]) -> tuple[float, Positions]:
    used: set[int] = set()
    total = 0.0
    for score, positions in sorted(found, reverse=True):
        fresh = len(set(positions) - used) / len(positions)
        total += score * (STALE + (1 - STALE) * fresh)
        used |= set(positions)
    return total, tuple(sorted(used))
