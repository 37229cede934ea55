"""A model that has learnt from labelled texts: numbers and the names of labels, no texts."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from services.classifier.cold import topic_chances as cold_topics
from services.classifier.features import look
from services.classifier.lexicon import Evidence, Floats, Lexicon
from services.classifier.opinion import Opinion, Scores, judged, topic_chances
from services.classifier.ranking import best, offered, reasons
from services.classifier.space import Space
from services.understanding.guess import Guess, same
from services.understanding.lemmas import Token, content_of

Small = NDArray[np.int8]


@dataclass(frozen=True)
class Learned:
    """Everything a model file holds. Scores = vector × `rows` × `spread` + `mean`.

    `rows` are kept for features that were seen often enough; `place` says which row a feature has,
    -1 for none. Labels stand groups first, then topics.
    """

    version: str
    fingerprint: str
    """Of the vocabulary the model has learnt by."""
    groups: tuple[str, ...]
    topics: tuple[str, ...]
    group_of: NDArray[np.int64]
    """For every topic the number of its group."""
    space: Space
    place: NDArray[np.int32]
    rows: Small
    spread: Floats
    mean: Floats
    opinion: Opinion
    figures: dict[str, float] = field(default_factory=dict)
    """How good it was on texts it had not seen, by cross-validation."""
    base: str = ""
    """The version beside which the lessons lie that it was learnt from, labels apart."""
    until: int = 0
    """Labels up to this moment are learnt, in microseconds since the epoch; 0: none."""


class LearnedClassifier:
    """A model at work, beside the vocabulary it has learnt by."""

    def __init__(self, model: Learned, lexicon: Lexicon) -> None:
        self.model = model
        self._lexicon = lexicon
        self._columns = columns(lexicon, model.groups)

    @property
    def version(self) -> str:
        """The model's name."""
        return self.model.version

    def guess(self, text: str, tokens: tuple[Token, ...]) -> Guess:
        """What the text is about; `tokens` are its words."""
        model = self.model
        seen = look(text, tokens, self._lexicon)
        ids, values = model.space.vector(seen)
        place = model.place[ids]
        known = place >= 0
        mixed = values[known].astype(np.float32) @ model.rows[place[known]].astype(np.float32)
        scored = (mixed @ model.spread + model.mean)[None, :]
        cut = len(model.groups)
        scores = Scores(
            groups=scored[:, :cut],
            topics=scored[:, cut:],
            cold=cold_chances(seen.groups[None, :], self._columns),
            lengths=np.array([seen.length]),
        )
        chances, trusted = judged(scores, model.opinion, model.group_of)
        sure = float(trusted[0])
        likely = best(model.groups, chances[0])
        named = (name for name, _ in likely)
        topics = self._topics(scores, chances, seen.evidence)
        return Guess(
            groups=likely,
            topics=best(*topics),
            confidence=round(sure, 4),
            auto=sure >= model.opinion.threshold,
            reasons=reasons(self._lexicon, seen.evidence, content_of(tokens), named),
            ranking=offered(*topics),
        )

    def _topics(
        self, scores: Scores, chances: Floats, evidence: Evidence
    ) -> tuple[tuple[str, ...], Floats]:
        """The learnt topics; the vocabulary's for a group that no topic was learnt for."""
        model = self.model
        first = int(chances[0].argmax())
        if (model.group_of == first).any():
            mean = model.mean[len(model.groups) :]
            told = topic_chances(scores, chances, model.opinion, mean, model.group_of)
            return model.topics, told[0]
        names = tuple(topic.name for _, topic in self._lexicon.vocabulary.topics)
        only = np.zeros(len(self._lexicon.numbers))
        number = self._lexicon.numbers.get(same(model.groups[first]))
        if number is not None:
            only[number] = 1.0
        return names, cold_topics(self._lexicon, evidence, only)


def columns(lexicon: Lexicon, groups: tuple[str, ...]) -> NDArray[np.int64]:
    """For every label its group of the vocabulary, -1 when it has none of this name."""
    return np.array([lexicon.numbers.get(same(group), -1) for group in groups])


def cold_chances(seen: Floats, where: NDArray[np.int64]) -> Floats:
    """The vocabulary's chances in the order of a model's groups."""
    chances = np.where(where >= 0, seen[:, np.maximum(where, 0)], 0.0)
    return chances
