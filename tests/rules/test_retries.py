"""Tries of what the network or the messenger's servers did not take (bot/delivery/retries)."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.retries import LONGEST_PAUSE, Retries


def test_pauses_grow_up_to_a_minute() -> None:
    retries = Retries()
    pauses = [retries.failed(1, "telegram", float(n)).pause for n in range(12)]
    assert 0.35 <= pauses[0] <= 0.65
    assert all(0.7 * LONGEST_PAUSE <= pause <= 1.3 * LONGEST_PAUSE for pause in pauses[7:])


def test_what_arrived_begins_anew() -> None:
    retries = Retries()
    for moment in range(8):
        retries.failed(1, "telegram", moment)
    retries.ended(1)
    again = retries.failed(1, "telegram", 9)
    assert again.counts
    assert again.pause < 1


@given(st.lists(st.sampled_from(("fails", "arrives", "arrives elsewhere")), max_size=30))
def test_a_try_counts_once_or_when_others_got_through_since_the_last(steps: list[str]) -> None:
    """An outage of any length counts one try, whatever other messengers do meanwhile."""
    retries = Retries()
    expected = True
    for moment, step in enumerate(steps):
        if step == "fails":
            assert retries.failed(7, "telegram", moment).counts is expected
            expected = False
        else:
            retries.got_through("telegram" if step == "arrives" else "vk", moment)
            expected = expected or step == "arrives"
