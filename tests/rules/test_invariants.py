"""Invariants 1, 2, 4 and 8 of domain.md: whoever presses whatever, in whatever order."""

from __future__ import annotations

from collections.abc import Awaitable
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services import audit, feedback, quality, return_rules, work
from services.access import HUB, Deed, authorise
from services.errors import Denied, DomainError, OutOfDate
from services.lifecycle import HELD, TABLE, Action
from services.model import AnswerState, Event, Outcome, Role, State
from services.policies import ClockKind, Urgency
from services.triage import OURS
from storage.store import Store
from tests.support.desks import Office, Picture, office
from tests.support.shifts import DEEDS, PEOPLE, Shift

quick = settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
presses = st.lists(
    st.tuples(st.sampled_from(DEEDS), st.sampled_from(PEOPLE), st.integers(0, 3)),
    min_size=4,
    max_size=40,
)
MACHINE_MAY = {
    # Whose role is over holds nothing: that the case is free is a fact, not a judgement.
    Action.GIVE_UP,
    Action.MERGE,
    Action.SPLIT,
    Action.ANSWER_FOLLOWS,
    Action.RESUME,
    Action.ROUTE,
    Action.REASSIGN,
    Action.DISPUTE,
    Action.SILENCE,
}


@pytest.fixture
async def at(store: Store) -> Office:
    """An office on either database."""
    return await office(store)


@pytest.fixture
async def at_sqlite(sqlite_store: Store) -> Office:
    """An office on SQLite."""
    return await office(sqlite_store)


@quick
@given(returned=st.integers(0, 2), script=presses)
async def test_any_shift_keeps_the_invariants(
    at_sqlite: Office, returned: int, script: list[tuple[str, str, int]]
) -> None:
    shift = Shift(at_sqlite, await at_sqlite.report())
    for _ in range(returned):
        await _verdict(at_sqlite, await at_sqlite.answered(shift.number), "n")
    before = await at_sqlite.picture(shift.number)
    for deed, who, pick in script:
        refused = await shift.do(deed, who, pick)
        after = await at_sqlite.picture(shift.number)
        if refused:
            assert after == before
        _every_change_is_an_event(after)
        _only_the_holder_answers(before, after)
        _nobody_checks_himself(after)
        _no_machine_judges(after)
        _held_means_a_holder(after)
        _returned_once_by_each_and_never_three_times(after)
        _postponed_with_a_promise_that_was_checked(after)
        if deed == "topic":
            _no_date_is_later(before, after)
        before = after


def _every_change_is_an_event(now: Picture) -> None:
    events = now.events
    assert audit.first_break(events) is None
    assert (now.appeal.chain_head, now.appeal.event_seq) == (events[-1].hash, len(events))
    assert (events[0].action, events[0].source, events[0].target) == ("register", None, State.NEW)
    for previous, event in pairwise(events):
        assert event.source is previous.target
        assert event.at >= previous.at
        if event.action in set(Action):
            assert TABLE[event.source, Action(event.action)] in (event.target, None)
        else:
            assert event.source is event.target
    assert events[-1].target is now.appeal.state


def _no_date_is_later(before: Picture, after: Picture) -> None:
    assert list(Urgency).index(after.appeal.urgency) <= list(Urgency).index(before.appeal.urgency)
    for kinds in ((ClockKind.REACTION,), (ClockKind.ANSWER, ClockKind.FIX)):
        was, now = (
            [c.due_at for c in p.clocks if c.kind in kinds and c.stopped_at is None]
            for p in (before, after)
        )
        assert len(now) == len(was)
        assert now <= was


def _only_the_holder_answers(before: Picture, after: Picture) -> None:
    for event in after.events[len(before.events) :]:
        if event.action == Action.ASK and event.source in OURS:
            assert event.role in (Role.DUT, Role.MHD)
        elif event.action in (Action.SUBMIT, Action.ASK):
            assert event.actor_id == before.appeal.holder_id, f"{event.action} by no holder"


def _nobody_checks_himself(now: Picture) -> None:
    for answer in now.answers:
        assert answer.checker_id != answer.author_id
    submitted = None
    for event in now.events:
        if event.action == Action.SUBMIT:
            submitted = event.actor_id
        elif event.action in (Action.PASS, Action.PASS_INTERIM, Action.SEND_BACK):
            assert event.actor_id != submitted


def _returned_once_by_each_and_never_three_times(now: Picture) -> None:
    found = return_rules.returns(now.events)
    assert len(found) == now.appeal.returns <= return_rules.FINAL_AT
    assert len({r.block for r in found}) == len(found)


def _postponed_with_a_promise_that_was_checked(now: Picture) -> None:
    given = [a for a in now.answers if a.until is not None and a.state is AnswerState.PASSED]
    assert len(given) <= 2
    live = [c for c in now.clocks if c.kind is ClockKind.PROMISE and c.stopped_at is None]
    assert len(live) <= 1
    if now.appeal.state is State.POSTPONED:
        assert [c.due_at for c in live] == [given[-1].until]
        assert now.appeal.answered_at is None


