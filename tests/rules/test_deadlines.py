"""Deadlines of domain.md §2: its worked examples, and the corners between them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from services.deadlines import Deadline, choose, deadlines, halved, resumed
from services.policies import ClockKind, Policy, Regime, Span, Urgency
from tests.support.policies import (
    A01,
    A02,
    A03,
    A04,
    A05,
    A08,
    CALENDAR,
    MOSCOW,
    POLICIES,
    local,
    make_calendar,
    policy,
)

BOT, LAW59 = Regime.BOT, Regime.LAW59
ANSWER, REACTION = ClockKind.ANSWER, ClockKind.REACTION


def due(clock: Deadline) -> str:
    assert clock.due.tzinfo is UTC
    return clock.due.astimezone(MOSCOW).strftime("%Y-%m-%d %H:%M")


def codes(clock: Deadline) -> list[str]:
    return [reason.code for reason in clock.reasons]


@pytest.mark.parametrize(
    ("registered", "expected"),
    [
        ("2026-04-09", "2026-05-08 16:00"),  # 09.05: a holiday on a Saturday; 08.05 is short
        ("2026-10-05", "2026-11-03 17:00"),  # 04.11: a holiday; its eve is short
        ("2026-01-30", "2026-02-27 17:00"),  # 01.03: a Sunday
        ("2026-11-20", "2026-12-18 17:00"),  # 20.12: a Sunday
        ("2026-04-11", "2026-05-08 16:00"),  # registered on a Saturday, ends on a moved day off
        ("2026-11-24", "2026-12-24 18:00"),  # a plain Thursday
    ],
)
def test_answer_under_the_law(registered: str, expected: str) -> None:
    _registration, answer = deadlines(A08, CALENDAR, received=local(registered + " 10:00"))
    assert due(answer) == expected


@pytest.mark.parametrize(
    ("received", "expected"),
    [
        ("2026-11-20 10:00", "2026-11-23 18:00"),
        ("2026-11-18 10:00", "2026-11-20 17:00"),  # Saturday → back to Friday
        ("2026-04-30 10:00", "2026-04-30 17:00"),  # back to the day of the receipt, still ahead
        ("2026-04-30 17:30", "2026-05-04 18:00"),  # back would be past: forward
        ("2026-01-01 12:00", "2026-01-12 18:00"),  # back would be last year
    ],
)
def test_registration_moves_back_unless_that_is_past(received: str, expected: str) -> None:
    assert due(deadlines(A08, CALENDAR, received=local(received))[0]) == expected


@pytest.mark.parametrize(
    ("rule", "received", "first", "second"),
    [
        (A04, "2026-11-24 10:12", "2026-11-25 11:02", "2026-12-04 17:00"),
        (A04, "2026-11-24 20:00", "2026-11-26 09:50", "2026-12-04 17:00"),
        (A04, "2026-11-24 13:20", "2026-11-25 14:40", "2026-12-04 17:00"),  # in the break
        (A04, "2026-11-20 10:00", "2026-11-23 11:50", "2026-12-02 18:00"),  # 8 WD from 20.11
        (A04, "2026-11-21 12:00", "2026-11-24 09:50", "2026-12-03 18:00"),  # day 0 is Monday
        (A03, "2026-11-24 09:00", "2026-11-24 13:00", "2026-12-03 18:00"),  # not 13:50
        (A05, "2026-11-03 10:00", "2026-11-05 11:50", "2026-11-09 18:00"),  # 3.11 is short
        (A01, "2026-11-24 22:40", "2026-11-24 23:10", "2026-11-25 22:40"),
        (A02, "2026-11-28 23:00", "2026-11-29 01:00", "2026-11-29 23:00"),
    ],
)
def test_reaction_and_answer(rule: Policy, received: str, first: str, second: str) -> None:
    assert [due(clock) for clock in deadlines(rule, CALENDAR, received=local(received))] == [
        first,
        second,
    ]


def test_answer_counts_from_the_registration_day() -> None:
    clocks = deadlines(
        A08, CALENDAR, received=local("2026-04-07 10:00"), registered=date(2026, 4, 9)
    )
    assert [due(clock) for clock in clocks] == ["2026-04-10 17:00", "2026-05-08 16:00"]


def test_registration_before_the_receipt_is_refused() -> None:
    with pytest.raises(ValueError, match="before it was received"):
        deadlines(A08, CALENDAR, received=local("2026-04-09 10:00"), registered=date(2026, 4, 8))


def test_the_zone_of_the_moment_does_not_matter_the_municipality_s_does() -> None:
    # 23:30 UTC on the 23rd is already the 24th in Moscow.
    clocks = deadlines(A04, CALENDAR, received=datetime(2026, 11, 23, 23, 30, tzinfo=UTC))
    assert due(clocks[1]) == "2026-12-04 17:00"
    with pytest.raises(ValueError, match="time zone"):
        deadlines(A04, CALENDAR, received=datetime(2026, 11, 24))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("counts", "bot", "law"),
    [(False, "2026-04-30", "2026-04-21"), (True, "2026-04-30", "2026-04-20")],
)
def test_radonitsa_is_off_for_the_bot_and_for_the_law_only_by_the_switch(
    counts: bool, bot: str, law: str
) -> None:
    calendar = make_calendar(regional_counts_for_59fz=counts)
    # Eight working days from Fri 17.04 would be 29.04 without Radonitsa (21.04).
    answer = deadlines(A04, calendar, received=local("2026-04-17 10:00"))[1]
    assert due(answer)[:10] == bot
    answer = deadlines(A08, calendar, received=local("2026-03-22 10:00"))[1]
    assert due(answer)[:10] == law


def test_a_working_saturday_is_a_working_day_with_monday_s_hours_less_one() -> None:
    clock = deadlines(A05, CALENDAR, received=local("2025-10-29 10:00"))[1]
    assert due(clock) == "2025-11-01 17:00"


def test_calendar_days_without_the_flag_move_to_the_next_working_day() -> None:
    rule = policy("X", frozenset(), None, (ANSWER, "3 CD"))
    (clock,) = deadlines(rule, CALENDAR, received=local("2026-11-18 10:00"))
    assert due(clock) == "2026-11-23 18:00"
    assert "moved_forward" in codes(clock)


def test_an_unknown_year_says_so() -> None:
    clock = deadlines(A04, CALENDAR, received=local("2026-12-28 10:00"))[1]
    assert due(clock) == "2027-01-08 17:00"  # only 31.12 is known to be off
    assert clock.reasons[-1].values == (("year", 2027),)
    reaction = deadlines(A02, CALENDAR, received=local("2027-12-28 10:00"))[0]
    assert "year_unknown" not in codes(reaction)


@pytest.mark.parametrize(
    ("regime", "urgency", "expected"),
    [
        (BOT, Urgency.NORMAL, "A04"),
        (Regime.SOCIAL, Urgency.HIGH, "A03"),
        (BOT, Urgency.EMERGENCY, "A01"),
        (LAW59, Urgency.EMERGENCY, "A01"),
        (LAW59, Urgency.CRITICAL, "A08"),
        (LAW59, Urgency.QUESTION, "A08"),
    ],
)
def test_choice(regime: Regime, urgency: Urgency, expected: str) -> None:
    assert choose(POLICIES, regime=regime, urgency=urgency).id == expected


def test_choice_takes_the_newest_version_even_when_it_stopped_fitting() -> None:
    newer = replace(A04, version=2, clocks=((ANSWER, Span.parse("10 WD")),))
    assert choose((newer, *POLICIES), regime=BOT, urgency=Urgency.NORMAL) is newer
    narrowed = replace(A04, version=3, regimes=frozenset({Regime.SOCIAL}))
    with pytest.raises(LookupError, match="«bot», urgency «normal»"):
        choose((newer, narrowed, *POLICIES), regime=BOT, urgency=Urgency.NORMAL)


@pytest.mark.parametrize(
    ("rule", "start", "expected"),
    [
        (A04, "2026-12-03 15:20", "2026-12-09 18:00"),
        (A03, "2026-12-03 15:20", "2026-12-09 18:00"),  # 7 WD → 3.5 → 4
        (A05, "2026-12-03 15:20", "2026-12-07 18:00"),  # 3 WD → 2
        (A01, "2026-12-03 15:20", "2026-12-04 03:20"),
        (A08, "2026-12-03 15:20", "2026-12-18 17:00"),
        (policy("X", frozenset(), None, (ANSWER, "1 WD")), "2026-12-03 15:20", "2026-12-04 17:00"),
        (policy("X", frozenset(), None, (ANSWER, "3 WH")), "2026-12-03 15:20", "2026-12-03 17:20"),
    ],
)
def test_half_of_the_clock(rule: Policy, start: str, expected: str) -> None:
    clock = halved(rule, CALENDAR, start=local(start))
    assert due(clock) == expected
    assert codes(clock)[0] == "halved"


@pytest.mark.parametrize(
    ("span", "before", "paused", "back", "expected"),
    [
        ("8 WD", "2026-12-04 17:00", "2026-11-26 11:00", "2026-11-27 11:00", "2026-12-07 18:00"),
        ("8 WD", "2026-12-04 17:00", "2026-11-26 11:00", "2026-11-26 11:30", "2026-12-07 18:00"),
        ("8 WD", "2026-12-04 17:00", "2026-11-26 19:00", "2026-11-27 08:00", "2026-12-04 17:00"),
        ("4 WH", "2026-11-26 12:00", "2026-11-26 10:00", "2026-11-26 10:45", "2026-11-26 12:45"),
        ("24 CH", "2026-11-26 12:00", "2026-11-25 22:00", "2026-11-26 06:00", "2026-11-26 20:00"),
    ],
)
def test_waiting_for_the_citizen(
    span: str, before: str, paused: str, back: str, expected: str
) -> None:
    moved = resumed(
        local(before).astimezone(UTC),
        CALENDAR,
        paused_at=local(paused),
        resumed_at=local(back),
        span=Span.parse(span),
    )
    assert moved.astimezone(MOSCOW) == local(expected)


def test_every_answer_explains_itself() -> None:
    reaction, answer = deadlines(A04, CALENDAR, received=local("2026-11-24 20:00"))
    assert codes(reaction) == ["span", "starts_later", "by_day"]
    assert dict(reaction.reasons[2].values)["days"] == (
        (date(2026, 11, 25), 490),
        (date(2026, 11, 26), 50),
    )
    assert codes(answer) == ["span", "working_days", "days_off", "closing"]
    law = deadlines(A08, CALENDAR, received=local("2026-04-09 10:00"))[1]
    assert codes(law) == ["span", "moved_back", "closing"]
    assert dict(law.reasons[1].values)["weekend"] is True
