"""A model as bytes: a header with a checksum, then NumPy arrays. Never pickle, never a text.

OTKLIK-MODEL <format>\\n
<sha256 of what follows, in hexadecimal>\\n
an .npz archive: `about` (JSON as bytes) and the arrays
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from typing import Any

import numpy as np

from services.classifier.learned import Learned
from services.classifier.opinion import Opinion
from services.classifier.space import Space

MAGIC = b"OTKLIK-MODEL"
FORMAT = 1
LARGEST = 64 * 1024 * 1024


class NotAModel(ValueError):
    """These bytes are not a model that can be used. `reason`: foreign, format, damaged."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def pack(model: Learned) -> bytes:
    """The bytes of a model."""
    about = {
        "version": model.version,
        "fingerprint": model.fingerprint,
        "groups": model.groups,
        "topics": model.topics,
        "threshold": model.opinion.threshold,
        "vocabulary": [model.space.topics, model.space.groups],
        "figures": model.figures,
    }
    text = json.dumps(about, ensure_ascii=False).encode()
    arrays: dict[str, Any] = {
        "about": np.frombuffer(text, dtype=np.uint8),
        "group_of": model.group_of,
        "rare_words": model.space.words.astype(np.float32),
        "rare_letters": model.space.letters.astype(np.float32),
        "rare_slots": model.space.slots.astype(np.float32),
        "place": model.place,
        "rows": model.rows,
        "spread": model.spread.astype(np.float32),
        "mean": model.mean.astype(np.float32),
        "middle": model.opinion.middle,
        "weights": model.opinion.weights,
        "bias": model.opinion.bias,
        "trust": model.opinion.trust,
        "few": model.opinion.few,
    }
    body = io.BytesIO()
    np.savez_compressed(body, allow_pickle=False, **arrays)
    data = body.getvalue()
    head = b"%s %d\n%s\n" % (MAGIC, FORMAT, hashlib.sha256(data).hexdigest().encode())
    return head + data


def unpack(data: bytes) -> Learned:
    """The model in bytes. Raises NotAModel."""
    first, _, rest = data.partition(b"\n")
    checksum, _, body = rest.partition(b"\n")
    magic, _, number = first.partition(b" ")
    if magic != MAGIC:
        raise NotAModel("foreign")
    if number != b"%d" % FORMAT:
        raise NotAModel("format")
    if hashlib.sha256(body).hexdigest().encode() != checksum:
        raise NotAModel("damaged")
    try:
        with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
            return _model(arrays)
    except (KeyError, ValueError, TypeError, zipfile.BadZipFile):
        raise NotAModel("damaged") from None


def _model(arrays: Any) -> Learned:
    about = json.loads(arrays["about"].tobytes())
    return Learned(
        version=about["version"],
        fingerprint=about["fingerprint"],
        groups=tuple(about["groups"]),
        topics=tuple(about["topics"]),
        group_of=arrays["group_of"],
        space=Space(
            words=arrays["rare_words"].astype(np.float64),
            letters=arrays["rare_letters"].astype(np.float64),
            slots=arrays["rare_slots"].astype(np.float64),
            topics=about["vocabulary"][0],
            groups=about["vocabulary"][1],
        ),
        place=arrays["place"],
        rows=arrays["rows"],
        spread=arrays["spread"],
        mean=arrays["mean"],
        opinion=Opinion(
            arrays["middle"],
            arrays["weights"],
            arrays["bias"],
            arrays["trust"],
            arrays["few"],
            float(about["threshold"]),
        ),
        figures=about["figures"],
    )
