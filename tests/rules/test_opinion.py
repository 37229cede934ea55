"""What scores are made into: groups that were hardly or never taught, and topics (opinion.py)."""

from __future__ import annotations

import numpy as np
import pytest

from services.classifier.opinion import (
    TELLING,
    Opinion,
    Scores,
    between,
    newcomers,
    topic_chances,
    wary,
)

THREE = np.array([[0.9, 0.08, 0.02]])
SPEAKS = np.array([[0.05, 0.05, 0.9]])
"""What the vocabulary says: the third group."""
USUAL = 0.02


def test_a_group_without_lessons_is_not_said_against_many_lessons() -> None:
    lessons = np.array([1500.0, 380.0, 0.0])
    chances = newcomers(between(THREE, THREE, SPEAKS, lessons), SPEAKS, lessons, USUAL)
    assert chances[0].argmax() == 0
    assert 0 < chances[0, 2] < 0.05
    assert chances.sum() == pytest.approx(1)


def test_a_group_without_lessons_is_likely_while_new_groups_keep_coming() -> None:
    """Of ten lessons two were of groups met once: the next new one is not far."""
    lessons = np.array([1.0, 1.0, 0.0])
    chances = newcomers(between(THREE, THREE, SPEAKS, lessons), SPEAKS, lessons, USUAL)
    assert chances[0].argmax() == 2


def test_the_more_lessons_the_less_room_for_what_was_never_met() -> None:
    rooms = []
    for count in (20.0, 200.0, 2000.0):
        lessons = np.array([count, count, 0.0])
        rooms.append(float(newcomers(THREE, SPEAKS, lessons, USUAL)[0, 2]))
    assert rooms == sorted(rooms, reverse=True)


def test_where_the_vocabulary_is_silent_nothing_changes() -> None:
    silent = np.array([[0.7, 0.3, 0.0]])
    lessons = np.array([50.0, 50.0, 0.0])
    taught = np.array([[0.6, 0.4, 0.0]])
    assert np.allclose(newcomers(taught, silent, lessons, USUAL), taught)


def test_of_a_hardly_taught_group_the_vocabulary_has_the_word() -> None:
    lessons = np.array([1500.0, 380.0, 3.0])
    assert between(THREE, THREE, SPEAKS, lessons)[0].argmax() == 2
    unsure = np.array([[0.3, 0.0, TELLING - 0.1]])
    assert between(THREE, THREE, unsure, lessons)[0].argmax() == 0


def test_a_person_is_asked_wherever_such_a_group_may_be_meant() -> None:
    sure = np.array([0.99])
    lessons = np.array([1500.0, 380.0, 0.0])
    assert wary(sure, SPEAKS, THREE, lessons)[0] < 0.5
    assert wary(sure, np.array([[0.9, 0.1, 0.0]]), THREE, lessons)[0] == 0.99


def test_a_rare_topic_is_heard() -> None:
    """Its score is as far above its mean as the common one's, and it never gets as high."""
    opinion = Opinion(
        middle=np.zeros(0),
        weights=np.zeros((0, 1)),
        bias=np.zeros(1),
        trust=np.zeros(8),
        lessons=np.array([402.0]),
        topic_lessons=np.array([400.0, 2.0]),
        usual=USUAL,
        threshold=1.0,
    )
    mean = np.array([0.2, 0.001])
    scores = Scores(np.ones((1, 1)), np.array([[0.3, 0.25]]), np.ones((1, 1)), np.ones(1))
    chances = topic_chances(scores, np.ones((1, 1)), opinion, mean, np.array([0, 0]))
    assert chances[0].argmax() == 1
    assert chances.sum() == pytest.approx(1)
