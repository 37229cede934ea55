"""The municipality file: the shipped one is whole, a broken one says what is broken."""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from bot.municipality import (
    DEFAULT_FILE,
    MunicipalityError,
    load_municipality,
    parse_municipality,
    read_document,
    unconfirmed,
)
from bot.vocabulary import load_vocabulary
from services.intake import topic_measure
from services.municipality import Municipality
from services.policies import ClockKind, Span, Urgency
from services.understanding.guess import same

GROUPS = {
    "Безопасность и правопорядок",
    "Благоустройство",
    "Внутренняя политика",
    "Военная служба",
    "Дороги",
    "ЖКХ",
    "Здравоохранение",
    "Имущественные и земельные отношения",
    "Культура",
    "Межнациональные отношения",
    "Молодежная политика",
    "Обращение с отходами",
    "Образование",
    "Общественный транспорт",
    "Органы власти и подведомственные учреждения",
    "Связь и телевидение",
    "Сельское хозяйство и охота",
    "Социальное обслуживание и защита",
    "Строительство и архитектура",
    "Труд и занятость",
    "Туризм",
    "Физическая культура и спорт",
    "ЦУР",
    "Экология",
    "Экономика и бизнес",
    "Энергетика",
}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return read_document(DEFAULT_FILE)


@pytest.fixture(scope="module")
def town(document: dict[str, Any]) -> Municipality:
    return parse_municipality(document, "default")


def test_default_file_is_whole(town: Municipality) -> None:
    assert len(town.blocks) == 16
    ours = [topic for topic in town.topics.values() if topic.words]
    assert len(ours) >= 110
    assert all(topic.subject for topic in ours)
    assert {topic.group for topic in town.topics.values()} <= GROUPS
    for code in town.blocks:
        assert [t for t in town.topics.values() if t.block == code], code
        assert [d for d in town.departments.values() if d.block == code], code
    assert all(len(topic.words) >= 5 for topic in ours)
    assert set(town.groups) == {same(group) for group in GROUPS}
    assert len(town.subjects) == len(load_vocabulary().topics)
    assert {*town.groups.values(), *town.subjects.values()} <= set(town.topics)
    measures = Counter(topic_measure(topic) for topic in town.topics)
    assert max(measures.values()) == 1, "a topic's daily fact is its own"
    assert {"112", "104", "edds"} <= set(town.phones)
    assert 0 < town.sure < 1


def test_the_town_and_four_rural_districts(town: Municipality) -> None:
    assert len(town.territories) == 5
    assert len(town.settlements) == 21
    for street in ("Мира", "Революционная"):
        for settlement in ("Геленджик", "Кабардинка"):
            assert street in town.settlements[settlement].streets


def test_policies_of_the_domain(town: Municipality) -> None:
    rules = {policy.id: policy for policy in town.policies}
    assert set(rules) == {"A01", "A02", "A03", "A04", "A05", "A08"}
    assert rules["A01"].clocks == (
        (ClockKind.REACTION, Span.parse("30 min CH")),
        (ClockKind.FIX, Span.parse("24 CH")),
    )
    assert rules["A04"].urgencies == {Urgency.NORMAL}
    assert rules["A08"].preceding_working_day
    assert not rules["A08"].confirm
    assert all(policy.source for policy in town.policies)


def test_every_emergency_has_advice_in_both_languages(town: Municipality) -> None:
    rules = [rule for rule in town.urgency_rules if rule.urgency is Urgency.EMERGENCY]
    assert len(rules) >= 8
    assert all(rule.advice and rule.advice_en for rule in rules)


def test_calendar_comes_with_the_document(town: Municipality, document: dict[str, Any]) -> None:
    assert {2026, 2027} <= set(town.calendar.years)
    assert [year["year"] for year in document["years"]] == sorted(town.calendar.years)
    assert town.calendar.week[5] is None
    assert str(town.calendar.week[4].end) == "17:00:00"


def test_document_survives_json(town: Municipality, document: dict[str, Any]) -> None:
    stored = json.loads(json.dumps(document, ensure_ascii=False))
    assert parse_municipality(stored, "database") == town
    assert load_municipality() == town


def test_what_is_to_be_confirmed(document: dict[str, Any]) -> None:
    stars = unconfirmed(document)
    assert {"phones.edds", "policies.A01", "blocks.HCS", "departments.duty_service"} <= set(stars)
    assert "policies.A08" not in stars


def _set(path: str, value: object) -> Callable[[dict[str, Any]], None]:
    def change(document: dict[str, Any]) -> None:
        *steps, last = [int(s) if s.isdigit() else s for s in path.split(".")]
        target: Any = document
        for step in steps:
            target = target[step]
        target[last] = value

    return change


def _drop(key: str) -> Callable[[dict[str, Any]], None]:
    return lambda document: document.pop(key)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (_set("topics.2.block", "NOPE"), "topics[2].block: expected the code of a block"),
        (_set("topics.2.urgency", "asap"), "topics[2].urgency: expected 'emergency', 'critical'"),
        (_set("topics.0.words", []), "topics[0].words: expected"),
        (_set("topics.1.code", "water_leak_road"), "topics[1].code: expected a value used once"),
        (_set("departments.0.block", "X"), "departments[0].block: expected the code of a block"),
        (_set("streets.0.settlements", ["Атлантида"]), "streets[0].settlements[0]: expected"),
        (_set("settlements.1.territory", "moon"), "settlements[1].territory: expected"),
        (_set("urgency_rules.0.block", "X"), "urgency_rules[0].block: expected"),
        (_set("policies.0.clocks", ["reaction 3 weeks"]), "policies[0].clocks: expected like"),
        (_set("policies.0.clocks", ["nap 3 CH"]), "expected a clock that begins with one of"),
        (
            _set("policies.3.urgencies", ["question"]),
            "policies: expected a policy for bot × normal",
        ),
        (_set("zone", "Mars/Base"), "zone: expected an IANA time zone"),
        (_set("sure", 3), "sure: expected less than or equal to 1, got «3»"),
        (_set("hours.mon.end", "08:00"), "hours.mon.end: expected a time after 09:00:00"),
        (_set("hours.mon.break_end", None), "hours.mon.break_start: expected a break inside"),
        (_set("color", "red"), "color: expected no such key, got «red»"),
        (_set("consent.url", "ftp://x"), "consent.url: expected"),
        (_drop("name"), "name: expected a value, got nothing"),
        (_drop("consent"), "consent: expected a value, got nothing"),
    ],
)
def test_a_mistake_names_its_key(
    document: dict[str, Any], change: Callable[[dict[str, Any]], None], said: str
) -> None:
    broken = copy.deepcopy(document)
    change(broken)
    with pytest.raises(MunicipalityError) as caught:
        parse_municipality(broken, "town.toml")
    assert said in str(caught.value)
    assert all(line.startswith("town.toml: ") for line in caught.value.problems)


def test_all_mistakes_are_told_at_once(document: dict[str, Any]) -> None:
    broken = copy.deepcopy(document)
    for topic in broken["topics"][:3]:
        topic["block"] = "NOPE"
    with pytest.raises(MunicipalityError) as caught:
        parse_municipality(broken, "town.toml")
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'name = "x\n', "at line 1, column"),
        (b"\xff\xfe", "expected UTF-8 text"),
        (b"", "name: expected a value, got nothing"),
        (None, "expected a municipality file, got none"),
    ],
)
def test_unreadable_files(tmp_path: Path, content: bytes | None, said: str) -> None:
    path = tmp_path / "town.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MunicipalityError, match=r"town\.toml") as caught:
        load_municipality(path)
    assert said in str(caught.value)
