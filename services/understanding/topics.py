"""Which topic a text is about: matched words, weighed by how few topics use them.

weight of a word   = log(1 + topics / topics that use it), scaled to 0..1
weight of a phrase = sum over its words × (1 + 0.5 for each word after the first)
score of a topic   = sum over its phrases found; a word of the text counts once for a topic
confidence         = (1 - e^(-score / DEPTH)) × (1 - MARGIN + MARGIN × lead),
                     lead = the share by which the best topic's block is ahead of the next block
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from math import exp, log

from services.municipality import Topic
from services.understanding.lemmas import Token
from services.understanding.model import Candidate
from services.understanding.phrases import Found, Phrase, PhraseIndex

DEPTH = 0.55
MARGIN = 0.8
PHRASE_BONUS = 0.5
TAIL = 12
TAIL_WEIGHT = 0.6
"""People say what it is about first: words after the first dozen weigh less."""
LANDMARK_WEIGHT = 0.35
_LANDMARK = {"у", "около", "возле", "напротив", "перед", "мимо", "до", "от", "рядом", "между", "за"}
"""A single word after one of these says where, not what: «яма у школы»."""


class TopicIndex:
    """The topics of a municipality, ready to be looked up by words."""

    def __init__(self, topics: Iterable[Topic]) -> None:
        self._topics = tuple(topics)
        owners = [(topic, word) for topic in self._topics for word in topic.words]
        self._owners = tuple(topic for topic, _ in owners)
        self._index = PhraseIndex(word for _, word in owners)
        stops = [(topic, word) for topic in self._topics for word in topic.stop_words]
        self._stop_owners = tuple(topic.code for topic, _ in stops)
        self._stop_index = PhraseIndex(word for _, word in stops)
        rarity = self._rarity()
        self._weights = tuple(_weight(phrase, rarity) for phrase in self._index.phrases)

    def _rarity(self) -> dict[str, float]:
        users: dict[str, set[str]] = defaultdict(set)
        for topic, phrase in zip(self._owners, self._index.phrases, strict=True):
            for lemmas in phrase:
                for lemma in lemmas:
                    users[lemma].add(topic.code)
        total = len(self._topics)
        scale = log(1 + total)
        return {lemma: log(1 + total / len(codes)) / scale for lemma, codes in users.items()}

    def candidates(self, tokens: tuple[Token, ...]) -> tuple[Candidate, ...]:
        """Topics with a score above zero, best first."""
        stopped = {self._stop_owners[found.phrase] for found in self._stop_index.find(tokens)}
        by_topic: dict[str, list[Found]] = defaultdict(list)
        owners: dict[str, Topic] = {}
        for found in self._index.find(tokens):
            topic = self._owners[found.phrase]
            if topic.code not in stopped:
                by_topic[topic.code].append(found)
                owners[topic.code] = topic
        ranked = [self._candidate(owners[code], by_topic[code], tokens) for code in by_topic]
        return tuple(sorted(ranked, key=lambda c: (-c.score, c.topic)))

    def _candidate(self, topic: Topic, found: list[Found], tokens: tuple[Token, ...]) -> Candidate:
        """Heaviest phrases first; a word that has counted does not count again."""
        used: set[int] = set()
        seen: Counter[int] = Counter()
        score = 0.0
        for item in sorted(found, key=lambda f: (-self._weights[f.phrase], f.positions)):
            if used & set(item.positions) and not set(item.positions) - used:
                continue
            fresh = len(set(item.positions) - used) / len(item.positions)
            # Saying the same again is not a second reason.
            again = 1 + 3 * seen[item.phrase]
            score += self._weights[item.phrase] * fresh * _stress(item, tokens) / again
            seen[item.phrase] += 1
            used |= set(item.positions)
        words = tuple(tokens[i].text for i in sorted(used))
        return Candidate(topic.code, topic.block, round(score, 4), words)


def _stress(found: Found, tokens: tuple[Token, ...]) -> float:
    """How much the place in the text takes away from a phrase."""
    first = found.positions[0]
    early = 1.0 if first < TAIL else TAIL_WEIGHT
    landmark = len(found.positions) == 1 and tokens[first].before in _LANDMARK
    return early * (LANDMARK_WEIGHT if landmark else 1.0)


def _weight(phrase: Phrase, rarity: dict[str, float]) -> float:
    words = sum(min(rarity[lemma] for lemma in lemmas) for lemmas in phrase)
    return words * (1 + PHRASE_BONUS * (len(phrase) - 1))


def confidence_of(ranked: tuple[Candidate, ...]) -> float:
    """0..1: how much speaks for the best topic, and how far behind the next block is."""
    if not ranked:
        return 0.0
    best = ranked[0]
    rival = next((c.score for c in ranked if c.block != best.block), 0.0)
    lead = (best.score - rival) / best.score
    depth = 1 - exp(-best.score / DEPTH)
    return round(depth * (1 - MARGIN + MARGIN * lead), 3)


def shortlist(ranked: tuple[Candidate, ...], size: int = 3) -> tuple[Candidate, ...]:
    """The best topic of each block first, then whatever else there is."""
    blocks: set[str] = set()
    first = []
    for candidate in ranked:
        if candidate.block not in blocks:
            blocks.add(candidate.block)
            first.append(candidate)
    rest = [candidate for candidate in ranked if candidate not in first]
    return tuple((first + rest)[:size])
