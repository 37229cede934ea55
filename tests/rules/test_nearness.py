"""One place: a name that reports share, or points close to each other (domain.md §3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.areas import DEGREE, EARTH, box, metres
from services.model import AppealId, Corner, PersonId, Report
from services.nearness import NEAR, fullest, gatherings, one_place, surroundings
from services.problem_rules import counted

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)
MIDDLE = (44.561, 38.077)
TURN = EARTH * 3.14159265359
"""Half of the way around the Earth."""
corners = st.tuples(st.floats(-89, 89), st.floats(-179, 179))
in_town = st.tuples(st.floats(44.55, 44.57), st.floats(38.06, 38.09))


def report(
    number: int,
    point: Corner | None = None,
    key: str | None = None,
    *,
    author: int | None = None,
    hour: float = 0,
    ended: float | None = None,
) -> Report:
    latitude, longitude = point or (None, None)
    return Report(
        id=AppealId(number),
        person_id=PersonId(number if author is None else author),
        place_key=key,
        latitude=latitude,
        longitude=longitude,
        received_at=NOON + timedelta(hours=hour),
        ended_at=None if ended is None else NOON + timedelta(hours=ended),
    )


def north(by: float, start: Corner = MIDDLE) -> Corner:
    """So many metres to the north."""
    return start[0] + by / DEGREE, start[1]


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (MIDDLE, MIDDLE, 0),
        ((44.0, 38.0), (45.0, 38.0), 111_195),
        ((60.0, 38.0), (60.0, 39.0), 55_597),
        # A known example: Paris and London, 343.5 km apart.
        ((48.8566, 2.3522), (51.5074, -0.1278), 343_556),
        ((0.0, 179.9), (0.0, -179.9), 22_239),
        ((90.0, 0.0), (-90.0, 0.0), 20_015_115),
        (MIDDLE, (44.5637, 38.077), 300.2),
        (MIDDLE, (44.561, 38.08078), 299.5),
    ],
)
def test_metres_along_the_ground(one: Corner, other: Corner, expected: float) -> None:
    assert metres(one, other) == pytest.approx(expected, rel=0.001, abs=0.5)


@given(corners, corners, corners)
def test_a_distance_is_a_distance(one: Corner, other: Corner, third: Corner) -> None:
    there = metres(one, other)
    assert there == pytest.approx(metres(other, one), abs=1e-3)
    assert metres(one, one) == 0
    assert 0 <= there <= TURN
    assert there <= metres(one, third) + metres(third, other) + 0.1
    assert there >= abs(one[0] - other[0]) * DEGREE - 0.1, "no shorter than what is north of it"


@given(st.lists(in_town, min_size=1, max_size=4), in_town, st.floats(10, 1000))
def test_the_box_holds_all_that_is_near(points: list[Corner], other: Corner, far: float) -> None:
    if min(metres(point, other) for point in points) <= far:
        assert box(points, far).holds(other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        (report(1, key="a"), report(2, key="a"), True),
        (report(1, key="a"), report(2, key="b"), False),
        (report(1), report(2), False),  # nobody knows where
        (report(1, MIDDLE, "a"), report(2, north(299), "b"), True),  # another name, one place
        (report(1, MIDDLE), report(2, north(299)), True),
        (report(1, MIDDLE), report(2, north(301)), False),
        (report(1, MIDDLE, "a"), report(2, north(5000), "a"), True),  # one street
        (report(1, MIDDLE), report(2, key="a"), False),
    ],
)
def test_one_place(one: Report, other: Report, same: bool) -> None:
    assert one_place(one, other, NEAR) is same
    assert one_place(other, one, NEAR) is same


def numbers(reports: Sequence[Report]) -> list[int]:
    return sorted(r.id for r in reports)


def test_a_place_is_around_the_report_in_its_middle_in_whatever_order_they_came() -> None:
    row = [report(n, north(250 * n)) for n in range(1, 4)]
    for new in row:
        centre, members = fullest(row, new, NEAR, len)
        assert (centre.id, numbers(members)) == (2, [1, 2, 3])
    ends = [row[0], row[2]]
    assert numbers(fullest(ends, ends[0], NEAR, len)[1]) == [1]


def test_a_name_and_a_point_bring_together_who_shares_either() -> None:
    named, both, near = report(1, key="a"), report(2, MIDDLE, "a"), report(3, north(100), "b")
    centre, members = fullest([named, both, near], named, NEAR, len)
    assert (centre.id, numbers(members)) == (2, [1, 2, 3])


def test_the_fullest_place_first_and_a_report_at_one_of_them() -> None:
    here = [report(n, north(10 * n)) for n in range(6)]
    street = [report(n, key="a") for n in range(6, 11)]
    alone = [report(11, north(9000)), report(12)]
    found = [*gatherings([*alone, *street, *here], NEAR, len, enough=5)]
    assert [numbers(members) for _centre, members in found] == [
        list(range(6)),
        list(range(6, 11)),
    ]


reports_anywhere = st.lists(
    st.tuples(st.none() | in_town, st.sampled_from([None, "a", "b"])), max_size=25
).map(lambda places: [report(n, point, key) for n, (point, key) in enumerate(places)])


@given(reports_anywhere, st.sampled_from([100.0, NEAR, 500.0]))
def test_the_sweep_finds_what_comparing_each_with_each_does(
    reports: list[Report], within: float
) -> None:
    around = surroundings(reports, within)
    for one in reports:
        same = [o for o in reports if o.id == one.id or one_place(one, o, within)]
        assert numbers(around[one.id]) == numbers(same)


@given(reports_anywhere)
def test_gatherings_are_apart_full_and_leave_none_behind(reports: list[Report]) -> None:
    left = {r.id: r for r in reports}
    for centre, members in gatherings(reports, NEAR, len, enough=3):
        assert len(members) >= 3
        for member in members:
            assert member.id == centre.id or one_place(centre, member, NEAR)
            del left[member.id]
    assert all(len(around) < 3 for around in surroundings([*left.values()], NEAR).values())


@pytest.mark.parametrize(
    ("reports", "n"),
    [
        ([], 0),
        ([report(n) for n in range(5)], 5),
        # Repeats of his own open case add nothing; another's do.
        ([report(1, author=7), report(2, author=7, hour=5), report(3, author=8)], 2),
        # Answered and told again: the place is sick still, both count.
        ([report(1, author=7, ended=4), report(2, author=7, hour=5)], 2),
        # Said before the answer came: a repeat.
        ([report(1, author=7, ended=6), report(2, author=7, hour=5)], 1),
        # The second is open: the third repeats it.
        ([report(n, author=7, hour=n, ended=0.5 if n == 0 else None) for n in range(3)], 2),
    ],
)
def test_which_messages_of_a_week_count(reports: list[Report], n: int) -> None:
    assert len(counted(reports)) == n


said = st.lists(
    st.tuples(st.integers(1, 3), st.integers(0, 160), st.none() | st.integers(1, 40)), max_size=15
).map(
    lambda rows: [
        report(n, author=who, hour=at, ended=None if took is None else at + took)
        for n, (who, at, took) in enumerate(rows)
    ]
)


@given(said)
def test_at_no_time_has_an_author_two_that_count_and_are_open(reports: list[Report]) -> None:
    found = counted(reports)
    assert counted(found) == found
    assert {r.person_id for r in found} == {r.person_id for r in reports}
    for one in found:
        for other in found:
            if one.person_id == other.person_id and one.id != other.id:
                first, then = sorted((one, other), key=lambda r: (r.received_at, r.id))
                assert first.ended_at is not None
                assert first.ended_at <= then.received_at


@given(said)
def test_answering_never_makes_fewer(reports: list[Report]) -> None:
    at_once = [replace(r, ended_at=r.received_at) for r in reports]
    assert len(counted(at_once)) == len(reports) >= len(counted(reports))
