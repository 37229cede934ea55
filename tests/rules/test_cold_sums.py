"""The sums of the first day over groups, in a few steps of NumPy, are those of plain loops."""

from __future__ import annotations

from math import expm1

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.classifier import lexicon
from services.classifier.cold import (
    NEXT,
    OWN,
    REST,
    SHARPNESS,
    TOPIC_SHARPNESS,
    group_scores,
    shares,
    topic_chances,
)
from services.classifier.lexicon import Evidence, Lexicon
from services.classifier.vocabulary import Group, Subject, Vocabulary
from services.understanding.lemmas import content_of, tokens_of

CLOSE = 1e-12
SCORES = st.one_of(st.just(0.0), st.floats(1e-6, 40))
"""No phrase weighs next to nothing: the sums of a score smaller than any double would differ."""


def plain_scores(lexicon: Lexicon, seen: Evidence) -> list[float]:
    """`group_scores` as docs/understanding.md says it."""
    scores = []
    for group, own in enumerate(seen.own):
        mine = sorted(seen.topics[lexicon.group_of == group], reverse=True)
        scores.append(OWN * own + mine[0] + REST * sum(mine[1 : 1 + NEXT]))
    return scores


def plain_chances(lexicon: Lexicon, seen: Evidence, groups: list[float]) -> list[float]:
    """`topic_chances` the same way."""
    powers = [expm1(TOPIC_SHARPNESS * score) for score in seen.topics]
    totals = [0.0] * len(groups)
    for power, group in zip(powers, lexicon.group_of, strict=True):
        totals[group] += power
    return [
        groups[group] * power / totals[group] if totals[group] else 0.0
        for power, group in zip(powers, lexicon.group_of, strict=True)
    ]


def check(lexicon: Lexicon, seen: Evidence) -> None:
    """Both ways come to the same."""
    scores = group_scores(lexicon, seen)
    assert scores.tolist() == pytest.approx(plain_scores(lexicon, seen), rel=CLOSE, abs=CLOSE)
    groups = shares(scores, SHARPNESS)
    wanted = plain_chances(lexicon, seen, groups.tolist())
    assert topic_chances(lexicon, seen, groups).tolist() == pytest.approx(
        wanted, rel=CLOSE, abs=CLOSE
    )


@st.composite
def evidence(draw: st.DrawFn) -> tuple[Lexicon, Evidence]:
    """A vocabulary with groups of any sizes, and scores of a text."""
    sizes = draw(st.lists(st.integers(1, 9), min_size=1, max_size=6))
    topics = draw(st.lists(SCORES, min_size=sum(sizes), max_size=sum(sizes)))
    own = draw(st.lists(SCORES, min_size=len(sizes), max_size=len(sizes)))
    groups = (
        Group(f"g{n}", f"Г{n}", (), tuple(Subject(f"t{k}", f"Т{k}", "", ()) for k in range(size)))
        for n, size in enumerate(sizes)
    )
    return Lexicon(Vocabulary(tuple(groups))), Evidence(np.array(topics), np.array(own), {}, {})


@given(evidence())
def test_any_scores(given: tuple[Lexicon, Evidence]) -> None:
    check(*given)


@pytest.mark.parametrize(
    "text",
    [
        "На Морской огромная яма посреди дороги, колесо пробил",
        "Третий день нет горячей воды, батареи ледяные, лифт стоит",
        "Спасибо, всё хорошо",
        "",
    ],
)
def test_scores_of_texts(text: str) -> None:
    check(lexicon(), lexicon().read(content_of(tokens_of(text))))
