"""The one table of transitions: whatever is pressed, in whatever order, it holds."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.errors import OutOfDate
from services.lifecycle import HELD, OPEN, TABLE, Action, allowed, target
from services.model import State

quick = settings(max_examples=300, deadline=None, derandomize=True)
actions = st.lists(st.sampled_from(Action), max_size=40)


@quick
@given(start=st.sampled_from(State), pressed=actions)
def test_any_sequence_follows_the_table_or_is_out_of_date(
    start: State, pressed: list[Action]
) -> None:
    state, came_from = start, None
    for action in pressed:
        possible = (state, action) in TABLE
        leads_back = possible and TABLE[state, action] is None
        if not possible or (leads_back and came_from is None):
            with pytest.raises(OutOfDate) as refused:
                target(state, action, came_from=came_from)
            assert refused.value.code == "moved_on"
            assert refused.value.values == {"state": state, "action": action}
            continue
        after = target(state, action, came_from=came_from)
        assert after is (came_from if leads_back else TABLE[state, action])
        came_from = state if after is State.WAITING_CITIZEN else None
        state = after


@pytest.mark.parametrize("state", State)
def test_every_action_is_allowed_or_refused(state: State) -> None:
    for action in allowed(state):
        assert isinstance(target(state, action, came_from=State.IN_PROGRESS), State)
    for action in set(Action) - allowed(state):
        with pytest.raises(OutOfDate):
            target(state, action, came_from=State.IN_PROGRESS)


def _next(state: State) -> set[State]:
    return {target(state, a, came_from=State.IN_PROGRESS) for a in allowed(state)}


@pytest.mark.parametrize("state", sorted(set(State) - {State.CLOSED}))
def test_every_case_can_be_closed(state: State) -> None:
    reached, edge = {state}, {state}
    while edge:
        edge = {after for before in edge for after in _next(before)} - reached
        reached |= edge
    assert State.CLOSED in reached


def test_every_state_can_be_reached() -> None:
    reached, edge = {State.NEW}, {State.NEW}
    while edge:
        edge = {after for before in edge for after in _next(before)} - reached
        reached |= edge
    assert reached == set(State)


def test_a_closed_case_only_comes_back_by_its_author() -> None:
    assert allowed(State.CLOSED) == {Action.REOPEN, Action.RESTORE}


def test_registering_is_no_move() -> None:
    assert Action.REGISTER not in {action for _, action in TABLE}
    assert set(Action) - {action for _, action in TABLE} == {Action.REGISTER}


def test_what_is_held_is_open() -> None:
    assert HELD < OPEN
    assert set(State) - OPEN == {State.CLOSED, State.REJECTED, State.MERGED}


@pytest.mark.parametrize("state", sorted(HELD))
def test_a_case_becomes_held_by_being_taken_given_or_from_another_held_state(state: State) -> None:
    into = {(s, a) for s, a in TABLE if target(s, a, came_from=State.IN_PROGRESS) is state}
    # The duty officer asks before anybody holds the case.
    into -= {(State.NEW, Action.ASK), (State.RETURNING, Action.ASK)}
    given = (Action.TAKE, Action.ASSIGN)
    assert all(source in HELD or action in given for source, action in into)


@pytest.mark.parametrize("state", sorted(OPEN))
def test_the_citizen_may_take_it_back_and_the_head_may_end_it(state: State) -> None:
    assert target(state, Action.WITHDRAW) is State.CLOSED
    assert target(state, Action.TERMINATE) is State.CLOSED


@pytest.mark.parametrize(
    ("source", "action", "after"),
    [
        ("new", "route", "assigned"),
        ("new", "merge", "merged"),
        ("new", "reject", "rejected"),
        ("new", "forward", "closed"),
        ("new", "duplicate", "closed"),
        ("assigned", "duplicate", "closed"),
        ("new", "ask", "waiting_citizen"),
        ("returning", "ask", "waiting_citizen"),
        ("returning", "reject", "rejected"),
        ("assigned", "unroute", "new"),
        ("assigned", "take", "in_progress"),
        ("assigned", "return", "returning"),
        ("assigned", "merge", "merged"),
        ("assigned", "forward", "closed"),
        ("returning", "route", "assigned"),
        ("returning", "decide_return", "assigned"),
        ("in_progress", "ask", "waiting_citizen"),
        ("in_progress", "postpone", "postponed"),
        ("in_progress", "submit", "review"),
        ("in_progress", "answer_unchecked", "answered"),
        ("in_progress", "return", "returning"),
        ("in_progress", "give_up", "assigned"),
        ("in_progress", "merge", "merged"),
        ("in_progress", "forward", "closed"),
        ("waiting_citizen", "reply", "in_progress"),
        ("waiting_citizen", "unask", "in_progress"),
        ("waiting_citizen", "submit", "review"),
        ("postponed", "resume", "in_progress"),
        ("review", "pass", "answered"),
        ("review", "pass_interim", "postponed"),
        ("review", "send_back", "in_progress"),
        ("review", "recall", "in_progress"),
        ("answered", "rate", "closed"),
        ("answered", "silence", "closed"),
        ("answered", "reopen", "reopened"),
        ("reopened", "reassign", "assigned"),
        ("reopened", "dispute", "disputed"),
        ("disputed", "decide_back", "assigned"),
        ("disputed", "decide_keep", "closed"),
        ("disputed", "decide_anew", "new"),
        ("merged", "split", "assigned"),
        ("rejected", "close_rejected", "closed"),
        ("closed", "reopen", "reopened"),
    ],
)
def test_the_moves_of_domain_md(source: str, action: str, after: str) -> None:
    found = target(State(source), Action(action), came_from=State.IN_PROGRESS)
    assert found is State(after)
