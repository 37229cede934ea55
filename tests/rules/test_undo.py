"""Who holds a case by its events, and what a minute lets one take back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.municipality import load_municipality
from services import undo
from services.internal_terms import check_due
from services.lifecycle import Action
from services.model import AppealId, Event, PersonId, Role, State
from services.policies import Urgency

NOON = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
quick = settings(max_examples=200, deadline=None, derandomize=True)


def event(seq: int, action: str, code: str | None = None, actor: int = 1) -> Event:
    """One event of a chain; hashes don't matter here."""
    return Event(
        id=seq,
        appeal_id=AppealId(1),
        seq=seq,
        action=action,
        actor_id=PersonId(actor),
        role=Role.EXE,
        source=State.ASSIGNED,
        target=State.IN_PROGRESS,
        code=code,
        at=NOON,
        channel="t",
        policy="A04",
        policy_version=1,
        text_hash=None,
        previous="",
        hash="",
    )


def test_the_holder_is_who_took_it_or_was_given_it() -> None:
    assert undo.receiver(event(1, Action.TAKE, actor=7)) == 7
    assert undo.receiver(event(2, Action.HAND_OVER, undo.code_to(PersonId(9)))) == 9


def test_what_was_undone_gave_nothing() -> None:
    taken = event(1, Action.TAKE, actor=7)
    handed = event(2, Action.HAND_OVER, undo.code_to(PersonId(9)))
    undone = event(3, Action.HAND_OVER, undo.code_undo(2))
    assert undo.gives([taken, handed]) == [taken, handed]
    assert undo.gives([taken, handed, undone]) == [taken]
    assert undo.is_undone([taken, handed, undone], 2)
    assert not undo.is_undone([taken, handed], 2)


@quick
@given(steps=st.lists(st.booleans(), min_size=1, max_size=12))
def test_undoing_gives_the_case_back_to_who_had_it(steps: list[bool]) -> None:
    events, holders = [event(1, Action.TAKE, actor=100)], [100]
    for handed in steps:
        seq = len(events) + 1
        if handed or len(holders) == 1:
            events.append(event(seq, Action.HAND_OVER, undo.code_to(PersonId(seq))))
            holders.append(seq)
        else:
            last = undo.gives(events)[-1]
            events.append(event(seq, Action.HAND_OVER, undo.code_undo(last.seq)))
            holders.pop()
        assert undo.receiver(undo.gives(events)[-1]) == holders[-1]


@pytest.mark.parametrize(("seconds", "may"), [(0, True), (60, True), (61, False), (3600, False)])
def test_a_minute_and_no_more(seconds: int, may: bool) -> None:
    assert undo.in_time(NOON, NOON + timedelta(seconds=seconds)) is may


@pytest.mark.parametrize(
    ("urgency", "sent", "due"),
    [
        # Tuesday 10:40 → 12:40; over the break; past closing on Tuesday; a critical one at night.
        (Urgency.NORMAL, (24, 10, 40), (24, 12, 40)),
        (Urgency.HIGH, (24, 12, 0), (24, 14, 50)),
        (Urgency.NORMAL, (24, 17, 30), (25, 10, 30)),
        (Urgency.CRITICAL, (24, 23, 0), (24, 23, 30)),
        (Urgency.EMERGENCY, (24, 12, 50), (24, 13, 20)),
    ],
)
def test_a_check_takes_two_working_hours(
    urgency: Urgency, sent: tuple[int, int, int], due: tuple[int, int, int]
) -> None:
    calendar = load_municipality().calendar
    at, until = (datetime(2026, 11, *when, tzinfo=calendar.zone) for when in (sent, due))
    assert check_due(calendar, urgency, at) == until
