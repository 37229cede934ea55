"""What a model was learnt from, as numbers beside it: the next one can be learnt from more.

What was seen in each text is kept as `features.Seen` has it, and the label: no text, and no word
but the names of labels. Lists of all lessons stand one after another; `ends` tells them apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from services.classifier.cold import SHARPNESS, group_scores, shares
from services.classifier.features import Counts, Seen
from services.classifier.lexicon import Evidence, Floats, Lexicon
from services.classifier.sealed import NotAModel, seal, unseal
from services.classifier.training.lessons import Lesson

MAGIC = b"OTKLIK-LESSONS"
FORMAT = 1
_COUNTED = ("words", "letters", "slots")
_SCORED = ("topics", "own")


@dataclass(frozen=True, slots=True)
class Kept:
    """A file of lessons. `fingerprint`: of the vocabulary they were seen by."""

    fingerprint: str
    lessons: list[Lesson]


def pack_lessons(lessons: Sequence[Lesson], fingerprint: str) -> bytes:
    """The bytes of lessons."""
    groups, topics = _numbered(le.group for le in lessons), _numbered(le.topic for le in lessons)
    arrays: dict[str, Any] = {
        "length": np.array([le.seen.length for le in lessons], dtype=np.int32),
        "group": np.array([groups[le.group] for le in lessons], dtype=np.int32),
        "topic": np.array([topics[le.topic] for le in lessons], dtype=np.int32),
    }
    for name in _COUNTED:
        counts: list[Counts] = [getattr(le.seen, name) for le in lessons]
        arrays |= _flat(name, [(c.ids, c.times.astype(np.int32)) for c in counts])
    for name in _SCORED:
        scores: list[Floats] = [getattr(le.seen.evidence, name) for le in lessons]
        where = [np.flatnonzero(s) for s in scores]
        values = [s[w].astype(np.float32) for s, w in zip(scores, where, strict=True)]
        arrays |= _flat(name, list(zip(where, values, strict=True)))
    about = {"fingerprint": fingerprint, "groups": list(groups), "topics": list(topics)}
    return seal(MAGIC, FORMAT, about, arrays)


def unpack_lessons(data: bytes, lexicon: Lexicon) -> Kept:
    """The lessons in bytes. Raises NotAModel; «vocabulary» when they were seen by another one."""
    about, arrays = unseal(MAGIC, FORMAT, data)
    try:
        if about["fingerprint"] != lexicon.vocabulary.fingerprint:
            raise NotAModel("vocabulary")
        lists = {name: _parts(name, arrays) for name in (*_COUNTED, *_SCORED)}
        lessons = [
            Lesson(
                _seen({name: part[i] for name, part in lists.items()}, int(length), lexicon),
                about["groups"][arrays["group"][i]],
                about["topics"][arrays["topic"][i]],
            )
            for i, length in enumerate(arrays["length"])
        ]
    except (KeyError, IndexError, TypeError):
        raise NotAModel("damaged") from None
    return Kept(about["fingerprint"], lessons)


def _numbered(names: Any) -> dict[str, int]:
    numbers: dict[str, int] = {}
    for name in names:
        numbers.setdefault(name, len(numbers))
    return numbers


def _flat(name: str, parts: list[tuple[Any, Any]]) -> dict[str, Any]:
    """Neighbours differ by little: what is kept is how far each stands from the one before it."""
    ids = [np.diff(where, prepend=0).astype(np.int32) for where, _ in parts]
    return {
        f"{name}_ids": np.concatenate(ids),
        f"{name}_values": np.concatenate([what for _, what in parts]),
        f"{name}_ends": np.cumsum([len(part) for part in ids]),
    }


def _parts(name: str, arrays: dict[str, Any]) -> list[tuple[Any, Any]]:
    ends = arrays[f"{name}_ends"][:-1]
    steps = np.split(arrays[f"{name}_ids"], ends)
    values = np.split(arrays[f"{name}_values"], ends)
    return [
        (np.cumsum(step, dtype=np.int64), value.astype(np.float64))
        for step, value in zip(steps, values, strict=True)
    ]


def _seen(parts: dict[str, tuple[Any, Any]], length: int, lexicon: Lexicon) -> Seen:
    vocabulary = lexicon.vocabulary
    slots, times = parts["slots"]
    evidence = Evidence(
        topics=_dense(parts["topics"], len(vocabulary.topics)),
        own=_dense(parts["own"], len(vocabulary.groups)),
        met={int(slot): int(n) for slot, n in zip(slots, times, strict=True)},
        reasons={},
    )
    return Seen(
        words=Counts(*parts["words"]),
        letters=Counts(*parts["letters"]),
        slots=Counts(slots, times),
        evidence=evidence,
        groups=shares(group_scores(lexicon, evidence), SHARPNESS),
        length=length,
    )


def _dense(part: tuple[Any, Any], size: int) -> Floats:
    full = np.zeros(size)
    full[part[0]] = part[1]
    return full
