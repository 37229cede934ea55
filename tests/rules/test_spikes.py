"""What is more than chance: Poisson, five in a week, half as many again (domain.md §3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.spikes import CHANCE, GROWN, SEEN, chance, is_spike


@pytest.mark.parametrize(
    ("n", "usual", "expected"),
    [
        (0, 3.0, 1.0),
        (1, 1.0, 0.6321),
        (5, 1.0, 0.00366),
        (5, 2.0, 0.05265),
        (10, 4.0, 0.00813),
        (9, 4.0, 0.02136),
        (70, 40.0, 0.00001109),
    ],
)
def test_the_tail_of_poisson(n: int, usual: float, expected: float) -> None:
    assert chance(n, usual) == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize(
    ("n", "usual", "spike"),
    [
        (4, 0.0, False),  # too few, however rare
        (5, 0.0, True),
        (5, 1.0, True),
        (5, 2.0, False),  # one week in twenty
        (10, 4.0, True),
        (9, 4.0, False),
        (140, 100.0, False),  # improbable, but not half as many again
        (150, 100.0, True),
    ],
)
def test_a_spike(n: int, usual: float, spike: bool) -> None:
    assert is_spike(n, usual) is spike


@given(st.integers(0, 300), st.floats(0, 200))
def test_more_is_never_less_of_a_spike(n: int, usual: float) -> None:
    assert 0 <= chance(n, usual) <= 1
    assert chance(n + 1, usual) <= chance(n, usual) + 1e-9
    if is_spike(n, usual):
        assert is_spike(n + 1, usual)
        assert n >= SEEN
        assert n >= GROWN * usual
        assert chance(n, usual) < CHANCE
