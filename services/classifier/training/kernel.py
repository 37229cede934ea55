"""How alike every two texts are: the products of their vectors, feature by feature."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from services.classifier.lexicon import Floats, Ints

DENSE = 1 / 16
"""A feature that more than this share of texts has is multiplied as a whole column."""
CHUNK = 512

Sparse = Sequence[tuple[Ints, Floats]]
Matrix = NDArray[np.float64]


def kernel(vectors: Sparse) -> Matrix:
    """The matrix of products, one row and one column a text."""
    count = len(vectors)
    texts = np.repeat(np.arange(count), [len(ids) for ids, _ in vectors])
    ids = np.concatenate([ids for ids, _ in vectors])
    values = np.concatenate([values for _, values in vectors])
    order = np.argsort(ids, kind="stable")
    texts, ids, values = texts[order], ids[order], values[order]
    starts = np.flatnonzero(np.r_[True, ids[1:] != ids[:-1]])
    ends = np.r_[starts[1:], len(ids)]
    alike = np.zeros((count, count))
    common = []
    for start, end in zip(starts, ends, strict=True):
        if end - start > DENSE * count:
            common.append((texts[start:end], values[start:end]))
        else:
            mine = texts[start:end]
            alike[mine[:, None], mine] += np.outer(values[start:end], values[start:end])
    for first in range(0, len(common), CHUNK):
        part = common[first : first + CHUNK]
        columns = np.zeros((count, len(part)))
        for column, (mine, what) in enumerate(part):
            columns[mine, column] = what
        alike += columns @ columns.T
    return alike


def weights(vectors: Sparse, dual: Matrix, size: int) -> Matrix:
    """From a weight for every text to a weight for every feature, one column a label."""
    found = np.zeros((size, dual.shape[1]))
    for (ids, values), row in zip(vectors, dual, strict=True):
        found[ids] += values[:, None] * row
    return found
