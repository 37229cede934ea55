"""From lessons to a model, and honest figures on the way."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from services.classifier.learned import Learned, cold_chances, columns
from services.classifier.lexicon import Floats, Lexicon
from services.classifier.opinion import Opinion, Scores, judged, topic_chances
from services.classifier.space import Space
from services.classifier.training.calibration import calibrate
from services.classifier.training.folds import folds
from services.classifier.training.kernel import Matrix, Sparse, kernel, weights
from services.classifier.training.lessons import Labels, Lesson, Numbers, labels_of, names_of
from services.classifier.training.ridge import Ridge, learn, one_hot

PARTS = 5
OFTEN = 2
"""A feature of fewer texts is not kept in the model."""
RANK = 112
"""The scores of all labels are mixed from so many numbers."""

Flags = NDArray[np.bool_]
Told = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Taught:
    """Everything one learning needs again and again."""

    alike: Matrix
    cold: Floats
    lengths: Floats
    weight: Floats
    labels: Labels
    known: Flags
    """Which lessons may be learnt from; all are asked."""

    @property
    def asked(self) -> int:
        """How many lessons have the full weight: they stand first, and they alone are asked."""
        return int((self.weight == 1).sum())

    def with_names(self, which: Numbers) -> Numbers:
        """Some of those that are asked, and all others that may be learnt from."""
        others = np.arange(self.asked, len(self.weight))
        return np.concatenate([which, others[self.known[others]]])


@dataclass(frozen=True, slots=True)
class Answers:
    """What was said of texts nobody had learnt from: rows are texts, best first."""

    groups: Numbers
    topics: Numbers
    confidence: Floats
    auto: Flags


def teach(lessons: Sequence[Lesson], lexicon: Lexicon, version: str, told: Told) -> Learned:
    """Learn a model; `told` hears the name of every step, STEPS in all."""
    return teach_more(lessons, None, lexicon, version, told)[0]


def teach_more(
    lessons: Sequence[Lesson],
    before: Sequence[bool] | None,
    lexicon: Lexicon,
    version: str,
    told: Told,
) -> tuple[Learned, dict[str, float]]:
    """Learn a model, and measure one of the lessons of `before` alone on the same texts.

    Lessons of the full weight stand first. The figures of the second are empty without `before`.
    """
    names = names_of(lessons, lexicon)
    space, vectors, taught = prepare([*lessons, *names], lexicon)
    told("alike")
    figures = measured(taught, told)
    rival: dict[str, float] = {}
    if before is not None:
        known = np.array([*before, *(True for _ in names)])
        rival = measured(replace(taught, known=known), told)
    ridge, opinion = _learn(taught, np.arange(taught.asked))
    told("learnt")
    model = _packed(lexicon, version, space, vectors, taught.labels, ridge, opinion)
    told("packed")
    return replace(model, figures=figures), rival


STEPS = PARTS + 3


def prepare(lessons: Sequence[Lesson], lexicon: Lexicon) -> tuple[Space, Sparse, Taught]:
    """Vectors of the lessons and how alike they are."""
    labels = labels_of(lessons, lexicon.vocabulary)
    space = Space.of([lesson.seen for lesson in lessons], len(lexicon.slots.texts))
    vectors = [space.vector(lesson.seen) for lesson in lessons]
    seen = np.array([lesson.seen.groups for lesson in lessons])
    cold = cold_chances(seen, columns(lexicon, labels.groups))
    lengths = np.array([float(lesson.seen.length) for lesson in lessons])
    weight = np.array([lesson.weight for lesson in lessons])
    return (
        space,
        vectors,
        Taught(kernel(vectors), cold, lengths, weight, labels, np.ones(len(lessons), dtype=bool)),
    )


def measured(taught: Taught, told: Told) -> dict[str, float]:
    """Figures by cross-validation: every text is asked of a model that has not seen it."""
    labels = taught.labels
    asked = taught.asked
    groups = np.zeros((asked, 3), dtype=np.int64)
    topics = np.zeros_like(groups)
    auto = np.zeros(asked, dtype=bool)
    for learning, test in folds(labels.group[:asked], PARTS, seed=0):
        learning = learning[taught.known[learning]]
        ridge, opinion = _learn(taught, learning)
        scored = ridge.scores(taught.alike[np.ix_(test, taught.with_names(learning))])
        answers = answer(_scores(taught, scored, test), opinion, ridge, labels)
        groups[test], topics[test] = answers.groups, answers.topics
        auto[test] = answers.auto
        told("part")
    return figures_of(labels.first(asked), groups, topics, auto)


def answer(scores: Scores, opinion: Opinion, ridge: Ridge, labels: Labels) -> Answers:
    """The three best groups and topics of every text."""
    chances, sure = judged(scores, opinion, labels.group_of)
    mean = ridge.mean[len(labels.groups) :]
    topics = topic_chances(scores, chances, opinion, mean, labels.group_of)
    return Answers(
        _three(chances),
        _three(topics),
        sure,
        sure >= opinion.threshold,
    )


def figures_of(labels: Labels, groups: Numbers, topics: Numbers, auto: Flags) -> dict[str, float]:
    """The shares that `learn` prints."""
    right = groups[:, 0] == labels.group
    with_topic = labels.topic >= 0
    topic = labels.topic[with_topic]
    return {
        "texts": float(len(labels.group)),
        "group": float(right.mean()),
        "group_f1": macro_f1(labels.group, groups[:, 0]),
        "group_top3": float((groups == labels.group[:, None]).any(axis=1).mean()),
        "topic": float((topics[with_topic, 0] == topic).mean()) if len(topic) else 0.0,
        "topic_top3": (
            float((topics[with_topic] == topic[:, None]).any(axis=1).mean()) if len(topic) else 0.0
        ),
        "auto": float(auto.mean()),
        "auto_right": float(right[auto].mean()) if auto.any() else 0.0,
    }


def macro_f1(gold: Numbers, said: Numbers) -> float:
    """The mean over labels of 2 tp / (2 tp + fp + fn)."""
    scores = []
    for label in np.union1d(gold, said):
        both = int(((gold == label) & (said == label)).sum())
        scores.append(2 * both / int((gold == label).sum() + (said == label).sum()))
    return float(np.mean(scores))


def _learn(taught: Taught, which: Numbers) -> tuple[Ridge, Opinion]:
    labels = taught.labels
    used = taught.with_names(which)
    named = one_hot(np.maximum(labels.topic[used], 0), len(labels.topics))
    named[labels.topic[used] < 0] = 0
    wanted = np.hstack([one_hot(labels.group[used], len(labels.groups)), named])
    ridge = learn(taught.alike[np.ix_(used, used)], wanted, taught.weight[used])
    scores = _scores(taught, ridge.left_out[: len(which)], which)
    opinion = calibrate(scores, labels.group[which], labels.topic[which], labels.group_of)
    return ridge, opinion


def _scores(taught: Taught, scored: Matrix, which: Numbers) -> Scores:
    cut = len(taught.labels.groups)
    return Scores(scored[:, :cut], scored[:, cut:], taught.cold[which], taught.lengths[which])


def _three(chances: Floats) -> Numbers:
    first = np.argsort(-chances, axis=1, kind="stable")[:, :3]
    missing = 3 - first.shape[1]
    return np.pad(first, ((0, 0), (0, max(missing, 0))), constant_values=-1)


def _packed(
    lexicon: Lexicon,
    version: str,
    space: Space,
    vectors: Sparse,
    labels: Labels,
    ridge: Ridge,
    opinion: Opinion,
) -> Learned:
    """Weights of features, mixed from RANK numbers of one byte each."""
    full = weights(vectors, ridge.dual, space.size)
    met = np.bincount(np.concatenate([ids for ids, _ in vectors]), minlength=space.size)
    kept = np.flatnonzero(met >= OFTEN)
    place = np.full(space.size, -1, dtype=np.int32)
    place[kept] = np.arange(len(kept))
    _, axes = np.linalg.eigh(full.T @ full)
    axes = axes[:, ::-1][:, :RANK]
    mixed = full[kept] @ axes
    scale = np.abs(mixed).max(axis=0) / 127 + 1e-12
    return Learned(
        version=version,
        fingerprint=lexicon.vocabulary.fingerprint,
        groups=labels.groups,
        topics=labels.topics,
        group_of=labels.group_of,
        space=space,
        place=place,
        rows=np.round(mixed / scale).astype(np.int8),
        spread=scale[:, None] * axes.T,
        mean=ridge.mean,
        opinion=opinion,
    )
