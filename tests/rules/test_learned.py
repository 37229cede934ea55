"""A model learnt from labelled texts of our own: what it holds, says and refuses."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.classifier import ModelRefused, classifier_of, lexicon, read_model
from services.classifier.features import look
from services.classifier.learned import Learned, LearnedClassifier
from services.classifier.modelfile import FORMAT, MAGIC, pack, unpack
from services.classifier.training.calibration import FEWEST, OUT_OF_REACH, RIGHT, threshold
from services.classifier.training.kernel import kernel
from services.classifier.training.lessons import Lesson
from services.classifier.training.ridge import LAMBDA, learn, one_hot
from services.classifier.training.rivals import figures_of_guesses
from services.classifier.training.teach import macro_f1, teach
from services.understanding.guess import Guess
from services.understanding.lemmas import tokens_of
from tests.support.lessons import lessons

MOST_BYTES = 15_000_000


@cache
def taught() -> Learned:
    """A model of the texts of our own."""
    seen = [
        Lesson(look(text, tokens_of(text), lexicon()), group.upper(), topic)
        for text, group, topic in lessons()
    ]
    return teach(seen, lexicon(), "trial", lambda _step: None)


def guess(text: str, model: Learned | None = None) -> Guess:
    """What the model says."""
    return LearnedClassifier(model or taught(), lexicon()).guess(text, tokens_of(text))


def test_it_knows_what_it_was_taught_in_other_words() -> None:
    said = guess("Яма глубокая посреди улицы, колесо пробили")
    assert said.groups[0][0] == "Дороги"
    assert said.topics[0][0] == "Ямы"
    assert "Яма" in said.words
    assert guess("Батарея холодная второй день").topics[0][0] == "Тепло"


def test_the_first_day_is_not_forgotten() -> None:
    """Of a group without a lesson the vocabulary puts its word in, and a person decides."""
    said = guess("Пришла повестка из военкомата, а у меня отсрочка от мобилизации")
    assert "Военная служба" in [name for name, _ in said.groups]
    assert not said.auto
    assert "мобилизации" in said.reasons[[name for name, _ in said.groups].index("Военная служба")]


def test_figures_are_of_texts_it_had_not_seen() -> None:
    figures = taught().figures
    assert figures["texts"] == len(lessons())
    assert figures["group"] > 0.95
    assert figures["auto_right"] >= 0.95


def test_bytes_there_and_back() -> None:
    data = pack(taught())
    back = unpack(data)
    assert len(data) <= MOST_BYTES
    for text in ("Яма на дороге", "Нет воды", "", "Непонятно что"):
        assert guess(text, back) == guess(text)


def test_no_text_is_inside() -> None:
    data = pack(taught())
    body = data.split(b"\n", 2)[2]
    with np.load(io.BytesIO(body), allow_pickle=False) as arrays:
        inside = b"".join(arrays[name].tobytes() for name in arrays.files)
    for word in ("переполнены", "Луначарского", "холодные"):
        assert word.encode() not in inside
        assert word.encode("utf-32-le") not in inside


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda data: b"PK\3\4" + data, "это не модель"),
        (lambda data: b"", "это не модель"),
        (lambda data: data.replace(MAGIC + b" %d" % FORMAT, MAGIC + b" 9", 1), "от другой версии"),
        (lambda data: data[:-5], "повреждена"),
        (lambda data: data[:-5] + b"wrong", "повреждена"),
    ],
)
def test_a_damaged_or_foreign_file_is_refused_by_name(tmp_path: Path, spoil, words: str) -> None:  # type: ignore[no-untyped-def]
    path = tmp_path / "spoilt.model"
    path.write_bytes(spoil(pack(taught())))
    with pytest.raises(ModelRefused) as refused:
        read_model(path)
    assert "spoilt.model" in str(refused.value)
    assert words in str(refused.value)


def test_a_model_of_another_vocabulary_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "old.model"
    path.write_bytes(pack(replace(taught(), fingerprint="0" * 16)))
    with pytest.raises(ModelRefused, match=r"old\.model"):
        classifier_of(str(path))
    with pytest.raises(ModelRefused, match=r"missing\.model"):
        classifier_of(str(tmp_path / "missing.model"))


@given(st.text(max_size=300))
def test_any_text_gets_an_answer_that_holds_together(text: str) -> None:
    said = guess(text)
    assert 0 <= said.confidence <= 1
    assert said.groups


sparse = st.lists(
    st.dictionaries(st.integers(0, 30), st.floats(-2, 2), max_size=12), min_size=2, max_size=20
)


@given(sparse)
def test_the_kernel_is_the_product_of_vectors(rows: list[dict[int, float]]) -> None:
    dense = np.zeros((len(rows), 31))
    for number, row in enumerate(rows):
        dense[number, list(row)] = list(row.values())
    vectors = [(np.array(list(r), dtype=np.int64), np.array(list(r.values()))) for r in rows]
    assert np.allclose(kernel(vectors), dense @ dense.T)


def test_left_out_scores_are_those_of_models_that_had_not_seen_the_text() -> None:
    dice = np.random.default_rng(1)
    seen = dice.normal(size=(12, 4))
    alike = seen @ seen.T
    labels = one_hot(np.arange(12) % 3, 3)
    mean = labels.mean(axis=0)
    left_out = learn(alike, labels).left_out
    for number in range(12):
        rest = np.delete(np.arange(12), number)
        weights = np.linalg.solve(
            alike[np.ix_(rest, rest)] + LAMBDA * np.eye(11), labels[rest] - mean
        )
        assert np.allclose(alike[number, rest] @ weights + mean, left_out[number])


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=300))
def test_the_threshold_keeps_its_promise(told: list[tuple[float, bool]]) -> None:
    # A stable order needs different values: two equal ones can't be parted by a threshold.
    sure = np.array([value + number * 1e-9 for number, (value, _) in enumerate(told)])
    right = np.array([flag for _, flag in told])
    found = threshold(sure, right)
    taken = right[sure >= found]
    assert found == OUT_OF_REACH or (taken.mean() >= RIGHT and len(taken) >= FEWEST)


def test_figures_of_any_classifier() -> None:
    seen = look("яма", tokens_of("яма"), lexicon())
    right = Guess((("Дороги", 0.9),), (("Ямы", 0.8),), 0.9, True, ())
    wrong = Guess((("ЖКХ", 0.6), ("дороги", 0.4)), (), 0.6, False, ())
    figures = figures_of_guesses([right, wrong], [Lesson(seen, "Дороги", "Ямы")] * 2)
    assert (figures["group"], figures["group_top3"]) == (0.5, 1.0)
    assert (figures["auto"], figures["auto_right"]) == (0.5, 1.0)
    assert macro_f1(np.array([0, 0, 1]), np.array([0, 1, 1])) == pytest.approx(2 / 3)
