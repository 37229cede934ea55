"""What makes a hub «not ready», and what is a quiet night."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.watch.readiness import (
    INBOX_LIMIT,
    OUTBOX_LIMIT,
    POLL_LIMIT,
    Backlog,
    Facts,
    troubles,
)

IDLE = Backlog(new=0, parked=0, new_age=None, queued=0, later=40, dead=0, queued_age=None)
WELL = Facts(
    phase="running",
    mode="polling",
    backlog=IDLE,
    flying=0,
    leading={"delivery": True},
    poll_age=1.0,
    update_age=None,
)


def codes(**changed: Any) -> list[str]:
    """What is wrong after these changes of a hub that is well."""
    inner = {k: v for k, v in changed.items() if k in Backlog.__dataclass_fields__}
    outer = {k: v for k, v in changed.items() if k not in inner}
    facts = replace(WELL, backlog=replace(IDLE, **inner)) if inner else WELL
    return [trouble.code for trouble in troubles(replace(facts, **outer))]


def test_a_quiet_night_is_no_trouble() -> None:
    assert codes() == []
    assert codes(mode="webhook", poll_age=None, update_age=6 * 3600.0) == []
    # Another replica polls and delivers.
    assert codes(leading={"delivery": False, "polling": False}, poll_age=None) == []


def test_what_waits_for_people_is_no_trouble_of_the_hub() -> None:
    assert codes(parked=3, dead=40, later=10_000) == []


@pytest.mark.parametrize("phase", ["starting", "stopping"])
def test_before_and_after(phase: str) -> None:
    assert codes(phase=phase) == [phase]
    assert codes(phase=phase, backlog=None) == [phase], "it has not been looked for yet"


def test_a_database_that_does_not_answer() -> None:
    assert codes(backlog=None) == ["database"]


@pytest.mark.parametrize(
    ("code", "field", "limit"),
    [
        ("polling", "poll_age", POLL_LIMIT),
        ("inbox", "new_age", INBOX_LIMIT),
        ("outbox", "queued_age", OUTBOX_LIMIT),
    ],
)
@given(age=st.floats(min_value=0, max_value=1e6))
def test_each_age_has_its_limit(code: str, field: str, limit: float, age: float) -> None:
    assert codes(**{field: age}) == ([code] if age > limit else [])


def test_everything_wrong_is_said_at_once_and_in_words() -> None:
    wrong = troubles(
        replace(
            WELL,
            poll_age=POLL_LIMIT + 1,
            backlog=replace(IDLE, new=7, new_age=200.0, queued=9, queued_age=700.0),
        )
    )
    assert [(t.code, t.text) for t in wrong] == [
        ("polling", "no poll was answered for 91 s"),
        ("inbox", "an update waits for 200 s (7 in all)"),
        ("outbox", "a message waits for 700 s (9 in all)"),
    ]
