"""Four in the afternoon: what still waits for a decision today, unless one asked for quiet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from services import decisions, notify, oversight
from services.access import Actor
from services.calendar import DAY, is_working_time, local_day, start_of_day, working_day_on_or_after
from services.desk import Desk, use_case
from services.errors import Denied
from services.model import Decision, PersonId, Snooze
from services.notices import Kind


@use_case
async def remind(desk: Desk) -> int:
    """Write to everybody for whom a question is open; nothing outside working time. Once a day."""
    today = local_day(desk.town.calendar, desk.now)
    if not is_working_time(desk.town.calendar, desk.now):
        return 0
    told = 0
    for person_id in await _asked(desk, await desk.uow.decisions.open()):
        if await asleep(desk, person_id) or not await oversight.waiting_for(desk, person_id):
            continue
        told += await notify.in_private(desk, person_id, Kind.TODO, key=f"todo:{today.isoformat()}")
    return told


async def _asked(desk: Desk, questions: list[Decision]) -> list[PersonId]:
    people = [p for q in questions for p in await decisions.deciders(desk, q)]
    return list(dict.fromkeys(people))


@use_case
async def snooze(desk: Desk, *, actor: Actor) -> datetime:
    """«До завтра»: no further words about what waits before the next opening. No deadline moves."""
    if actor.person_id is None:
        raise Denied("no_role")
    calendar = desk.town.calendar
    morrow = working_day_on_or_after(calendar, local_day(calendar, desk.now) + DAY)
    until = start_of_day(calendar, morrow)
    found = await desk.uow.people.snooze_of(actor.person_id)
    if found is None:
        desk.uow.add(Snooze(desk.uow.new_id(Snooze), actor.person_id, until))
    else:
        desk.uow.put(replace(found, until=until))
    return until


async def asleep(desk: Desk, person_id: PersonId) -> bool:
    """Asked for quiet until a moment to come: no reminders of decisions for him."""
    found = await desk.uow.people.snooze_of(person_id)
    return found is not None and found.until > desk.now
