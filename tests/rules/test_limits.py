"""Pacing: never over a limit in any window, nobody starves, nothing hangs, memory is bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.delivery.limits import Limits, Pacer, Taken

ROUNDING = 1e-6

limits = st.builds(
    Limits,
    total_per_second=st.sampled_from([1, 3, 5, 30]),
    private_per_second=st.sampled_from([1, 2, 3]),
    group_per_minute=st.sampled_from([1, 4, 20]),
)
chats = st.sampled_from([("bot", n) for n in range(1, 5)] + [("bot", -n) for n in range(1, 4)])
orders = st.lists(
    st.tuples(chats, st.floats(0, 2, allow_nan=False), st.integers(1, 3)), min_size=1, max_size=80
)
Sent = tuple[tuple[str, int], float, int]


def run(pacer: Pacer, wanted: list[Sent], start: float = 0.0) -> list[Sent]:
    """Send each as soon as allowed, in order, letting a pause pass before asking."""
    now, sent = start, []
    for chat, pause, cost in wanted:
        now += pause
        now = pacer.ready_at(chat, is_group=chat[1] < 0, now=now, cost=cost)
        pacer.take(chat, is_group=chat[1] < 0, now=now, cost=cost)
        sent.append((chat, now, cost))
    return sent


def most_in_a_window(sent: list[tuple[float, int]], length: float) -> int:
    return max(
        (sum(cost for at, cost in sent if start <= at < start + length - ROUNDING))
        for start, _cost in sent
    )


@given(limits, orders)
def test_no_window_holds_more_than_its_limit(limits: Limits, wanted: list[Sent]) -> None:
    fitting = [
        (
            chat,
            pause,
            min(
                cost,
                limits.total_per_second,
                limits.private_per_second if chat[1] > 0 else limits.group_per_minute,
            ),
        )
        for chat, pause, cost in wanted
    ]
    sent = run(Pacer(limits), fitting)
    assert most_in_a_window([(at, cost) for _chat, at, cost in sent], 1) <= limits.total_per_second
    for chat in {chat for chat, _at, _cost in sent}:
        own = [(at, cost) for other, at, cost in sent if other == chat]
        if chat[1] > 0:
            assert most_in_a_window(own, 1) <= limits.private_per_second
        else:
            assert most_in_a_window(own, 60) <= limits.group_per_minute


@given(limits, orders)
def test_nobody_waits_longer_than_what_was_sent_explains(
    limits: Limits, wanted: list[Sent]
) -> None:
    now, pacer = 0.0, Pacer(limits)
    for chat, pause, cost in wanted:
        now += pause
        ready = pacer.ready_at(chat, is_group=chat[1] < 0, now=now, cost=cost)
        # Three at once under a limit of one reserve three windows; nothing reserves more.
        assert now <= ready <= now + (3 * 60 if chat[1] < 0 else 3) + 3 + ROUNDING
        # Asking changes nothing, and the answer keeps its word.
        assert pacer.ready_at(chat, is_group=chat[1] < 0, now=ready, cost=cost) <= ready + ROUNDING
        now = ready
        pacer.take(chat, is_group=chat[1] < 0, now=now, cost=cost)


@given(st.integers(1, 200), st.integers(1, 5))
def test_a_cost_above_the_limit_waits_its_turn_and_keeps_the_mean_rate(cost: int, n: int) -> None:
    pacer = Pacer(Limits(total_per_second=5, private_per_second=1, group_per_minute=20))
    sent = run(pacer, [(("bot", 1), 0.0, cost)] * n)
    assert sent[0][1] == 0
    assert sent[-1][1] == pytest.approx((n - 1) * cost)


def test_a_slow_group_holds_nobody_else() -> None:
    pacer = Pacer(Limits())
    for _ in range(20):
        pacer.take("group", is_group=True, now=100.0)
    assert pacer.ready_at("group", is_group=True, now=101.5) == 160.0
    assert pacer.ready_at("citizen", is_group=False, now=101.5) == 101.5


def test_retry_after_is_authoritative_for_its_chat() -> None:
    pacer = Pacer(Limits())
    pacer.penalise("a", 50.0)
    pacer.penalise("a", 40.0)
    assert pacer.ready_at("a", is_group=False, now=10.0) == 50.0
    assert pacer.ready_at("a", is_group=False, now=60.0) == 60.0
    assert pacer.ready_at("b", is_group=False, now=10.0) == 10.0


def test_a_penalty_outlives_the_sweeping_of_quiet_chats() -> None:
    pacer = Pacer(Limits())
    pacer.penalise("a", 500.0)
    for second in range(0, 400, 10):
        pacer.take("b", is_group=False, now=float(second))
    assert pacer.ready_at("a", is_group=False, now=400.0) == 500.0


def test_zero_switches_a_limit_off() -> None:
    pacer = Pacer(Limits(total_per_second=0, private_per_second=0, group_per_minute=0))
    for _ in range(1000):
        pacer.take("a", is_group=False, now=1.0, cost=10)
        pacer.take("g", is_group=True, now=1.0)
    assert pacer.ready_at("a", is_group=False, now=1.0) == 1.0
    assert pacer.ready_at("g", is_group=True, now=1.0) == 1.0


def test_taking_over_remembers_what_the_other_replica_sent() -> None:
    pacer = Pacer(Limits())
    pacer.refill([("g", True, float(at)) for at in reversed(range(40, 60))])
    assert pacer.ready_at("g", is_group=True, now=60.0) == 100.0
    pacer.refill([("a", False, 60.5)])
    assert pacer.ready_at("a", is_group=False, now=61.0) == 61.5


def test_memory_is_bounded_by_what_is_recent() -> None:
    pacer = Pacer(Limits())
    for n in range(20_000):
        pacer.take(n, is_group=n % 2 == 0, now=n / 30)
        assert len(pacer) <= 30 * 60 * 2 + 60
    pacer.take("last", is_group=False, now=10_000.0)
    assert len(pacer) == 1


@given(st.lists(st.tuples(st.floats(0, 0.5), st.floats(0, 1)), min_size=1, max_size=80))
def test_a_slow_network_makes_no_burst(asked: list[tuple[float, float]]) -> None:
    """Wherever between call and answer the messenger counts a send, no window holds too many."""
    pacer, now = Pacer(Limits(total_per_second=5, private_per_second=0)), 0.0
    flying: list[tuple[float, Taken]] = []
    counted: list[float] = []
    for flight, where in asked:
        now = pacer.ready_at("a", is_group=False, now=now)
        for landed, taken in sorted(flying, key=lambda one: one[0]):
            if landed <= now:
                pacer.answered(taken, landed)
        flying = [one for one in flying if one[0] > now]
        again = pacer.ready_at("a", is_group=False, now=now)
        while again > now:
            now = again
            for landed, taken in flying:
                if landed <= now:
                    pacer.answered(taken, landed)
            flying = [one for one in flying if one[0] > now]
            again = pacer.ready_at("a", is_group=False, now=now)
        flying.append((now + flight, pacer.take("a", is_group=False, now=now)))
        counted.append(now + flight * where)
    assert most_in_a_window([(at, 1) for at in sorted(counted)], 1) <= 5
