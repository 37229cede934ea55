"""A process of its own that learns: `python -m bot.teaching.pupil`, asked by bot/teaching/worker.

Reads one JSON document, writes one JSON line. It takes one core at a low priority, so that the hub
does not notice; texts come through the pipe and stay in memory.
"""

from __future__ import annotations

import json
import os
import sys
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.models import Models, version_of

if TYPE_CHECKING:
    from services.classifier.learned import Learned
    from services.classifier.training.corrections import Corrected
    from services.classifier.training.lessons import Lesson

MOST = 3000
"""Memory grows with the square of the texts, time with the cube: the newest are taken."""
CALM = 10
"""How far below everybody else the process stands."""
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


class Refused(Exception):
    """It can't be learnt now: a file is of no use."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(name, reason)
        self.told = {"came": "refused", "name": name, "why": reason}


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of how the model in use was learnt."""

    lessons: list[Lesson]
    """Those of its base."""
    base: str
    until: int
    known: bool
    """It can be learnt anew without a text, and so be measured honestly."""


def learn(asked: dict[str, Any]) -> dict[str, Any]:
    """Learn from labels, on top of what the model in use was learnt from. Raises Refused."""
    from bot.classifier import ModelRefused, classifier_of, lexicon
    from services.classifier.training.corrections import Correction, corrected
    from services.teaching import FEWEST

    models = Models(Path(asked["folder"]))
    try:
        used = classifier_of(models.in_use())
    except ModelRefused as error:
        raise Refused(models.history()[-1], error.reason) from None
    before = _before(models, used)
    said = [
        Correction(text, tuple(groups), topic, at) for text, groups, topic, at in asked["labels"]
    ]
    found = corrected(said, used, lexicon())
    whole = [one.lesson for one in found if one.lesson.weight == 1.0]
    base = before.lessons[-max(MOST - len(found), 0) :]
    groups = {lesson.group.casefold() for lesson in (*base, *whole)}
    if len(base) + len(whole) < FEWEST or len(groups) < 2:
        return {"came": "few", "texts": len(base) + len(whole)}
    return _taught(models, asked["day"], base, found, before, used.version)


def _taught(
    models: Models,
    day: str,
    base: list[Lesson],
    found: list[Corrected],
    before: Before,
    rival: str,
) -> dict[str, Any]:
    from bot.classifier import lexicon
    from services.classifier.modelfile import pack
    from services.classifier.training.rivals import figures_of_guesses
    from services.classifier.training.teach import teach_more
    from services.teaching import better

    lessons = [*base, *(one.lesson for one in found)]
    version = version_of(day, len(lessons), (f"{one.at}" for one in found))
    known = [True] * len(base) + [one.at <= before.until for one in found]
    model, old = teach_more(
        lessons, known if before.known else None, lexicon(), version, lambda _step: None
    )
    if not before.known:
        asked = [one for one in found if one.lesson.weight == 1.0]
        old = figures_of_guesses([o.guess for o in asked], [o.lesson for o in asked])
    came = "offered" if better(model.figures, old) else "worse"
    if came == "offered":
        newest = max((one.at for one in found), default=before.until)
        model = replace(model, base=before.base, until=newest)
        models.save(models.path_of(version), pack(model))
    return {
        "came": came,
        "name": models.path_of(version).name,
        "labels": len(found),
        "texts": len(lessons),
        "rival": rival,
        "new": _shown(model.figures),
        "old": _shown(old),
        "flattered": not before.known and rival != "cold",
    }


def _shown(figures: dict[str, float]) -> dict[str, float]:
    return {key: round(figures[key], 4) for key in ("group", "topic", "auto", "auto_right")}


def _before(models: Models, used: Any) -> Before:
    """Of «cold», and of a model whose lessons are not here, nothing is known."""
    from bot.classifier import lexicon
    from services.classifier.learned import LearnedClassifier
    from services.classifier.lessonfile import unpack_lessons
    from services.classifier.sealed import NotAModel

    if not isinstance(used, LearnedClassifier):
        return Before([], "", 0, known=False)
    model: Learned = used.model
    path = models.lessons_of(model.base)
    if not model.base or not path.exists():
        return Before([], "", model.until, known=not model.base)
    try:
        kept = unpack_lessons(path.read_bytes(), lexicon())
    except NotAModel as error:
        raise Refused(path.name, error.reason) from None
    return Before(kept.lessons, model.base, model.until, known=True)


def main() -> None:
    """Answer one question."""
    asked = json.load(sys.stdin)
    try:
        told = learn(asked)
    except Refused as error:
        told = error.told
    sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    os.nice(CALM)
    # Arrays take every core unless they are told before they are loaded.
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    main()
