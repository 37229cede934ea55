"""Parts of the lessons, every label spread over all of them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from services.classifier.training.lessons import Numbers


def folds(group: Numbers, parts: int, *, seed: int) -> Iterator[tuple[Numbers, Numbers]]:
    """(numbers to learn from, numbers to test on), each text tested once; the same for a seed."""
    dice = np.random.default_rng(seed)
    part = np.zeros(len(group), dtype=np.int64)
    start = 0
    for label in np.unique(group):
        mine = dice.permutation(np.flatnonzero(group == label))
        part[mine] = (np.arange(len(mine)) + start) % parts
        start += len(mine)
    for number in range(parts):
        yield np.flatnonzero(part != number), np.flatnonzero(part == number)
