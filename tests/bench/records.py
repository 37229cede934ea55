"""What stands in the tables about a life: the appeal, what was said, its events, clocks, answer."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from services.model import Outcome, Role, State
from tests.bench.screens import ZERO

if TYPE_CHECKING:
    from tests.bench.lives import Life

HOUR = timedelta(hours=1)
Row = dict[str, Any]
Move = tuple[str, State | None, State, datetime, Role]
"""Its action, where from and to, when, and by whom."""
_ANSWER = "Сегодня слесарь заменил прокладку и осушил подвал, завтра проверит ещё раз. Иван, ЖКХ."


def write_down(life: Life, moves: list[Move], answer: int | None) -> None:
    """Add the rows of a life that has come so far; `answer`: the key of its answer, if any."""
    _appeal(life, answer, len(moves))
    _said(life)
    _events(life, moves)
    _clocks(life)
    if answer is not None:
        _answer(life, answer)


def _appeal(life: Life, answer: int | None, events: int) -> None:
    closed = life.state is State.CLOSED
    life.lives.put(
        "appeals",
        person_id=life.person,
        channel="telegram",
        chat_id=life.chat,
        regime="bot",
        state=life.state,
        urgency="normal",
        topic=life.topic,
        block=life.block,
        essence=life.essence,
        text=life.text,
        place=life.place,
        territory="town",
        latitude=None,
        longitude=None,
        confidence=0.82,
        reason=["слабый", "напор", "вода"],
        candidates=[{"topic": life.topic, "block": life.block, "score": 3.9, "words": ["вода"]}],
        policy="A04",
        policy_version=1,
        received_at=life.at,
        registered_at=life.at + timedelta(seconds=5),
        holder_id=life.lives.staff.executor if life.held and not closed else None,
        taken_at=life.took if life.held else None,
        came_from=State.IN_PROGRESS if life.state is State.WAITING_CITIZEN else None,
        reopened=0,
        returns=0,
        check_returns=0,
        parent_id=None,
        outcome=Outcome.SOLVED if closed else None,
        answer_id=answer,
        answered_at=life.answered if life.passed else None,
        closed_at=life.closed if closed else None,
        attachments=0,
        event_seq=events,
        chain_head=ZERO,
        wordless=None,
        beside_id=None,
        edited_at=None,
        source="bot",
        urgency_reason=None,
        rated_from=None,
        problem_id=None,
        place_key=life.place_key,
        quiet=False,
    )


def _said(life: Life) -> None:
    _utterance(life, life.person, "in", life.text, life.chat, "opening")
    if life.has_answer:
        _utterance(life, life.lives.staff.executor, "note", _ANSWER, life.card, None)


def _utterance(
    life: Life, author: int, direction: str, text: str, chat: str, said: str | None
) -> None:
    life.lives.put(
        "utterances",
        appeal_id=life.appeal,
        author_id=author,
        direction=direction,
        text=text,
        masked=text,
        at=life.at,
        channel="telegram",
        chat_id=chat,
        external_id=str(life.lives.key("utterances")),
        group_key=None,
        said_as=said,
    )


def _events(life: Life, moves: list[Move]) -> None:
    staff = life.lives.staff
    actors = {Role.CIT: life.person, Role.EXE: staff.executor, Role.QC: staff.checker}
    for seq, (action, source, target, at, role) in enumerate(moves, 1):
        event = life.lives.put(
            "events",
            appeal_id=life.appeal,
            seq=seq,
            action=action,
            actor_id=actors.get(role),
            role=role,
            source=source,
            target=target,
            code=life.block if action == "route" else None,
            at=at,
            channel="telegram",
            policy="A04",
            policy_version=1,
            text_hash=ZERO if action == "submit" else None,
            previous=ZERO,
            hash=ZERO,
        )
        if action == "submit":
            life.lives.rows["event_texts"].append({"id": event, "text": _ANSWER, "salt": "00"})


def _clocks(life: Life) -> None:
    _clock(life, "reaction", 9, life.took if life.held else None)
    _clock(life, "answer", 11 * 24, life.answered if life.has_answer else None)


def _clock(life: Life, kind: str, hours: int, stopped: datetime | None) -> None:
    due = life.at + hours * HOUR
    met = stopped is not None
    running = "paused" if life.state is State.WAITING_CITIZEN else "running"
    says = None if met or running == "paused" else due
    micros = int(due.timestamp()) * 1_000_000
    life.lives.put(
        "clocks",
        appeal_id=life.appeal,
        kind=kind,
        state="met" if met else running,
        span="9 WH" if kind == "reaction" else "8 WD",
        started_at=life.at,
        due_at=due,
        paused_at=None if met or running != "paused" else life.took,
        stopped_at=stopped,
        halved=False,
        policy="A04",
        policy_version=1,
        steps=[] if says is None else [["holder", micros]],
        next_at=says,
    )


def _answer(life: Life, answer: int) -> None:
    staff = life.lives.staff
    life.lives.put(
        "answers",
        appeal_id=life.appeal,
        author_id=staff.executor,
        text=_ANSWER,
        outcome=Outcome.SOLVED,
        state="passed" if life.passed else "review",
        created_at=life.answered,
        submitted_at=life.answered,
        checker_id=staff.checker if life.passed else None,
        checked_at=life.answered if life.passed else None,
        remark=None,
        photos=0,
        ground=None,
        advice=None,
        checklist=0,
        faults="",
        until=None,
    )
    if life.state is State.CLOSED and life.lives.random.random() < 0.6:
        life.lives.put(
            "ratings",
            appeal_id=life.appeal,
            answer_id=answer,
            person_id=life.person,
            verdict="y",
            mark=life.lives.random.randint(2, 5),
            reason=None,
            comment=None,
            at=life.closed,
            marked_at=life.closed,
        )
