"""Learning what to make of scores: softmax regression, confidence, and the threshold.

Everything is learnt on scores of texts by models that had not seen them, and the confidence on
opinions that had not seen them either, so that what is promised holds on texts to come.
"""

from __future__ import annotations

import numpy as np

from services.classifier.lexicon import Floats
from services.classifier.opinion import (
    Opinion,
    Scores,
    best_topics,
    between,
    confidence,
    learnt_chances,
    newcomers,
    outlook,
    plain_chances,
    signs,
    wary,
)
from services.classifier.training.folds import folds
from services.classifier.training.lessons import Numbers
from services.classifier.training.ridge import one_hot

RIGHT = 0.957
"""How many of a hundred routed without a person must be right, with a margin over 95."""
FEWEST = 50
"""A threshold that rests on fewer texts is chance."""
OUT_OF_REACH = 1.01
ROUNDS = 200
PARTS = 3


def calibrate(scores: Scores, group: Numbers, topic: Numbers, group_of: Numbers) -> Opinion:
    """Learn an opinion from scores of left-out texts and their right groups and topics."""
    best = best_topics(scores, group_of)
    seen, plain = outlook(scores, best), plain_chances(scores, best)
    learnt = np.zeros_like(plain)
    for learn, test in folds(group, PARTS, seed=1):
        learnt[test] = learnt_chances(seen[test], *_regression(seen[learn], group[learn], plain))
    lessons = np.bincount(group, minlength=plain.shape[1]).astype(np.float64)
    usual = float((scores.cold * (lessons == 0)).sum(axis=1).mean())
    taught = between(plain, learnt, scores.cold, lessons)
    chances = newcomers(taught, scores.cold, lessons, usual)
    right = chances.argmax(axis=1) == group
    told = signs(plain, learnt, chances, scores)
    trust = _logistic(told, right)
    sure = wary(confidence(trust, told), scores.cold, chances, lessons)
    return Opinion(
        *_regression(seen, group, plain),
        trust,
        lessons,
        np.bincount(topic[topic >= 0], minlength=len(group_of)).astype(np.float64),
        usual,
        threshold(sure, right),
    )


def threshold(sure: Floats, right: Floats) -> float:
    """The lowest confidence from which on RIGHT of the texts are right."""
    order = np.argsort(-sure, kind="stable")
    share = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    good = np.flatnonzero(share >= RIGHT)
    if len(good) == 0 or good[-1] + 1 < FEWEST:
        return OUT_OF_REACH
    return float(sure[order[good[-1]]])


def _regression(seen: Floats, group: Numbers, plain: Floats) -> tuple[Floats, Floats, Floats]:
    """Softmax regression with a penalty, by accelerated steps down the slope."""
    middle = seen.mean(axis=0)
    known = np.hstack([seen - middle, np.ones((len(seen), 1))])
    right = one_hot(group, plain.shape[1])
    penalty = np.r_[np.ones(seen.shape[1]), 0.0][:, None] / len(seen)
    steepest = 0.5 * float(np.linalg.eigvalsh(known.T @ known / len(seen))[-1])
    step = 1 / (steepest + float(penalty.max()))
    weights = ahead = np.zeros((known.shape[1], plain.shape[1]))
    for turn in range(1, ROUNDS + 1):
        powers = known @ ahead
        powers = np.exp(powers - powers.max(axis=1, keepdims=True))
        chances = powers / powers.sum(axis=1, keepdims=True)
        slope = known.T @ (chances - right) / len(seen) + penalty * ahead
        stepped = ahead - step * slope
        ahead = stepped + (turn / (turn + 3)) * (stepped - weights)
        weights = stepped
    return middle, weights[:-1], weights[-1]


def _logistic(told: Floats, right: Floats, *, penalty: float = 2.0) -> Floats:
    """Logistic regression by Newton's steps."""
    trust = np.zeros(told.shape[1])
    ridge = penalty * np.eye(told.shape[1])
    ridge[-1, -1] = 1e-6
    for _ in range(25):
        chances = confidence(trust, told)
        slope = told.T @ (chances - right) + ridge @ trust
        bend = (told * (chances * (1 - chances))[:, None]).T @ told + ridge
        trust = trust - np.linalg.solve(bend, slope)
    return trust
