"""Bursts that are over: found by the clock, and registered once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from services import alike, bursts, crowds
from services.desk import Desk, use_case
from services.model import Draft, Person, PersonId


@dataclass(frozen=True, slots=True)
class Over:
    """A burst that has ended: whose, where, and its words so far, to be understood beforehand."""

    person_id: PersonId
    chat: str
    text: str
    early: bool
    """Whatever its time."""


async def due(desk: Desk) -> list[Over]:
    """Bursts that are over by now, in the order of their ends: one range of an index.

    The first of a crowd are over early: what they say is plain, and staff must see it.
    """
    rows = await desk.uow.people.drafts_open()
    found = {(r.person_id, r.chat_id): False for r in rows if _is_over(desk, r)}
    for row in await crowds.first(desk, [r for r in rows if not _is_over(desk, r)]):
        found.setdefault((row.person_id, row.chat_id), True)
    over = []
    if len(found) > 1:
        await desk.uow.foresee(Draft, "person_id", [person_id for person_id, _ in found])
    for (person_id, chat), early in found.items():
        mine = await desk.uow.people.drafts_of(person_id)
        text = bursts.text_of([r for r in mine if r.chat_id == chat])
        over.append(Over(person_id, chat, text, early))
    return over


def _is_over(desk: Desk, row: Draft) -> bool:
    return row.ready_at is not None and row.ready_at <= desk.now


async def foresee(desk: Desk, overs: Sequence[Over]) -> None:
    """Read at once what `close` will ask for: nothing depends on it but the cost."""
    if len(overs) < 2:
        return
    people = [over.person_id for over in overs]
    await desk.uow.foresee(Person, "id", people)
    await desk.uow.foresee(Draft, "person_id", people)
    await desk.uow.appeals.foresee_of_persons(people)
    await alike.foresee(desk, [over.text for over in overs])


@use_case
async def close(desk: Desk, over: Over) -> int:
    """Register a burst that is over, once: safe on replicas and when run again (a job)."""
    rows = await bursts.rows_of(desk, over.person_id, over.chat)
    if not rows or not (over.early or _is_over(desk, rows[0])):
        return 0
    await bursts.settle(desk, await desk.uow.need(Person, over.person_id), rows)
    return 1
