"""Lessons kept as numbers, and lessons out of what staff have said."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest

from bot.classifier import lexicon
from services.classifier.features import look
from services.classifier.learned import LearnedClassifier
from services.classifier.lessonfile import pack_lessons, unpack_lessons
from services.classifier.sealed import NotAModel
from services.classifier.space import Space
from services.classifier.training.corrections import Correction, corrected
from services.classifier.training.lessons import Lesson
from services.classifier.training.teach import teach, teach_more
from services.understanding.guess import Guess
from services.understanding.lemmas import Token, tokens_of
from tests.support.lessons import lessons


def _lesson(text: str, group: str, topic: str = "") -> Lesson:
    return Lesson(look(text, tokens_of(text), lexicon()), group, topic)


@cache
def _ours() -> tuple[Lesson, ...]:
    return tuple(_lesson(*row) for row in lessons())


def _packed() -> bytes:
    return pack_lessons(_ours(), lexicon().vocabulary.fingerprint)


def test_lessons_come_back_as_they_were_seen() -> None:
    back = unpack_lessons(_packed(), lexicon()).lessons
    assert [(le.group, le.topic, le.weight) for le in back] == [
        (le.group, le.topic, le.weight) for le in _ours()
    ]
    space = Space.of([le.seen for le in _ours()], len(lexicon().slots.texts))
    for one, other in zip(_ours(), back, strict=True):
        assert one.seen.length == other.seen.length
        both = [np.zeros(space.size), np.zeros(space.size)]
        for vector, seen in zip(both, (one.seen, other.seen), strict=True):
            ids, values = space.vector(seen)
            vector[ids] = values
        np.testing.assert_allclose(both[0], both[1], atol=1e-6)


def test_a_model_learns_the_same_from_them() -> None:
    back = unpack_lessons(_packed(), lexicon()).lessons
    first, second = (teach(le, lexicon(), "t", lambda _s: None) for le in (_ours(), back))
    assert first.figures == pytest.approx(second.figures, abs=0.01)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"something else", "foreign"),
        (_packed()[:-9], "damaged"),
        (_packed().replace(b"LESSONS 1", b"LESSONS 8", 1), "format"),
        (pack_lessons(_ours(), "another"), "vocabulary"),
    ],
)
def test_lessons_that_are_none_are_refused(data: bytes, reason: str) -> None:
    with pytest.raises(NotAModel) as refused:
        unpack_lessons(data, lexicon())
    assert refused.value.reason == reason


class Says:
    """A classifier with one opinion of everything."""

    version = "says"

    def __init__(self, *groups: str) -> None:
        self._groups = groups

    def guess(self, text: str, tokens: tuple[Token, ...]) -> Guess:
        """Always the same."""
        assert "89181234567" not in text, "masked first"
        return Guess(tuple((g, 0.3) for g in self._groups), (), 0.3, False, ())


def test_one_group_is_a_whole_lesson_and_of_a_few_the_likeliest_is_half_of_one() -> None:
    said = [
        Correction("Свет мигает, тел. 89181234567", ("ЖКХ", "Энергетика"), None, 3),
        Correction("Собаки у школы", ("Экология", "Культура"), None, 4),
        Correction("Яма", ("Дороги",), "road_pits", 5),
        Correction("нет  ВОДЫ", ("Дороги",), None, 1),
        Correction("Нет воды", ("ЖКХ",), None, 2),
    ]
    found = corrected(said, Says("Дороги", "энергетика", "ЖКХ"), lexicon())
    assert [(c.lesson.group, c.lesson.weight, c.at) for c in found] == [
        ("ЖКХ", 1.0, 2),
        ("Дороги", 1.0, 5),
        ("Энергетика", 0.5, 3),
    ], "the newest word on a text; nothing where none of the three is among the block's groups"


def test_a_topic_that_the_region_knows_is_learnt_by_its_name() -> None:
    code, name = next((t.code, t.name) for _, t in lexicon().vocabulary.topics)
    said = [
        Correction("Раз", ("ЖКХ",), code, 1),
        Correction("Два", ("ЖКХ",), "ours_alone", 2),
    ]
    assert [c.lesson.topic for c in corrected(said, Says(), lexicon())] == [name, ""]


def test_two_models_are_measured_on_texts_that_neither_has_seen() -> None:
    ours = list(_ours())
    blind = [le.group != "Дороги" for le in ours]
    model, before = teach_more(ours, blind, lexicon(), "t", lambda _s: None)
    assert model.figures["texts"] == before["texts"] == len(ours)
    assert model.figures["group"] > before["group"], "who never heard of a group knows it less"
    same, again = teach_more(ours, [True] * len(ours), lexicon(), "t", lambda _s: None)
    assert again == same.figures


def test_half_lessons_teach_and_are_never_asked() -> None:
    ours = [le for le in _ours() if le.group != "Обращение с отходами"]
    half = [
        Lesson(le.seen, le.group, "", 0.5) for le in _ours() if le.group == "Обращение с отходами"
    ]
    model, _ = teach_more([*ours, *half], None, lexicon(), "t", lambda _s: None)
    assert model.figures["texts"] == len(ours)


def test_without_a_single_topic_the_vocabularys_are_told() -> None:
    ours = [Lesson(le.seen, le.group, "") for le in _ours()]
    model = teach(ours, lexicon(), "t", lambda _s: None)
    assert model.topics == ()
    text = "Яма на дороге, асфальт разбит"
    guess = LearnedClassifier(model, lexicon()).guess(text, tokens_of(text))
    assert guess.groups[0][0] == "Дороги"
    assert guess.topics
