"""Rows of appeals' lives as the hub leaves them, drawn from a seed number.

A life is a citizen's report with everything that stands in the tables because of it. A private
chat is the person's number added to CHATS, so that copies of a life (tests/bench/multiply.py) can
move it; group chats begin with «-».
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from services.model import Outcome, Role, State
from tests.bench.screens import ZERO, put_up

CHATS = 2_000_000_000
TOPICS = (
    ("weak_water", "HCS", "слабый напор воды, кран еле течёт"),
    ("no_water", "HCS", "с утра нет воды во всём доме"),
    ("sewage", "HCS", "из люка течёт канализация"),
    ("roof", "HCS", "протекает крыша над подъездом"),
    ("garbage_pickup", "WST", "не вывозят мусор, контейнеры переполнены"),
    ("dump", "WST", "кто-то устроил свалку за гаражами"),
    ("pothole", "ROD", "яма на дороге, машины объезжают по встречной"),
    ("street_light", "IMP", "не горит фонарь у остановки"),
    ("bus_schedule", "TRN", "автобус не пришёл по расписанию"),
    ("playground", "IMP", "сломаны качели на детской площадке"),
)
STREETS = 300
OPEN_STATES = (
    (State.ASSIGNED, 5),
    (State.IN_PROGRESS, 6),
    (State.REVIEW, 1),
    (State.WAITING_CITIZEN, 1),
    (State.POSTPONED, 1),
    (State.ANSWERED, 4),
)
HOUR = timedelta(hours=1)
Row = dict[str, Any]


@dataclass(frozen=True)
class Staff:
    """Who works and where: taken from the database that is seeded."""

    executor: int
    checker: int
    chats: dict[str, str]
    """Block → its chat."""
    triage: str
    quality: str


@dataclass
class Lives:
    """Rows by table, with keys that begin where `first` says."""

    random: Random
    staff: Staff
    first: dict[str, int]
    rows: dict[str, list[Row]] = field(default_factory=lambda: defaultdict(list))

    def key(self, table: str) -> int:
        """The next key of a table."""
        return self.first[table] + len(self.rows[table])

    def put(self, table: str, **row: Any) -> int:
        """Add a row; returns its key."""
        found = self.key(table)
        self.rows[table].append({"id": found, **row})
        return found

    def citizen(self, at: datetime) -> int:
        """A person who has consented, with his account."""
        person = self.key("people")
        self.put(
            "people",
            first_name=f"Житель {person % 997}",
            locale="ru",
            consent_version=1,
            consent_at=at,
            created_at=at,
            forget_when_closed=False,
        )
        self.put(
            "accounts",
            channel="telegram",
            external_id=str(CHATS + person),
            person_id=person,
            started=True,
            unreachable_at=None,
        )
        return person

    def life(self, person: int, at: datetime, *, is_open: bool) -> None:
        """One appeal received at `at`, closed a few days later or somewhere on its way."""
        Life(self, person, at, is_open=is_open).write()


class Life:
    """One appeal on its way, with what was drawn for it."""

    def __init__(self, lives: Lives, person: int, at: datetime, *, is_open: bool) -> None:
        self.lives, self.person, self.at = lives, person, at
        random = lives.random
        self.chat = str(CHATS + person)
        self.appeal = lives.key("appeals")
        self.topic, self.block, words = random.choice(TOPICS)
        street = min(int(random.expovariate(1 / 60)), STREETS - 1)
        self.place = f"ул. {street}-я Садовая, {random.randint(1, 80)}"
        self.place_key = f"геленджик|{street}-я садовая"
        self.essence = words.split(",")[0]
        self.text = f"На {self.place} {words}. Пожалуйста, примите меры, это уже не первый раз."
        self.state = State.CLOSED
        if is_open:
            states, weights = zip(*OPEN_STATES, strict=True)
            self.state = random.choices(states, weights)[0]
        self.took = at + HOUR * random.uniform(0.1, 8)
        self.answered = self.took + HOUR * random.uniform(1, 70)
        self.closed = self.answered + HOUR * random.uniform(0.1, 40)
        self.held = self.state is not State.ASSIGNED
        self.has_answer = self.state in (State.REVIEW, State.ANSWERED, State.CLOSED)
        self.passed = self.state in (State.ANSWERED, State.CLOSED)
        self.card = lives.staff.chats.get(self.block, lives.staff.triage)

    def write(self) -> None:
        """Add all its rows."""
        answer = self.lives.key("answers") if self.has_answer else None
        moves = self._moves()
        self._appeal(answer, len(moves))
        self._said()
        self._events(moves)
        self._clocks()
        if answer is not None:
            self._answer(answer)
        put_up(self, answer is not None)

    def _moves(self) -> list[tuple[str, State | None, State, datetime, Role]]:
        steps = [
            ("register", None, State.NEW, self.at, Role.CIT),
            ("route", State.NEW, State.ASSIGNED, self.at, Role.HUB),
        ]
        if self.held:
            steps.append(("take", State.ASSIGNED, State.IN_PROGRESS, self.took, Role.EXE))
        if self.state is State.WAITING_CITIZEN:
            steps.append(("ask", State.IN_PROGRESS, self.state, self.took, Role.EXE))
        if self.state is State.POSTPONED:
            steps.append(("postpone", State.IN_PROGRESS, self.state, self.took, Role.EXE))
        if self.has_answer:
            steps.append(("submit", State.IN_PROGRESS, State.REVIEW, self.answered, Role.EXE))
        if self.passed:
            steps.append(("pass", State.REVIEW, State.ANSWERED, self.answered, Role.QC))
        if self.state is State.CLOSED:
            steps.append(("rate", State.ANSWERED, State.CLOSED, self.closed, Role.CIT))
        return steps

    def _appeal(self, answer: int | None, events: int) -> None:
        closed = self.state is State.CLOSED
        self.lives.put(
            "appeals",
            person_id=self.person,
            channel="telegram",
            chat_id=self.chat,
            regime="bot",
            state=self.state,
            urgency="normal",
            topic=self.topic,
            block=self.block,
            essence=self.essence,
            text=self.text,
            place=self.place,
            territory="town",
            latitude=None,
            longitude=None,
            confidence=0.82,
            reason=["слабый", "напор", "вода"],
            candidates=[
                {"topic": self.topic, "block": self.block, "score": 3.9, "words": ["вода"]}
            ],
            policy="A04",
            policy_version=1,
            received_at=self.at,
            registered_at=self.at + timedelta(seconds=5),
            holder_id=self.lives.staff.executor if self.held and not closed else None,
            taken_at=self.took if self.held else None,
            came_from=State.IN_PROGRESS if self.state is State.WAITING_CITIZEN else None,
            reopened=0,
            returns=0,
            check_returns=0,
            parent_id=None,
            outcome=Outcome.SOLVED if closed else None,
            answer_id=answer,
            answered_at=self.answered if self.passed else None,
            closed_at=self.closed if closed else None,
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
            place_key=self.place_key,
            quiet=False,
        )

    def _said(self) -> None:
        self._utterance(self.person, "in", self.text, self.chat, "opening")
        if self.has_answer:
            self._utterance(self.lives.staff.executor, "note", _ANSWER, self.card, None)

    def _utterance(
        self, author: int, direction: str, text: str, chat: str, said: str | None
    ) -> None:
        self.lives.put(
            "utterances",
            appeal_id=self.appeal,
            author_id=author,
            direction=direction,
            text=text,
            masked=text,
            at=self.at,
            channel="telegram",
            chat_id=chat,
            external_id=str(self.lives.key("utterances")),
            group_key=None,
            said_as=said,
        )

    def _events(self, moves: list[Any]) -> None:
        staff = self.lives.staff
        actors = {Role.CIT: self.person, Role.EXE: staff.executor, Role.QC: staff.checker}
        for seq, (action, source, target, at, role) in enumerate(moves, 1):
            event = self.lives.put(
                "events",
                appeal_id=self.appeal,
                seq=seq,
                action=action,
                actor_id=actors.get(role),
                role=role,
                source=source,
                target=target,
                code=self.block if action == "route" else None,
                at=at,
                channel="telegram",
                policy="A04",
                policy_version=1,
                text_hash=ZERO if action == "submit" else None,
                previous=ZERO,
                hash=ZERO,
            )
            if action == "submit":
                self.lives.rows["event_texts"].append({"id": event, "text": _ANSWER, "salt": "00"})

    def _clocks(self) -> None:
        self._clock("reaction", 9, self.took if self.held else None)
        self._clock("answer", 11 * 24, self.answered if self.has_answer else None)

    def _clock(self, kind: str, hours: int, stopped: datetime | None) -> None:
        due = self.at + hours * HOUR
        met = stopped is not None
        running = "paused" if self.state is State.WAITING_CITIZEN else "running"
        says = None if met or running == "paused" else due
        micros = int(due.timestamp()) * 1_000_000
        self.lives.put(
            "clocks",
            appeal_id=self.appeal,
            kind=kind,
            state="met" if met else running,
            span="9 WH" if kind == "reaction" else "8 WD",
            started_at=self.at,
            due_at=due,
            paused_at=None if met or running != "paused" else self.took,
            stopped_at=stopped,
            halved=False,
            policy="A04",
            policy_version=1,
            steps=[] if says is None else [["holder", micros]],
            next_at=says,
        )

    def _answer(self, answer: int) -> None:
        staff = self.lives.staff
        self.lives.put(
            "answers",
            appeal_id=self.appeal,
            author_id=staff.executor,
            text=_ANSWER,
            outcome=Outcome.SOLVED,
            state="passed" if self.passed else "review",
            created_at=self.answered,
            submitted_at=self.answered,
            checker_id=staff.checker if self.passed else None,
            checked_at=self.answered if self.passed else None,
            remark=None,
            photos=0,
            ground=None,
            advice=None,
            checklist=0,
            faults="",
            until=None,
        )
        if self.state is State.CLOSED and self.lives.random.random() < 0.6:
            self.lives.put(
                "ratings",
                appeal_id=self.appeal,
                answer_id=answer,
                person_id=self.person,
                verdict="y",
                mark=self.lives.random.randint(2, 5),
                reason=None,
                comment=None,
                at=self.closed,
                marked_at=self.closed,
            )


_ANSWER = "Сегодня слесарь заменил прокладку и осушил подвал, завтра проверит ещё раз. Иван, ЖКХ."