def _no_machine_judges(now: Picture) -> None:
    for event in now.events:
        if event.role is Role.HUB or event.actor_id is None:
            assert event.action in MACHINE_MAY
    for answer in now.answers:
        if answer.state in (AnswerState.PASSED, AnswerState.RETURNED):
            assert answer.checker_id is not None
    if now.appeal.state is State.CLOSED:
        last = _last_move(now.events)
        if last.action == Action.SILENCE:
            assert now.appeal.outcome is Outcome.NO_FEEDBACK
        else:
            assert last.action in (Action.RATE, Action.DECIDE_KEEP, Action.CLOSE_REJECTED)
            assert last.actor_id is not None


def _last_move(events: tuple[Event, ...]) -> Event:
    return [e for e in events if e.action in set(Action)][-1]


def _held_means_a_holder(now: Picture) -> None:
    if now.appeal.state is State.WAITING_CITIZEN and now.appeal.came_from in OURS:
        assert now.appeal.holder_id is None
    elif now.appeal.state in HELD:
        assert now.appeal.holder_id is not None
    elif now.appeal.state is not State.ANSWERED:
        assert now.appeal.holder_id is None


@pytest.mark.parametrize(
    "deed", sorted({*Action, *Deed} - MACHINE_MAY - {Action.REGISTER, Deed.PUT_UP})
)
def test_the_hub_has_no_right_to_judge(deed: Action | Deed) -> None:
    with pytest.raises(Denied):
        authorise(HUB, deed, block="HCS")


async def test_the_hub_can_neither_pass_nor_send_back(at: Office) -> None:
    number, answer = await _in_review(at)
    before = await at.picture(number)
    for deed in (quality.let_pass, quality.send_back):
        words = {} if deed is quality.let_pass else {"remark": "поправьте"}
        with pytest.raises(Denied):
            await _press(at, deed, actor=HUB, answer_id=answer, **words)
    assert await at.picture(number) == before


async def test_silence_closes_without_a_verdict(at: Office) -> None:
    number = await at.report()
    await at.answered(number)
    at.move(days=7, seconds=-1)
    assert await _silence(at) == 0
    at.move(seconds=2)
    assert await _silence(at) == 1
    now = await at.picture(number)
    assert (now.appeal.state, now.appeal.outcome) == (State.CLOSED, Outcome.NO_FEEDBACK)
    assert now.rating is None


async def test_silence_never_answers_nor_passes(at: Office) -> None:
    taken, (review, _) = await at.report(citizen="Пётр"), await _in_review(at)
    before = [await at.picture(taken), await at.picture(review)]
    at.move(days=400)
    assert await _silence(at) == 0
    assert [await at.picture(taken), await at.picture(review)] == before


async def test_a_checker_does_not_check_what_he_wrote(at: Office) -> None:
    number, answer = await _in_review(at, "Павел")
    before = await at.picture(number)
    for deed in (quality.let_pass, quality.send_back):
        words = {} if deed is quality.let_pass else {"remark": "поправьте"}
        with pytest.raises(DomainError, match="own_answer"):
            await _press(at, deed, actor=at.people["Павел"].actor, answer_id=answer, **words)
    assert await at.picture(number) == before


async def test_a_stale_press_changes_nothing(at: Office) -> None:
    number, answer = await _in_review(at)
    await at.let_pass("Ольга", answer)
    before = await at.picture(number)
    for stale in (
        at.take("Анна", number),
        at.submit("Иван", answer),
        at.let_pass("Павел", answer),
        at.draft("Иван", number),
        _press(at, quality.send_back, actor=at.people["Ольга"].actor, answer_id=answer, remark="х"),
    ):
        with pytest.raises(OutOfDate):
            await stale
    assert await at.picture(number) == before
    await _verdict(at, answer, "n")
    before = await at.picture(number)
    with pytest.raises(DomainError, match="already_rated"):
        await _verdict(at, answer, "y")
    with pytest.raises(OutOfDate):
        await at.let_pass("Ольга", answer)
    assert await at.picture(number) == before


async def test_an_old_draft_is_not_sent_over_the_head_of_a_new_holder(at: Office) -> None:
    number = await at.report()
    await at.take("Иван", number)
    old = await at.draft("Иван", number)
    answer = await at.draft("Иван", number)
    assert old is not None
    assert answer is not None
    await at.submit("Иван", answer)
    await at.let_pass("Ольга", answer)
    await _verdict(at, answer, "n")
    await at.take("Анна", number)
    before = await at.picture(number)
    for deed in (work.submit, work.keep_as_note):
        with pytest.raises(DomainError):
            await _press(at, deed, actor=at.people["Иван"].actor, answer_id=old)
    assert await at.picture(number) == before


async def _in_review(at: Office, by: str = "Иван") -> tuple[Any, Any]:
    number = await at.report()
    await at.take(by, number)
    answer = await at.draft(by, number)
    assert answer is not None
    await at.submit(by, answer)
    return number, answer


async def _press(at: Office, deed: Any, *args: Any, **more: Any) -> Any:
    async with at.at_work() as desk:
        return await deed(desk, *args, **more)


def _verdict(at: Office, answer: Any, outcome: str) -> Awaitable[Any]:
    return _press(
        at, feedback.verdict, at.people["Мария"], answer_id=answer, outcome=outcome, chat="100"
    )


async def _silence(at: Office) -> int:
    async with at.at_work() as desk:
        return await feedback.close_silent(desk, days=7)
