"""Labelled texts, and their labels as numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.classifier.features import Seen, look
from services.classifier.lexicon import Lexicon
from services.classifier.vocabulary import Vocabulary
from services.understanding.guess import same
from services.understanding.lemmas import tokens_of

Numbers = NDArray[np.int64]
NAME_WEIGHT = 0.5
LIKELY_WEIGHT = 0.5


@dataclass(frozen=True, slots=True)
class Lesson:
    """A text as it was seen, with what a person said of it. An empty topic: not said."""

    seen: Seen
    group: str
    topic: str
    weight: float = 1.0
    """Less than 1: learnt from and never asked: a topic's name, or a group that is only likely."""


@dataclass(frozen=True, slots=True)
class Labels:
    """Names and numbers. Groups are all of the vocabulary's, then any others; topics the learnt."""

    groups: tuple[str, ...]
    topics: tuple[str, ...]
    group_of: Numbers
    group: Numbers
    topic: Numbers
    """-1 for a lesson without a topic."""

    def first(self, count: int) -> Labels:
        """The labels of the first lessons only."""
        return replace(self, group=self.group[:count], topic=self.topic[:count])


def names_of(lessons: Sequence[Lesson], lexicon: Lexicon) -> list[Lesson]:
    """The name of every topic as one more lesson: it says what rare topics are about."""
    pairs = {
        (same(le.group), same(le.topic)): (le.group, le.topic) for le in lessons if le.topic.strip()
    }
    return [
        Lesson(look(topic, tokens_of(topic), lexicon), group, topic, NAME_WEIGHT)
        for _, (group, topic) in sorted(pairs.items())
    ]


def labels_of(lessons: Sequence[Lesson], vocabulary: Vocabulary) -> Labels:
    """Number the labels. Names that differ in case only are one; the vocabulary's spelling wins."""
    groups = {same(group.name): group.name for group in vocabulary.groups}
    known = {
        (same(vocabulary.groups[group].name), same(topic.name)): topic.name
        for group, topic in vocabulary.topics
    }
    for lesson in lessons:
        groups.setdefault(same(lesson.group), lesson.group.strip())
    order = {name: number for number, name in enumerate(groups)}
    pairs = Counter((same(le.group), same(le.topic)) for le in lessons if le.topic.strip())
    spelt = {(same(le.group), same(le.topic)): le.topic.strip() for le in lessons}
    topics = {pair: number for number, pair in enumerate(sorted(pairs))}
    return Labels(
        groups=tuple(groups.values()),
        topics=tuple(known.get(pair, spelt[pair]) for pair in topics),
        group_of=np.array([order[group] for group, _ in topics], dtype=np.int64),
        group=np.array([order[same(le.group)] for le in lessons], dtype=np.int64),
        topic=np.array(
            [topics.get((same(le.group), same(le.topic)), -1) for le in lessons], dtype=np.int64
        ),
    )
