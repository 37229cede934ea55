"""One shift over one appeal: anybody tries anything, as the buttons of old cards let him."""

from __future__ import annotations

from services.access import HUB, Actor
from services.desk import Desk
from services.errors import DomainError
from services.model import AnswerId, AnswerState, Appeal, AppealId, State
from tests.support.desks import STAFF, Office
from tests.support.presses import PRESSES, Press

PEOPLE = ("Мария", "Пётр", *STAFF, "hub")


class Shift:
    """Plays deeds of people; remembers nothing but the number."""

    def __init__(self, office: Office, number: AppealId) -> None:
        self.office = office
        self.number = number

    async def do(self, deed: str, who: str, pick: int) -> str | None:
        """Try a deed; returns the code of the refusal, or None when it was done."""
        try:
            async with self.office.at_work() as desk:
                await _ALL[deed](self, desk, who, pick)
        except DomainError as error:
            return error.code
        return None

    def actor(self, who: str) -> Actor:
        """The person's rights, or the machine's."""
        return HUB if who == "hub" else self.office.people[who].actor

    async def answer(self, desk: Desk, pick: int) -> AnswerId:
        """Some version of an answer to the appeal: newer ones more often."""
        found = await desk.uow.appeals.answers_of(self.number)
        if not found:
            raise DomainError("nothing_to_press")
        return found[-1 - pick % len(found)].id


async def _onward(s: Shift, desk: Desk, who: str, pick: int) -> None:
    """What somebody whose turn it is would do next."""
    appeal = await desk.uow.need(Appeal, s.number)
    holder = next((n for n in STAFF if s.actor(n).person_id == appeal.holder_id), "Иван")
    answers = await desk.uow.appeals.answers_of(s.number)
    drafted = bool(answers) and answers[-1].state is AnswerState.DRAFT
    working = "submit" if drafted else "write"
    if appeal.state is State.IN_PROGRESS and pick == 3:
        await PRESSES["postpone"](s, desk, holder, 0)
        return
    turns: dict[State, tuple[str, str]] = {
        State.NEW: ("route", "Дарья"),
        State.ASSIGNED: ("take", ("Иван", "Анна", "Павел", "Павел")[pick]),
        State.IN_PROGRESS: ("ask" if drafted and pick == 1 else working, holder),
        State.WAITING_CITIZEN: ("add", "Мария"),
        State.REVIEW: (
            "send_back" if pick == 1 else "pass",
            ("Ольга", "Дарья", "Павел", "Марина")[pick],
        ),
        State.RETURNING: ("settle", "Марина") if appeal.returns > 1 else ("route", "Дарья"),
        State.POSTPONED: ("speak", "hub") if pick else ("resume", holder),
        State.ANSWERED: ("verdict", "Мария"),
        State.DISPUTED: ("decide", "Марина"),
    }
    if appeal.state in turns:
        deed, person = turns[appeal.state]
        again = 0 if appeal.state is State.IN_PROGRESS and drafted else pick
        await PRESSES[deed](s, desk, person, again)


_ALL: dict[str, Press] = {**PRESSES, "onward": _onward}
DEEDS = (*_ALL, *["onward"] * len(_ALL))
"""Half of the deeds bring the case on, so that what comes late is met as well."""
