"""A model as bytes (services/classifier/sealed): numbers and the names of labels."""

from __future__ import annotations

from typing import Any

import numpy as np

from services.classifier.learned import Learned
from services.classifier.opinion import Opinion
from services.classifier.sealed import NotAModel, seal, unseal
from services.classifier.space import Space

MAGIC = b"OTKLIK-MODEL"
FORMAT = 3
LARGEST = 64 * 1024 * 1024


def pack(model: Learned) -> bytes:
    """The bytes of a model."""
    about = {
        "version": model.version,
        "fingerprint": model.fingerprint,
        "groups": model.groups,
        "topics": model.topics,
        "threshold": model.opinion.threshold,
        "usual": model.opinion.usual,
        "vocabulary": [model.space.topics, model.space.groups],
        "figures": model.figures,
        "base": model.base,
        "until": model.until,
    }
    arrays: dict[str, Any] = {
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
        "lessons": model.opinion.lessons,
        "topic_lessons": model.opinion.topic_lessons,
    }
    return seal(MAGIC, FORMAT, about, arrays)


def unpack(data: bytes) -> Learned:
    """The model in bytes. Raises NotAModel."""
    about, arrays = unseal(MAGIC, FORMAT, data)
    try:
        return _model(about, arrays)
    except (KeyError, ValueError, TypeError):
        raise NotAModel("damaged") from None


def _model(about: dict[str, Any], arrays: dict[str, Any]) -> Learned:
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
            arrays["lessons"],
            arrays["topic_lessons"],
            float(about["usual"]),
            float(about["threshold"]),
        ),
        figures=about["figures"],
        base=about["base"],
        until=about["until"],
    )
