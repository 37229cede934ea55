"""Which days may be promised: working days, the last one, who must allow them, how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.municipality import load_municipality
from services import postponing_rules as rules
from services.calendar import is_working_day
from services.errors import OutOfDate
from services.policies import Extension, Policy, extension_of

TOWN = load_municipality()
CALENDAR = TOWN.calendar
POLICIES = {p.id: p for p in TOWN.policies}
THURSDAY = date(2026, 11, 26)
"""The day of conversations.md's example."""
DUE = date(2026, 12, 4)
days = st.dates(date(2026, 1, 1), date(2026, 12, 31))
quick = settings(max_examples=200, deadline=None, derandomize=True)


def offered(policy: str, today: date = THURSDAY, due: date = DUE) -> rules.Choice:
    found = rules.choice(POLICIES[policy], CALENDAR, today=today, due=due)
    assert found is not None
    return found


def test_the_example_of_the_design() -> None:
    found = offered("A04")
    assert (found.first, found.free) == (date(2026, 11, 27), date(2026, 12, 25))
    assert found.free is not None
    assert rules.suggested(CALENDAR, THURSDAY, found.first, found.free) == [
        date(2026, 11, 30),
        date(2026, 12, 3),
        date(2026, 12, 10),
        date(2026, 12, 25),
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("none", None),
        ("deputy", Extension(None, by_department=False, once=False)),
        ("postponed up to 30 CD", Extension(30, by_department=True, once=False)),
        ("up to 30 CD once, with a notice", Extension(30, by_department=False, once=True)),
    ],
)
def test_what_a_policy_says_of_extensions(text: str, found: Extension | None) -> None:
    assert extension_of(_policy(text)) == found


@pytest.mark.parametrize("text", ["", "30 CD", "postponed", "postponed up to a month"])
def test_an_extension_that_nobody_understands_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="postponed up to 30 CD"):
        extension_of(_policy(text))


def _policy(extension: str) -> Policy:
    return replace(POLICIES["A04"], extension=extension)


def test_every_policy_of_the_municipality_is_understood() -> None:
    for policy in TOWN.policies:
        extension_of(policy)


@pytest.mark.parametrize(
    ("policy", "free", "last"),
    [
        ("A03", date(2026, 12, 25), date(2027, 2, 24)),
        ("A02", None, date(2026, 12, 25)),
        # 59fz: 30 days from the deadline, asked of the deputy; 3.01 is a day off.
        ("A08", None, date(2026, 12, 31)),
    ],
)
def test_who_may_promise_how_far(policy: str, free: date | None, last: date) -> None:
    found = offered(policy)
    assert found.free == free
    assert found.last == rules.working_day_on_or_before(CALENDAR, last)


def test_a_policy_without_extension_offers_nothing() -> None:
    found = rules.choice(_policy("none"), CALENDAR, today=THURSDAY, due=DUE)
    assert found is None


def test_59fz_is_extended_once_the_others_twice() -> None:
    assert rules.most(POLICIES["A08"]) == 1
    assert rules.most(POLICIES["A04"]) == rules.MOST == 2


@quick
@given(today=days, policy=st.sampled_from(["A02", "A03", "A04", "A05"]))
def test_every_offered_day_is_a_working_day_after_today_within_the_limit(
    today: date, policy: str
) -> None:
    found = offered(policy, today)
    end = found.free or found.last
    suggested = rules.suggested(CALENDAR, today, found.first, end)
    assert suggested[-1] == end, "the last day is on offer"
    assert 1 <= len(suggested) <= 4
    assert end <= today + timedelta(days=30)
    for day in suggested:
        assert today < day <= end
        assert is_working_day(CALENDAR, day)
        assert rules.checked_day(CALENDAR, found, f"{day:%Y%m%d}") == day


@quick
@given(today=days)
def test_the_calendar_holds_each_working_day_once_by_weeks(today: date) -> None:
    found = offered("A04", today)
    weeks = rules.weeks(CALENDAR, found.first, found.last)
    flat = [day for week in weeks for day in week]
    span = (found.last - found.first).days + 1
    every = [found.first + timedelta(days=n) for n in range(span)]
    assert flat == [day for day in every if is_working_day(CALENDAR, day)]
    assert all(week and len({d.isocalendar()[1] for d in week}) == 1 for week in weeks)
    assert all(len(week) <= 6 for week in weeks), "five, six with a working Saturday"


@pytest.mark.parametrize(
    ("day", "refused"),
    [
        ("20261126", "no_such_day"),
        ("20261128", "no_such_day"),
        ("20270301", "no_such_day"),
        ("", "outdated"),
        ("x", "outdated"),
        ("20261301", "outdated"),
    ],
)
def test_a_day_that_is_not_on_offer(day: str, refused: str) -> None:
    with pytest.raises(OutOfDate, match=refused):
        rules.checked_day(CALENDAR, offered("A04"), day)
