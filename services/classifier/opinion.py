"""From scores to chances: two opinions on the group, their middle, and how far it can be trusted.

plain opinion   = softmax(STEEP × (score of the group + best score of its topics)
                          + COLD × log of the vocabulary's chance)
learnt opinion  = softmax regression on the same three, learnt on scores of left-out texts
chances         = the geometric mean of the two; the vocabulary's for groups of few lessons
of no lessons   = first only if nobody was likely to have seen them yet (`newcomers`)
confidence      = logistic regression on the signs of `signs`, learnt the same way
score of a topic = mean + (its own - mean) × (1 + 1 / (1 + its lessons)) + GROUP_SAYS × log of its
                  group's chance, then softmax × TOPIC_STEEP
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.classifier.lexicon import Floats, Ints

STEEP = 5.0
COLD = 0.5
FLOOR = 0.01
"""A group that the vocabulary sees nothing of is not impossible."""
GROUP_SAYS = 0.015
TOPIC_STEEP = 6.0
SCORE_SCALE = 2.0
COLD_SCALE = 0.2
FEW = 8
TELLING = 0.8
"""The vocabulary is believed of hardly taught groups from this chance of theirs on."""
LEAST = 1e-3
SURELY = 0.999
NEVER = -0.1
"""Stands for the best topic of a group without topics."""


Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Scores:
    """Rows are texts. `groups` and `topics` as learnt; `cold`: the vocabulary's chances."""

    groups: Floats
    topics: Floats
    cold: Floats
    lengths: Floats
    """Words of each text."""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What is learnt of scores."""

    middle: Floats
    """The usual value of every sign of the learnt opinion."""
    weights: Floats
    bias: Floats
    trust: Floats
    """Weights of the signs of confidence, the constant last."""
    lessons: Floats
    """How many lessons each group had."""
    topic_lessons: Floats
    """How many each topic had."""
    usual: float
    """The chance that the vocabulary gives to groups without lessons, as a rule."""
    threshold: float
    """Confidence from which a person is not needed; above 1 when there is no such."""


def softmax(scores: Floats) -> Floats:
    """Chances that add up to one along the last axis; none of nothing."""
    if not scores.shape[-1]:
        return scores
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    chances: Floats = powers / powers.sum(axis=-1, keepdims=True)
    return chances


def best_topics(scores: Scores, group_of: Ints) -> Floats:
    """For every group the best score of its topics."""
    found = np.full(scores.groups.shape, NEVER)
    order = np.argsort(group_of, kind="stable")
    groups, starts = np.unique(group_of[order], return_index=True)
    if len(groups):
        found[:, groups] = np.maximum.reduceat(scores.topics[:, order], starts, axis=1)
    return found


def outlook(scores: Scores, best: Floats) -> Floats:
    """The signs of the learnt opinion, one row a text; `best` as `best_topics` gives it."""
    cold = np.log(scores.cold + FLOOR)
    return np.hstack([SCORE_SCALE * scores.groups, SCORE_SCALE * best, COLD_SCALE * cold])


def learnt_chances(seen: Floats, middle: Floats, weights: Floats, bias: Floats) -> Floats:
    """The learnt opinion of groups by the signs of `outlook`."""
    return softmax((seen - middle) @ weights + bias)


def plain_chances(scores: Scores, best: Floats) -> Floats:
    """The opinion that needs no learning; `best` as `best_topics` gives it."""
    return softmax(STEEP * (scores.groups + best) + COLD * np.log(scores.cold + FLOOR))


def between(one: Floats, other: Floats, cold: Floats, lessons: Floats) -> Floats:
    """The geometric mean of two opinions over the groups that were taught.

    Where the vocabulary is telling of groups with fewer than FEW lessons, they have its word.
    """
    both = np.sqrt(one * other) * (lessons > 0)
    chances = both / np.maximum(both.sum(axis=1, keepdims=True), 1e-12)
    few = (lessons > 0) & (lessons < FEW)
    hardly = cold * few
    mass = hardly.sum(axis=1, keepdims=True)
    lean = np.where(mass >= TELLING, mass, 0.0)
    rest = np.where(few, 0.0, chances)
    rest = rest / np.maximum(rest.sum(axis=1, keepdims=True), 1e-12)
    told: Floats = np.where(lean > 0, (1 - lean) * rest + hardly, chances)
    return told


def newcomers(chances: Floats, cold: Floats, lessons: Floats, usual: float) -> Floats:
    """Make room for groups without lessons, as far as the vocabulary speaks for them.

    That a text is of a group never met is as likely as groups met once are frequent (Good and
    Turing); the odds are those × the root of how much more than `usual` the vocabulary says so.
    """
    unmet = cold * (lessons == 0)
    mass = unmet.sum(axis=1, keepdims=True)
    new = (1 + int((lessons == 1).sum())) / (1 + lessons.sum())
    says, usually = (np.clip(chance, LEAST, SURELY) for chance in (mass, np.array(usual)))
    odds = new * np.sqrt(says / (1 - says) * (1 - usually) / usually)
    share = np.where(mass > 0, odds / (1 + odds), 0.0)
    room: Floats = (1 - share) * chances + share * unmet / np.maximum(mass, 1e-12)
    return room


def signs(plain: Floats, learnt: Floats, chances: Floats, scores: Scores) -> Floats:
    """What tells whether the first group is right, one row a text, a constant last."""
    rows = np.arange(len(chances))
    first = chances.argmax(axis=1)
    ordered = -np.sort(-chances, axis=1)
    second = ordered[:, 1] if chances.shape[1] > 1 else np.zeros(len(chances))
    by_scores = -np.sort(-scores.groups, axis=1)
    runner = by_scores[:, 1] if chances.shape[1] > 1 else np.zeros(len(chances))
    return np.stack(
        [
            _logit(learnt[rows, first]),
            _logit(plain[rows, first]),
            np.log((ordered[:, 0] + 1e-6) / (second + 1e-6)),
            scores.groups[rows, first]
            - np.where(by_scores[:, 0] > scores.groups[rows, first], by_scores[:, 0], runner),
            scores.cold[rows, first],
            (scores.cold.argmax(axis=1) == first).astype(float),
            np.log1p(scores.lengths),
            np.ones(len(chances)),
        ],
        axis=1,
    )


def confidence(trust: Floats, told: Floats) -> Floats:
    """How likely the first group is right."""
    sure: Floats = 1 / (1 + np.exp(-np.clip(told @ trust, -30, 30)))
    return sure


def wary(sure: Floats, cold: Floats, chances: Floats, lessons: Floats) -> Floats:
    """Confidence is halved where a group that was hardly taught may be meant: a person confirms."""
    hardly = lessons < FEW
    doubt = hardly[chances.argmax(axis=1)] | ((cold * hardly).sum(axis=1) >= TELLING)
    less: Floats = np.where(doubt, sure / 2, sure)
    return less


def judged(scores: Scores, opinion: Opinion, group_of: Ints) -> tuple[Floats, Floats]:
    """Of every text the chances of its groups, and how likely the first of them is right."""
    best = best_topics(scores, group_of)
    plain = plain_chances(scores, best)
    learnt = learnt_chances(outlook(scores, best), opinion.middle, opinion.weights, opinion.bias)
    taught = between(plain, learnt, scores.cold, opinion.lessons)
    chances = newcomers(taught, scores.cold, opinion.lessons, opinion.usual)
    told = confidence(opinion.trust, signs(plain, learnt, chances, scores))
    return chances, wary(told, scores.cold, chances, opinion.lessons)


def topic_chances(
    scores: Scores, chances: Floats, opinion: Opinion, mean: Floats, group_of: Ints
) -> Floats:
    """Chances of the topics that were learnt, if any; `chances` are of the groups.

    `mean` is what the scores of topics are when nothing is known. A rare topic never scores high:
    its scores are stretched.
    """
    if not len(group_of):
        return scores.topics
    stretched = (scores.topics - mean) * (1 + 1 / (1 + opinion.topic_lessons)) + mean
    says = np.log(chances[:, group_of] + LEAST)
    return softmax(TOPIC_STEEP * (stretched + GROUP_SAYS * says))


def _logit(chances: Floats) -> Floats:
    safe = np.clip(chances, 1e-4, 1 - 1e-4)
    odds: Floats = np.log(safe / (1 - safe))
    return odds
