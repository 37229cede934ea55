"""What is to mend in a centre, from facts; how two documents of a municipality differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.i18n import LOCALES, use_locale
from bot.municipality import load_municipality
from bot.preflight import differences
from bot.views.findings import say
from services.findings import Facts, Finding, Level, of_facts
from services.health import Health, known_until
from services.model import WHOLE_CENTRE, Chat, Grant, PersonId, Purpose, Role

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
TOWN = load_municipality()
QUIET = Health(0, 0, 0, None, 0, 0, 16, 16, 0, True, True, 2027, 0)


def chat(number: int, purpose: Purpose, block: str | None = None, **more: Any) -> Chat:
    return Chat(number, "t", str(-number), purpose, block, f"Чат {number}", None, NOW, **more)


def grant(role: Role, scope: str = WHOLE_CENTRE) -> Grant:
    return Grant(1, PersonId(1), role, scope, NOW, None, None)


READY = Facts(
    town=TOWN,
    now=NOW,
    health=QUIET,
    chats=[
        chat(1, Purpose.TRIAGE),
        chat(2, Purpose.QUALITY),
        *(chat(n, Purpose.BLOCK, code, missing=[]) for n, code in enumerate(TOWN.blocks, 3)),
    ],
    grants=[
        *(grant(role) for role in (Role.DUT, Role.MHD, Role.QC)),
        *(grant(role, block) for role in (Role.EXE, Role.BLK) for block in TOWN.blocks),
    ],
    unreached=[],
)


def codes(facts: Facts) -> list[tuple[str, Level]]:
    return [(f.code, f.level) for f in of_facts(facts) if f.code != "year_unknown"]


def test_a_centre_that_is_ready_has_nothing_to_mend() -> None:
    assert codes(READY) == []


@pytest.mark.parametrize(
    ("facts", "code", "level"),
    [
        (replace(READY, chats=READY.chats[1:]), "no_triage_chat", Level.BROKEN),
        (replace(READY, chats=READY.chats[:-1]), "blocks_without_chat", Level.WARNING),
        (
            replace(READY, chats=[replace(READY.chats[0], missing=["send"]), *READY.chats[1:]]),
            "rights_missing",
            Level.BROKEN,
        ),
        (
            replace(READY, chats=[replace(READY.chats[0], missing=["delete"]), *READY.chats[1:]]),
            "rights_missing",
            Level.WARNING,
        ),
        (replace(READY, grants=READY.grants[1:]), "no_role_holder", Level.BROKEN),
        (replace(READY, grants=READY.grants[:-1]), "blocks_without_deputy", Level.WARNING),
        (
            replace(READY, grants=[*READY.grants[:3], *READY.grants[4:]]),
            "blocks_without_executor",
            Level.BROKEN,
        ),
        (replace(READY, unreached=["Анна"]), "not_started", Level.WARNING),
        (replace(READY, health=replace(QUIET, dead=2)), "dead_letters", Level.WARNING),
        (replace(READY, health=replace(QUIET, parked=1)), "parked", Level.WARNING),
        (replace(READY, health=replace(QUIET, unconfirmed=4)), "unconfirmed", Level.NOTE),
    ],
)
def test_each_thing_to_mend_is_found_and_said(facts: Facts, code: str, level: Level) -> None:
    assert codes(facts) == [(code, level)]
    for locale in LOCALES:
        with use_locale(locale):
            for finding in of_facts(facts):
                assert say(finding)


def test_the_calendar_of_the_coming_twelve_months() -> None:
    known = max(TOWN.calendar.years)
    before = replace(READY, now=datetime(known - 1, 12, 1, tzinfo=UTC))
    assert of_facts(before) == []
    last = datetime(known, 6, 1, tzinfo=UTC)
    found = of_facts(replace(READY, now=last))
    assert found == [Finding(Level.WARNING, "year_unknown", {"year": known + 1})]
    assert known_until(TOWN, last) == known
    late = of_facts(replace(READY, now=last + timedelta(days=365)))
    assert found[0].values == {"year": known + 1}
    assert late[0].level is Level.BROKEN
    assert known_until(TOWN, last + timedelta(days=365)) is None


def test_documents_differ_by_table_and_entry() -> None:
    blocks = [{"code": "HCS", "name": "ЖКХ"}, {"code": "ROD", "name": "Дороги"}]
    kept = {"name": "Город", "blocks": [blocks[0], {"code": "EDU", "name": "Школы"}]}
    file = {"name": "Город", "blocks": [{"code": "HCS", "name": "ЖКХ и свет"}, blocks[1]]}
    assert differences(file, kept) == ["blocks: EDU, HCS, ROD"]
    assert differences({"name": "А"}, {"name": "Б", "sure": 0.5}) == ["name", "sure"]
    assert differences(kept, kept) == []
