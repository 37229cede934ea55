"""Invariant 3 and each department's share of the time, as pure rules over events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.municipality import load_municipality
from services import return_rules, shares
from services.calendar import working_minutes_between
from services.errors import DomainError
from services.lifecycle import Action
from services.model import AppealId, Event, Role, State

CALENDAR = load_municipality().calendar
TUESDAY = datetime(2026, 11, 24, 7, 12, tzinfo=UTC)
"""10:12 in the town."""


def event(action: str, target: State, minutes: int, code: str | None = None, **more: Any) -> Event:
    """An event so many minutes after Tuesday 10:12."""
    return Event(
        id=minutes,
        appeal_id=AppealId(1),
        seq=1,
        action=action,
        actor_id=None,
        role=Role.HUB,
        source=more.get("source"),
        target=target,
        code=code,
        at=TUESDAY + timedelta(minutes=minutes),
        channel="t",
        policy="A04",
        policy_version=1,
        text_hash=None,
        previous="",
        hash="",
    )


REGISTERED = event("register", State.NEW, 0)
TO_HCS = event("route", State.ASSIGNED, 0, "HCS")
BACK = event("return", State.RETURNING, 60, "R1.ROD")
TO_ROD = event("route", State.ASSIGNED, 80, "ROD.justified", source=State.RETURNING)
TO_HCS_AGAIN = event("route", State.ASSIGNED, 80, "HCS.unjustified", source=State.RETURNING)
BACK_AGAIN = event("return", State.RETURNING, 100, "R2.HCS")


def final(whose: str) -> Event:
    """The head of МЦУ gives it to roads."""
    return event("decide_return", State.ASSIGNED, 110, f"ROD.final.{whose}")


def at(minutes: int) -> datetime:
    return TUESDAY + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("events", "block", "minutes", "refused"),
    [
        ([REGISTERED, TO_HCS], "HCS", 0, None),
        # 10:12 + 4 WH with the lunch of 50 minutes = 15:02.
        ([REGISTERED, TO_HCS], "HCS", 290, None),
        ([REGISTERED, TO_HCS], "HCS", 291, "return_too_late"),
        ([REGISTERED, TO_HCS, BACK, TO_ROD], "ROD", 370, None),
        ([REGISTERED, TO_HCS, BACK, TO_ROD], "ROD", 371, "return_too_late"),
        ([REGISTERED, TO_HCS, BACK, TO_HCS_AGAIN], "HCS", 81, "already_returned"),
        ([REGISTERED, TO_HCS, BACK, TO_ROD, BACK_AGAIN, final("none")], "ROD", 111, "decided"),
        ([REGISTERED, TO_HCS, BACK, TO_ROD, BACK_AGAIN, final("none")], "IMP", 111, "decided"),
        # Giving it up inside the block opens no new four hours.
        (
            [REGISTERED, TO_HCS, event("give_up", State.ASSIGNED, 280)],
            "HCS",
            300,
            "return_too_late",
        ),
    ],
)
def test_once_for_a_block_in_four_hours_and_never_a_third_time(
    events: list[Event], block: str, minutes: int, refused: str | None
) -> None:
    if refused is None:
        return_rules.check(events, block=block, now=at(minutes), calendar=CALENDAR)
        return
    with pytest.raises(DomainError, match=refused):
        return_rules.check(events, block=block, now=at(minutes), calendar=CALENDAR)


@pytest.mark.parametrize(
    ("events", "judged"),
    [
        ([TO_HCS, BACK], [("HCS", None)]),
        ([TO_HCS, BACK, TO_ROD], [("HCS", True)]),
        ([TO_HCS, BACK, TO_HCS_AGAIN], [("HCS", False)]),
        ([TO_HCS, BACK, TO_ROD, BACK_AGAIN], [("HCS", True), ("ROD", None)]),
        ([TO_HCS, BACK, TO_ROD, BACK_AGAIN, final("HCS")], [("HCS", True), ("ROD", False)]),
        ([TO_HCS, BACK, TO_ROD, BACK_AGAIN, final("ROD")], [("HCS", False), ("ROD", True)]),
        ([TO_HCS, BACK, TO_ROD, BACK_AGAIN, final("both")], [("HCS", True), ("ROD", True)]),
        ([TO_HCS, BACK, TO_ROD, BACK_AGAIN, final("none")], [("HCS", False), ("ROD", False)]),
    ],
)
def test_returns_are_judged(events: list[Event], judged: list[tuple[str, bool | None]]) -> None:
    assert [(r.block, r.justified) for r in return_rules.returns(events)] == judged


def test_a_return_says_why_and_whose() -> None:
    (found,) = return_rules.returns([TO_HCS, BACK])
    assert (found.reason, found.suggested, found.at) == ("R1", "ROD", at(60))


def test_each_department_has_its_own_share() -> None:
    events = [
        REGISTERED,
        TO_HCS,
        event("take", State.IN_PROGRESS, 10),
        BACK,
        TO_ROD,
        event("take", State.IN_PROGRESS, 90),
        event("ask", State.WAITING_CITIZEN, 100),
        event("reply", State.IN_PROGRESS, 130),
        event("submit", State.REVIEW, 140),
        event("pass", State.ANSWERED, 145),
    ]
    found = shares.shares(events, CALENDAR, until=at(165))
    assert found == {"HCS": 60, "ROD": 30, shares.CENTRE: 25}
    assert shares.in_order(found, events) == [("HCS", 60), ("ROD", 30)]


STATES = sorted(set(State))
steps = st.lists(
    st.tuples(
        st.integers(0, 3000),
        st.sampled_from(STATES),
        st.sampled_from([None, "HCS", "ROD.justified", "IMP.final.both"]),
    ),
    max_size=20,
)


@settings(max_examples=200, deadline=None, derandomize=True)
@given(script=steps, tail=st.integers(0, 3000))
def test_shares_never_add_up_to_more_than_the_time_that_passed(
    script: list[tuple[int, State, str | None]], tail: int
) -> None:
    minutes, events = 0, [REGISTERED]
    for wait, state, code in script:
        minutes += wait
        action = Action.ROUTE if code else Action.TAKE
        events.append(event(action, state, minutes, code))
    until = at(minutes + tail)
    found = shares.shares(events, CALENDAR, until=until)
    whole = working_minutes_between(CALENDAR, TUESDAY, until)
    assert all(value >= 0 for value in found.values())
    assert sum(found.values()) <= whole
    counted = {*shares._BLOCKS, *shares._CENTRE}
    if all(e.target in counted for e in events):
        assert sum(found.values()) >= whole - len(events), "only fractions of minutes get lost"
