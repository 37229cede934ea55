"""Every topic is named in both languages, and learnt models don't mind the English names."""

from __future__ import annotations

import tomllib
from copy import deepcopy
from dataclasses import replace
from functools import cache
from typing import Any

import pytest
from pydantic import ValidationError

from bot.municipality import load_municipality
from bot.vocabulary import NAME_LENGTH, VOCABULARY_FILE, load_vocabulary, parse_vocabulary
from services.classifier.served import PREFIX
from services.classifier.vocabulary import Group, Subject, Vocabulary

OLD = Vocabulary(
    (Group("roads", "Дороги", ("дорога",), (Subject("pits", "Ямы", "Ямы", ("яма",), ("двор",)),)),)
)
OLD_FINGERPRINT = "15b640f345a1e95f"
"""As it was worked out before topics had English names; models of then remember it."""


@cache
def shipped() -> dict[str, Any]:
    return tomllib.loads(VOCABULARY_FILE.read_text(encoding="utf-8"))


def test_every_topic_has_a_name_in_both_languages() -> None:
    topics = load_municipality().topics.values()
    assert len([topic for topic in topics if topic.code.startswith(PREFIX)]) > 200
    assert [t.code for t in topics if not t.name or t.name.isascii()] == []
    assert [t.code for t in topics if not t.name_en or not t.name_en.isascii()] == []
    assert [t.code for t in topics if len(t.name_en) > NAME_LENGTH] == []
    seen = {(topic.block, topic.name_en) for topic in topics}
    assert len(seen) == len(topics), "two topics of a block look the same"


def test_a_topic_is_named_by_itself_and_not_by_its_group() -> None:
    topics = load_municipality().topics
    assert topics[f"{PREFIX}cash_machines"].name_en == "cash machines"
    assert topics[f"{PREFIX}economy"].name_en == "trade and business"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        (None, r"roads\.potholes\.name_en: expected an English name, got «»"),
        ("  ", r"roads\.potholes\.name_en: expected an English name"),
        ("ямы", r"roads\.potholes\.name_en: expected an English name, got «ямы»"),
        ("x" * (NAME_LENGTH + 1), r"roads\.potholes\.name_en: expected 60 characters at most"),
        ("Speed bumps", r"roads\.potholes\.name_en: «Speed bumps» is the name of speed_bumps"),
    ],
)
def test_a_spoilt_name_is_refused_by_its_topic(name: str | None, said: str) -> None:
    document = deepcopy(shipped())
    roads = next(group for group in document["groups"] if group["code"] == "roads")
    topic = next(topic for topic in roads["topics"] if topic["code"] == "potholes")
    topic.pop("name_en") if name is None else topic.update(name_en=name)
    with pytest.raises(ValidationError, match=said):
        parse_vocabulary(document)


def test_a_model_learnt_before_the_names_stays_usable() -> None:
    assert OLD.fingerprint == OLD_FINGERPRINT
    assert _renamed(OLD, "potholes").fingerprint == OLD_FINGERPRINT
    now = load_vocabulary()
    assert _renamed(now, "something else").fingerprint == now.fingerprint


def test_a_model_minds_every_other_word() -> None:
    group = OLD.groups[0]
    topic = replace(group.topics[0], words=("яма", "выбоина"))
    assert Vocabulary((replace(group, topics=(topic,)),)).fingerprint != OLD_FINGERPRINT


def _renamed(vocabulary: Vocabulary, name: str) -> Vocabulary:
    """The same with another English name for every topic."""
    return Vocabulary(
        tuple(
            replace(group, topics=tuple(replace(topic, name_en=name) for topic in group.topics))
            for group in vocabulary.groups
        )
    )
