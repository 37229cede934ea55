"""How a text is said, on a set of our own: rude and patient voices, and words that only look so."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.understanding.tone import Manner, tone_of

FILE = Path(__file__).parent / "tone.tsv"


def said() -> list[tuple[str, set[str]]]:
    """Every text of the set with its manners."""
    with FILE.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [(row["text"], set(row["manners"].split(",")) - {"-"}) for row in rows]


def manners(text: str) -> set[str]:
    """The manners found in a text."""
    return {str(tone.manner) for tone in tone_of(text)}


def test_the_set_has_every_manner_and_many_innocent_texts() -> None:
    texts = said()
    assert {manner for _, found in texts for manner in found} == {str(m) for m in Manner}
    assert sum(not found for _, found in texts) >= 60


@pytest.mark.parametrize("manner", list(Manner))
def test_each_manner_is_heard(manner: Manner) -> None:
    meant = [text for text, found in said() if manner in found]
    heard = [text for text in meant if manner in manners(text)]
    assert len(heard) >= len(meant) * 0.9, set(meant) - set(heard)


def test_innocent_words_are_left_alone() -> None:
    innocent = [text for text, found in said() if not found]
    wrong = {text: manners(text) for text in innocent if manners(text)}
    assert len(wrong) <= len(innocent) * 0.03, wrong


@given(st.text(alphabet="абвгдеёжзийклмнопрстухя хуеб*., !\n", max_size=80))
def test_the_words_are_the_citizens_own(text: str) -> None:
    for tone in tone_of(text):
        assert tone.words
        assert tone.words in text
