"""Lessons out of what staff have said: a block tells one group, or a few of which one is right.

One group, or a topic, is a lesson of the full weight. Of a few the classifier in use chooses the
one it finds likeliest, if any of them is among its three best; as that is its own opinion within
what a person has said, it weighs half and takes no part in any figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services.classifier.features import look
from services.classifier.lexicon import Lexicon
from services.classifier.training.lessons import LIKELY_WEIGHT, Lesson
from services.classifier.vocabulary import Vocabulary
from services.understanding import mask
from services.understanding.guess import Classifier, Guess, same
from services.understanding.lemmas import tokens_of


@dataclass(frozen=True, slots=True)
class Correction:
    """A label as the learning side gets it."""

    text: str
    groups: tuple[str, ...]
    topic: str | None
    """The topic's code, where a person told it."""
    at: int
    """Microseconds since the epoch."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """A lesson, when it was said, and what the classifier in use thinks of its text."""

    lesson: Lesson
    at: int
    guess: Guess


def corrected(
    corrections: Sequence[Correction], classifier: Classifier, lexicon: Lexicon
) -> list[Corrected]:
    """Lessons of the full weight first; a text counts once, as it was said last."""
    newest = {" ".join(c.text.casefold().split()): c for c in sorted(corrections, key=_when)}
    found = [_one(c, classifier, lexicon) for c in newest.values()]
    lessons = [one for one in found if one is not None]
    return sorted(lessons, key=lambda one: (-one.lesson.weight, one.at))


def _when(correction: Correction) -> int:
    return correction.at


def _one(correction: Correction, classifier: Classifier, lexicon: Lexicon) -> Corrected | None:
    text = mask(correction.text)
    tokens = tokens_of(text)
    guess = classifier.guess(text, tokens)
    group, weight = _group(correction.groups, guess)
    if group is None:
        return None
    topic = _topic(correction.topic, lexicon.vocabulary)
    lesson = Lesson(look(text, tokens, lexicon), group, topic, weight)
    return Corrected(lesson, correction.at, guess)


def _group(groups: tuple[str, ...], guess: Guess) -> tuple[str | None, float]:
    if len(groups) == 1:
        return groups[0], 1.0
    names = {same(group): group for group in groups}
    likely = (names[same(said)] for said, _chance in guess.groups if same(said) in names)
    return next(likely, None), LIKELY_WEIGHT


def _topic(code: str | None, vocabulary: Vocabulary) -> str:
    """The region's name of a topic; none for those that only the municipality has."""
    return next((t.name for _, t in vocabulary.topics if t.code == code), "")
