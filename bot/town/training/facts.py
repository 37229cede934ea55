"""What a lesson is judged by, read from the hub's database; reading only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.sandbox.rooms import User
from bot.town.beside import Beside
from services.model import Appeal, AppealId, Event, PersonId, Problem
from services.policies import ClockKind
from services.training import Deed, Facts, version_of

CHANNEL = "telegram"


async def read(
    beside: Beside,
    learner: User,
    numbers: Sequence[int],
    *,
    right: frozenset[str],
    now: datetime,
) -> Facts:
    """The facts of the case that is worked on; of several, the one that the others follow."""
    if not numbers:
        return Facts(now=now, right=right)
    town = beside.town
    async with beside.store.reading() as uow:
        account = await uow.people.account(CHANNEL, str(learner["id"]))
        appeals = [await uow.need(Appeal, AppealId(number)) for number in numbers]
        joined = next((a.problem_id for a in appeals if a.problem_id is not None), None)
        problem = None if joined is None else await uow.get(Problem, joined)
        lead = next((a for a in appeals if problem and a.id == problem.lead_id), appeals[0])
        topic = town.topics.get(lead.topic or "")
        answers = await uow.appeals.answers_of(lead.id)
        versions = [
            version_of(a, evidence=topic is not None and topic.evidence, zone=town.calendar.zone)
            for a in answers
        ]
        clocks = await uow.appeals.clocks_of(lead.id)
        events = await uow.appeals.events_of(lead.id)
        others = [a for a in appeals if a.id != lead.id and a.problem_id is not None]
    mine = account.person_id if account is not None else None
    return Facts(
        now=now,
        deeds=tuple(_deed(event, mine) for event in events),
        versions=tuple(v for v in versions if v is not None),
        react_by=next((c.due_at for c in clocks if c.kind is ClockKind.REACTION), None),
        right=right,
        followers=len(others),
        answered=sum(a.answered_at is not None for a in others),
    )


def _deed(event: Event, mine: PersonId | None) -> Deed:
    own = event.actor_id is not None and event.actor_id == mine
    return Deed(event.action, own, event.at, event.word)
