"""Two people on one appeal at the same moment, in transactions that really run at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from services import audit, conversation, feedback, quality, reminders, work
from services.desk import Desk
from services.errors import Denied, DomainError, OutOfDate
from services.model import AnswerId, Appeal, AppealId, Outcome, State
from storage.store import Store
from tests.support.databases import Sqlite, opened
from tests.support.desks import Office, office

Act = Callable[[Desk], Awaitable[Any]]


@pytest.fixture
async def at(postgres_store: Store) -> Office:
    """An office on PostgreSQL."""
    return await office(postgres_store)


async def _race(at: Office, number: AppealId, *acts: Act) -> list[Any]:
    """Every act in a transaction of its own, none begun before all have seen the appeal."""
    ready = asyncio.Barrier(len(acts))

    async def one(act: Act) -> Any:
        async with at.at_work() as desk:
            await desk.uow.need(Appeal, number)
            await ready.wait()
            return await act(desk)

    return await asyncio.gather(*(one(act) for act in acts), return_exceptions=True)


def _take(at: Office, who: str, number: AppealId) -> Act:
    return lambda desk: work.take(desk, actor=at.people[who].actor, appeal_id=number)


def _one_won(at: Office, results: list[Any], names: tuple[str, ...]) -> str:
    """The winner's name; everybody else was told who it is."""
    wins = [(n, r) for n, r in zip(names, results, strict=True) if isinstance(r, Appeal)]
    assert len(wins) == 1, results
    winner, appeal = wins[0]
    assert appeal.holder_id == at.people[winner].person.id
    for loser in (r for r in results if not isinstance(r, Appeal)):
        assert isinstance(loser, DomainError)
        assert (loser.code, loser.values["name"]) == ("taken_by", winner)
    return winner


async def test_of_two_who_take_at_once_one_wins(at: Office) -> None:
    names = ("Иван", "Анна")
    for _ in range(5):
        number = await at.report()
        results = await _race(at, number, *(_take(at, n, number) for n in names))
        winner = _one_won(at, results, names)
        now = await at.picture(number)
        assert now.appeal.holder_id == at.people[winner].person.id
        assert [e.action for e in now.events] == ["register", "route", "take"]
        assert audit.first_break(now.events) is None


async def test_of_three_who_take_at_once_one_wins(at: Office) -> None:
    names = ("Иван", "Анна", "Павел")
    number = await at.report()
    _one_won(at, await _race(at, number, *(_take(at, n, number) for n in names)), names)


async def _sent_and_refused(desk: Desk, act: Act) -> None:
    async with desk.uow.savepoint():
        await desk.uow.flush()
        await act(desk)


async def test_a_refusal_before_does_not_let_an_old_picture_win(at: Office) -> None:
    """A batch goes on after a refusal. Where the database had a savepoint to go back to, the row
    that was locked since is free again, and may be somebody else's by now.
    """
    number = await at.report()
    async with at.at_work() as desk:
        with pytest.raises(Denied):
            await _sent_and_refused(desk, _take(at, "Руслан", number))
        await at.take("Анна", number)
        with pytest.raises(DomainError, match="taken_by"):
            await _take(at, "Иван", number)(desk)


async def test_a_refusal_that_wrote_nothing_keeps_the_row_until_the_batch_ends(at: Office) -> None:
    number = await at.report()
    async with at.at_work() as desk:
        with pytest.raises(Denied):
            await _take(at, "Руслан", number)(desk)
        anna = asyncio.ensure_future(at.take("Анна", number))
        await _take(at, "Иван", number)(desk)
    with pytest.raises(DomainError, match="taken_by"):
        await anna


@pytest.mark.parametrize("round_", range(3))
async def test_processes_on_one_sqlite_file_have_one_winner(
    sqlite_files: Sqlite, round_: int
) -> None:
    address = await sqlite_files.fresh()
    async with opened(address) as one, opened(address) as two:
        at = await office(one)
        beside = Office(two)
        beside.people = at.people
        number = await at.report()
        results = await asyncio.gather(
            at.take("Иван", number), beside.take("Анна", number), return_exceptions=True
        )
        _one_won(at, results, ("Иван", "Анна"))


async def test_one_answer_is_checked_once(at: Office) -> None:
    number, answer = await _in_review(at)
    acts = [
        lambda d: quality.let_pass(d, actor=at.people["Ольга"].actor, answer_id=answer),
        lambda d: quality.send_back(
            d, actor=at.people["Павел"].actor, answer_id=answer, remark="поправьте"
        ),
    ]
    results = await _race(at, number, *acts)
    assert sum(isinstance(r, Appeal) for r in results) == 1
    assert sum(isinstance(r, OutOfDate) and r.code == "already_checked" for r in results) == 1
    assert audit.first_break((await at.picture(number)).events) is None


async def test_a_press_of_the_staff_and_words_of_the_citizen_meet(at: Office) -> None:
    number = await at.report()
    message = at.message("Мария", "Уже и в подвале вода")
    maria = at.people["Мария"]

    async def add(desk: Desk) -> None:
        await conversation.add_more(desk, maria, number, chat="100")
        await conversation.receive(desk, maria, message)

    results = await _race(at, number, _take(at, "Иван", number), add)
    assert not [r for r in results if isinstance(r, BaseException)]
    now = await at.picture(number)
    assert audit.first_break(now.events) is None
    assert sorted(e.action for e in now.events) == ["add", "register", "route", "take"]
    assert now.appeal.state is State.IN_PROGRESS


async def test_a_verdict_and_the_end_of_the_silence_meet(at: Office) -> None:
    number = await at.report()
    answer = await at.answered(number)
    at.move(days=8)
    maria = at.people["Мария"]
    results = await _race(
        at,
        number,
        lambda d: feedback.verdict(d, maria, answer_id=answer, outcome="y", chat="100"),
        lambda d: feedback.close_silent(d, days=7),
    )
    failed = [r for r in results if isinstance(r, BaseException)]
    assert all(isinstance(r, OutOfDate) for r in failed), failed
    now = await at.picture(number)
    assert audit.first_break(now.events) is None
    said = now.rating is not None
    assert (now.appeal.outcome is Outcome.NO_FEEDBACK) is not said


async def test_a_reminder_and_the_answer_meet(at: Office) -> None:
    """What a clock says may not undo that it was stopped meanwhile."""
    number, answer = await _in_review(at)
    at.move(days=9)
    async with at.at_work() as desk:
        await reminders.speak(desk)
        passing = asyncio.create_task(at.let_pass("Ольга", answer))
        await asyncio.wait({passing}, timeout=0.3)
    await passing
    now = await at.picture(number)
    assert now.appeal.state is State.ANSWERED
    assert [c.kind for c in now.clocks if c.stopped_at is None] == []


async def _in_review(at: Office) -> tuple[AppealId, AnswerId]:
    number = await at.report()
    await at.take("Иван", number)
    answer = await at.draft("Иван", number)
    assert answer is not None
    await at.submit("Иван", answer)
    return number, answer
