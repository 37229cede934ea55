"""Dangers told from their words: a set of our own in citizens' voices, with hard negatives.

The rules may be tuned on `emergencies_dev.tsv` only. `emergencies_check.tsv` was written before the
rules and says how they fare on words they were not made for: a miss in it is repaired by a rule
learnt elsewhere, or by new texts, never by that text.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.classifier import classifier_of
from bot.municipality import load_municipality
from services.policies import Urgency
from services.understanding import Context, understand
from services.understanding.guess import COLD

FOLDER = Path(__file__).parent
PARTS = ("dev", "check")


@dataclass(frozen=True)
class Said:
    """A text, and how urgent it is at least."""

    text: str
    urgency: str


def said(part: str) -> list[Said]:
    """One part of the set."""
    with (FOLDER / f"emergencies_{part}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Said(row["text"], row["urgency"]) for row in rows]


@pytest.fixture(scope="module")
def context() -> Context:
    return Context.of(load_municipality(), classifier_of(COLD))


def figures(context: Context, texts: list[Said], level: Urgency) -> tuple[float, float, str]:
    """Recall and precision of a level, and the texts that cost them."""
    seen = [(one, understand(one.text, context).urgency is level) for one in texts]
    right = sum(found for one, found in seen if one.urgency == level)
    wrong = [one.text for one, found in seen if found != (one.urgency == level)]
    recall = right / sum(one.urgency == level for one in texts)
    precision = right / max(1, sum(found for _, found in seen))
    return recall, precision, "\n".join(wrong)


def test_the_set_is_large_and_hard() -> None:
    texts = [one for part in PARTS for one in said(part)]
    assert len(texts) >= 150
    assert len({one.text for one in texts}) == len(texts)
    harmless = sum(one.urgency == "other" for one in texts)
    assert harmless >= len(texts) / 3


@pytest.mark.parametrize("part", PARTS)
def test_an_emergency_is_hardly_ever_missed(context: Context, part: str) -> None:
    recall, precision, wrong = figures(context, said(part), Urgency.EMERGENCY)
    assert recall >= 0.98, wrong
    assert precision >= 0.80, wrong


@pytest.mark.parametrize("part", PARTS)
def test_what_cannot_wait_is_seen(context: Context, part: str) -> None:
    texts = [one for one in said(part) if one.urgency != Urgency.EMERGENCY]
    recall, precision, wrong = figures(context, texts, Urgency.CRITICAL)
    assert recall >= 0.90, wrong
    assert precision >= 0.80, wrong


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("непахнет газом", False),
        ("газом непахнет, плита не горит", False),
        ("пожар потушили", False),
        ("пожар потушили, но опять горит", True),
        ("провод упал, его убрали", False),
        ("провод упал, его не убрали", True),
        ("провод упал, уберите", True),
        ("провод упал, когда уберут?", True),
        ("год назад оборвало провод", False),
        ("год назад оборвало провод, он до сих пор лежит на земле", True),
        ("человек не дышит", True),
        ("если бы не сосед, был бы пожар", False),
        ("вызовет большой пожар", False),
        ("закрыли моё обрашение", False),
    ],
)
def test_what_stands_around_decides(context: Context, text: str, danger: bool) -> None:
    assert (understand(text, context).urgency is Urgency.EMERGENCY) is danger
