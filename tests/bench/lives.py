"""Rows of appeals' lives as the hub leaves them, drawn from a seed number.

A life is a citizen's report with everything that stands in the tables because of it. A private
chat is the person's number added to CHATS, so that copies of a life (tests/bench/multiply.py) can
move it; group chats begin with «-».
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from services.model import Role, State
from tests.bench.records import HOUR, Move, Row, write_down
from tests.bench.screens import put_up

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
        write_down(self, moves, answer)
        put_up(self, answer is not None)

    def _moves(self) -> list[Move]:
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
