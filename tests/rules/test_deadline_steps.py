"""Reminders before a deadline and the ladder from it on (domain.md §2)."""

from __future__ import annotations

from datetime import timedelta

from services.deadlines import ladder, reminders
from services.policies import ClockKind, Span
from tests.support.policies import CALENDAR, MOSCOW, local


def steps(
    span: str, started: str, ends: str, around_the_clock: bool = False
) -> list[tuple[str, str]]:
    found = reminders(
        ClockKind.ANSWER,
        Span.parse(span),
        started=local(started),
        due=local(ends),
        calendar=CALENDAR,
        around_the_clock=around_the_clock,
    )
    return [(step.code, step.at.astimezone(MOSCOW).strftime("%d.%m %H:%M")) for step in found]


def test_reminders_of_working_hours_come_at_half_and_quarter() -> None:
    assert steps("9 WH", "2026-11-24 10:12", "2026-11-25 11:02") == [
        ("half", "24.11 15:32"),
        ("quarter", "24.11 17:47"),
    ]


def test_reminders_of_working_days_come_at_opening() -> None:
    assert steps("8 WD", "2026-11-24 10:12", "2026-12-04 17:00") == [
        ("wd3", "01.12 09:00"),
        ("wd1", "03.12 09:00"),
        ("day", "04.12 09:00"),
    ]
    assert [code for code, _at in steps("3 WD", "2026-11-24 10:12", "2026-11-27 17:00")] == [
        "wd1",
        "day",
    ]


def test_reminders_of_calendar_days_avoid_days_off_and_do_not_meet() -> None:
    assert steps("30 CD", "2026-04-09 10:00", "2026-05-08 16:00") == [
        ("cd10", "28.04 09:00"),
        ("cd5", "30.04 09:00"),  # 3 May is a Sunday, 1 May a holiday
        ("cd3", "05.05 09:00"),
        ("cd1", "07.05 09:00"),
    ]
    assert steps("3 CD", "2026-11-20 10:00", "2026-11-23 18:00") == []  # 1 day before is started
    assert steps("7 CD", "2026-11-20 10:00", "2026-11-30 18:00") == [
        ("cd5", "25.11 09:00"),
        ("cd1", "27.11 09:00"),  # 3 days before meets it: one word is enough
    ]


def test_reminders_at_night_come_earlier_except_around_the_clock() -> None:
    late = ("24 CH", "2026-11-24 16:00", "2026-11-25 16:00")
    assert steps(*late) == [("half", "24.11 18:00"), ("quarter", "25.11 10:00")]
    assert steps(*late, around_the_clock=True) == [
        ("half", "25.11 04:00"),
        ("quarter", "25.11 10:00"),
    ]


def test_ladder() -> None:
    rungs = ladder(local("2026-12-04 17:00"), CALENDAR, around_the_clock=False)
    assert [(rung.code, rung.at.astimezone(MOSCOW).strftime("%d.%m %H:%M")) for rung in rungs] == [
        ("holder", "04.12 17:00"),
        ("department", "04.12 17:00"),
        ("deputy", "07.12 10:00"),
        ("mcu", "07.12 13:00"),
        ("coordinator", "07.12 18:00"),
        ("head", "09.12 18:00"),
    ]


def test_ladder_around_the_clock() -> None:
    missed = local("2026-11-29 02:00")
    rungs = ladder(missed, CALENDAR, around_the_clock=True)
    assert [rung.at - missed for rung in rungs] == [
        timedelta(minutes=n) for n in (0, 0, 15, 30, 60, 240)
    ]
