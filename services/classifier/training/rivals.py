"""How good any classifier is on labelled texts, in the same figures as a new model's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from services.classifier.training.lessons import Lesson
from services.classifier.training.teach import macro_f1
from services.understanding.guess import Guess, same


def figures_of_guesses(guesses: Sequence[Guess], lessons: Sequence[Lesson]) -> dict[str, float]:
    """Shares by name; those of topics are over the lessons that have one."""
    groups = [
        _hit(guess.groups, lesson.group) for guess, lesson in zip(guesses, lessons, strict=True)
    ]
    topics = [
        _hit(guess.topics, lesson.topic)
        for guess, lesson in zip(guesses, lessons, strict=True)
        if lesson.topic.strip()
    ]
    auto = [hit == 0 for guess, hit in zip(guesses, groups, strict=True) if guess.auto]
    numbers: dict[str, int] = {}
    gold = np.array([numbers.setdefault(same(le.group), len(numbers)) for le in lessons])
    said = np.array(
        [
            numbers.setdefault(same(g.groups[0][0]) if g.groups else "", len(numbers))
            for g in guesses
        ]
    )
    return {
        "texts": float(len(lessons)),
        "group": _share([hit == 0 for hit in groups]),
        "group_f1": macro_f1(gold, said),
        "group_top3": _share([hit >= 0 for hit in groups]),
        "topic": _share([hit == 0 for hit in topics]),
        "topic_top3": _share([hit >= 0 for hit in topics]),
        "auto": len(auto) / len(lessons),
        "auto_right": _share(auto),
    }


def _hit(said: Sequence[tuple[str, float]], right: str) -> int:
    """The place of the right name among the said, -1 for none."""
    names = [same(name) for name, _ in said]
    return names.index(same(right)) if same(right) in names else -1


def _share(hits: Sequence[bool]) -> float:
    return sum(hits) / len(hits) if hits else 0.0
