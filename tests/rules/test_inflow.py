"""What pours in is stored first: a flood is known by many at once, and ends by itself."""

from __future__ import annotations

from bot.receive.inflow import LASTS, TOGETHER, Inflow


def test_one_by_one_is_no_flood_however_many_come() -> None:
    inflow = Inflow()
    for tick in range(1000):
        inflow.note(tick / 500, TOGETHER - 1)
        assert not inflow.pours(tick / 500)


def test_many_at_once_are_a_flood_for_as_long_as_the_next_may_take() -> None:
    inflow = Inflow()
    inflow.note(5.0, TOGETHER)
    assert inflow.pours(5.0 + LASTS * 0.9)
    inflow.note(5.1, 1)
    assert inflow.pours(5.0 + LASTS * 0.9)
    assert not inflow.pours(5.0 + LASTS)
    inflow.note(6.0, 100)
    assert inflow.pours(6.0)
