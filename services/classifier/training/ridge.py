"""Kernel ridge regression, one column a label, with honest scores for free.

With A = (K + λ I)⁻¹ (Y - mean) the score of text i by a model that has never seen it is
Y_i - A_i / (K + λ I)⁻¹_ii: every text is left out once, at the price of one inversion. Where texts
weigh differently, λ / weight stands for λ.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from services.classifier.training.kernel import Matrix

LAMBDA = 0.12

Weights = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Ridge:
    """What was learnt."""

    dual: Matrix
    """A weight for every text and label."""
    mean: Matrix
    """The share of each label: what is said when nothing is known."""
    left_out: Matrix
    """Scores of the training texts, each by a model without it."""

    def scores(self, alike: Matrix) -> Matrix:
        """Scores of new texts by how alike they are to those learnt from."""
        return alike @ self.dual + self.mean


def learn(alike: Matrix, labels: Matrix, weight: Weights | None = None) -> Ridge:
    """Learn from the kernel of texts and their labels (1 where a label is, 0 elsewhere).

    A text of half the weight is believed half as much; the mean is of those of the full.
    """
    weight = np.ones(len(alike)) if weight is None else weight
    inverse = np.linalg.inv(alike + LAMBDA * np.diag(1 / weight))
    mean = labels[weight == 1].mean(axis=0)
    dual = inverse @ (labels - mean)
    return Ridge(dual, mean, labels - dual / np.diag(inverse)[:, None])


def one_hot(numbers: np.ndarray[tuple[int], np.dtype[np.int64]], count: int) -> Matrix:
    """Labels by their numbers as rows with a single 1; where there are none to have, without."""
    labels = np.zeros((len(numbers), count))
    if count:
        labels[np.arange(len(numbers)), numbers] = 1
    return labels
