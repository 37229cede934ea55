"""What the picture under a digest shows, cut from a morning's figures (domain.md §6)."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest

from services.digest_facts import work_of
from services.digest_picture import (
    Aged,
    Flow,
    Morning,
    Picture,
    Punctual,
    as_ref,
    from_ref,
    of_blocks,
)

WEDNESDAY = date(2026, 11, 25)
BLOCKS = ("HCS", "ROD", "EDU", "TKO")
NOTHING = Morning(day=WEDNESDAY, every=BLOCKS, flow={}, month={}, ages={})


def morning(**more: Any) -> Morning:
    known: dict[str, Any] = {"flow": {}, "month": {}, "ages": {}}
    return Morning(day=WEDNESDAY, every=BLOCKS, **{**known, **more})


def test_the_week_ends_yesterday_and_holds_the_readers_blocks_alone() -> None:
    seen = morning(
        flow={
            (WEDNESDAY, "HCS", "received"): 100,
            (WEDNESDAY - timedelta(1), "HCS", "received"): 3,
            (WEDNESDAY - timedelta(1), "ROD", "received"): 4,
            (WEDNESDAY - timedelta(1), "EDU", "received"): 50,
            (WEDNESDAY - timedelta(7), "ROD", "answered"): 2,
            (WEDNESDAY - timedelta(8), "HCS", "received"): 100,
        }
    )
    picture = of_blocks(seen, ("HCS", "ROD"))
    assert picture.flow == (Flow(0, 2), *[Flow()] * 5, Flow(7, 0))
    assert picture.total == Flow(7, 2)


def test_blocks_stand_worst_first_and_those_with_little_data_last() -> None:
    month = {
        ("HCS", "in_time"): 103,
        ("HCS", "late_answer"): 10,
        ("HCS", "late_fix"): 7,
        ("HCS", "late_reaction"): 99,
        ("ROD", "in_time"): 45,
        ("ROD", "late_answer"): 19,
        ("EDU", "in_time"): 4,
        ("TKO", "answered"): 8,
    }
    picture = of_blocks(morning(month=month), BLOCKS)
    assert picture.blocks == (
        Punctual("ROD", 45, 64),
        Punctual("HCS", 103, 120),
        Punctual("EDU", 4, 4),
    )
    assert [(b.share, b.few) for b in picture.blocks] == [(70, False), (86, False), (100, True)]
    assert [b.due for b in picture.blocks] == [work_of(month, b.block).due for b in picture.blocks]
    assert picture.together == Punctual("", 152, 188)


@pytest.mark.parametrize(
    ("day", "month"),
    [(WEDNESDAY, date(2026, 11, 1)), (date(2026, 12, 1), date(2026, 11, 1))],
)
def test_the_month_is_yesterdays(day: date, month: date) -> None:
    seen = Morning(day=day, every=BLOCKS, flow={}, month={}, ages={})
    assert of_blocks(seen, BLOCKS).month == month


def test_open_cases_by_age() -> None:
    seen = morning(
        ages={("HCS", 0): (5, 0), ("HCS", 3): (2, 2), ("ROD", 0): (1, 1), ("EDU", 2): (9, 9)}
    )
    picture = of_blocks(seen, ("HCS", "ROD"))
    assert picture.ages == (Aged(6, 1), Aged(), Aged(), Aged(2, 2))
    assert picture.open == Aged(8, 3)


@pytest.mark.parametrize(
    ("figures", "blank"),
    [
        ({}, True),
        ({"flow": {(WEDNESDAY - timedelta(3), "HCS", "answered"): 1}}, False),
        ({"month": {("HCS", "late_fix"): 1}}, False),
        ({"ages": {("HCS", 0): (1, 0)}}, False),
        ({"ages": {("ROD", 0): (1, 0)}}, True),
    ],
)
def test_without_a_figure_there_is_nothing_to_show(figures: dict[str, Any], blank: bool) -> None:
    assert of_blocks(morning(**figures), ("HCS",)).blank is blank


@pytest.mark.parametrize("blocks", [("HCS",), BLOCKS])
def test_a_notice_keeps_the_picture_whole(blocks: tuple[str, ...]) -> None:
    picture = of_blocks(
        morning(
            flow={(WEDNESDAY - timedelta(1), "HCS", "received"): 3},
            month={("HCS", "in_time"): 7, ("ROD", "in_time"): 1},
            ages={("HCS", 1): (4, 1)},
        ),
        blocks,
    )
    kept: Picture = from_ref(json.loads(json.dumps(as_ref(picture))))
    assert kept == picture
    assert kept.whole is (blocks == BLOCKS)
    assert len(json.dumps(as_ref(picture))) < 400
