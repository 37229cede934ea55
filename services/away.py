"""Somebody above goes on leave: whom he names decides in his name until the last day (§1, §11)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from services import dialogs, notify
from services.access import Actor, Deed, authorise, held
from services.calendar import local_day
from services.desk import Desk, use_case
from services.errors import Denied, DomainError
from services.model import Grant, Person, PersonId, Posted, Role
from services.notices import Kind

if TYPE_CHECKING:
    from services.directory import Known

HANDED_ON = frozenset({Role.BLK, Role.MHD, Role.CRD, Role.BHD, Role.DEP, Role.MAY})
"""Roles whose duties somebody else can see to for a while."""
LONGEST = timedelta(days=366)


async def candidates(desk: Desk, person_id: PersonId) -> list[Grant]:
    """Everybody else with a role who has started the bot: one grant of each, by name."""
    found: dict[PersonId, Grant] = {}
    for grant in await desk.uow.people.staff(desk.now):
        if grant.person_id == person_id or grant.person_id in found:
            continue
        if await notify.address(desk, grant.person_id) is not None:
            found[grant.person_id] = grant
    names = {p: (await desk.uow.need(Person, p)).first_name for p in found}
    return sorted(found.values(), key=lambda g: (names[g.person_id], g.person_id))


async def standing_in(desk: Desk, person_id: PersonId) -> list[Grant]:
    """Grants by which somebody stands in for this person now."""
    grants = await desk.uow.people.staff(desk.now)
    return [g for g in grants if g.on_behalf_of == person_id]


def _own(actor: Actor) -> list[Grant]:
    """What he may hand on: his own, not what he holds in somebody's name. Raises Denied."""
    authorise(actor, Deed.STAND_DOWN)
    own = [g for g in actor.grants if g.role in HANDED_ON and g.on_behalf_of is None]
    if not own:
        raise Denied("no_role", deed=Deed.STAND_DOWN)
    return own


@use_case
async def start(desk: Desk, known: Known, *, chat: str) -> None:
    """/away: who stands in, or who does already. Raises Denied."""
    _own(known.actor)
    step = "now" if await standing_in(desk, known.person.id) else "who"
    anchor = f"away:{desk.uow.new_number('posted')}"
    _show(desk, known, chat=chat, anchor=anchor, step=step)


@use_case
async def turn(desk: Desk, known: Known, *, chat: str, posted: Posted, page: int) -> None:
    """Another page of people. Raises Denied."""
    _own(known.actor)
    _show(desk, known, chat=chat, anchor=posted.anchor, step="who", page=page)


@use_case
async def choose(
    desk: Desk,
    known: Known,
    *,
    chat: str,
    posted: Posted,
    substitute: PersonId,
) -> None:
    """A person is chosen: asks for the last day. Raises Denied, DomainError(«no_substitute»)."""
    _own(known.actor)
    await _check(desk, known.person.id, substitute)
    await dialogs.ask(
        desk, known.person.id, chat, dialogs.AWAY, substitute=substitute, anchor=posted.anchor
    )
    _show(
        desk,
        known,
        chat=chat,
        anchor=posted.anchor,
        step="day",
        substitute=substitute,
    )


@use_case
async def stand_down(
    desk: Desk,
    known: Known,
    *,
    chat: str,
    anchor: str | None,
    substitute: PersonId,
    last_day: date,
) -> None:
    """Until the end of `last_day` the substitute holds the person's roles in his name.

    Raises Denied, DomainError(«no_substitute», «day_not_read»).
    """
    grants = _own(known.actor)
    await _check(desk, known.person.id, substitute)
    today = local_day(desk.town.calendar, desk.now)
    if not today <= last_day <= today + LONGEST:
        raise DomainError("day_not_read", example=example(today))
    midnight = datetime.combine(last_day + timedelta(days=1), time(), desk.town.calendar.zone)
    await _end(desk, known.person.id)
    for grant in grants:
        desk.uow.add(
            Grant(
                id=desk.uow.new_id(Grant),
                person_id=substitute,
                role=grant.role,
                scope=grant.scope,
                since=desk.now,
                until=midnight.astimezone(UTC),
                granted_by=known.person.id,
                on_behalf_of=known.person.id,
            )
        )
    await dialogs.close(desk, known.person.id, chat)
    _show(desk, known, chat=chat, anchor=anchor, step="now")
    await notify.in_private(
        desk,
        substitute,
        Kind.SUBSTITUTE,
        absent=known.person.id,
        roles=[[g.role, g.scope] for g in grants],
        last_day=last_day.isoformat(),
    )


@use_case
async def come_back(desk: Desk, known: Known, *, chat: str, anchor: str | None) -> None:
    """Back before the last day. Raises Denied, DomainError(«not_away»)."""
    _own(known.actor)
    ended = await _end(desk, known.person.id)
    if not ended:
        raise DomainError("not_away")
    for substitute in ended:
        await notify.in_private(
            desk, substitute, Kind.SUBSTITUTE, absent=known.person.id, last_day=None
        )
    _show(desk, known, chat=chat, anchor=anchor, step="back")


async def _end(desk: Desk, person_id: PersonId) -> list[PersonId]:
    """Take back what stands in his name; returns from whom."""
    grants = await standing_in(desk, person_id)
    for grant in grants:
        desk.uow.put(replace(grant, until=desk.now))
    return list(dict.fromkeys(g.person_id for g in grants))


async def _check(desk: Desk, person_id: PersonId, substitute: PersonId) -> None:
    grants = held(await desk.uow.people.grants_of(substitute), desk.now)
    if substitute == person_id or not grants:
        raise DomainError("no_substitute")


def _show(
    desk: Desk,
    known: Known,
    *,
    chat: str,
    anchor: str | None,
    step: str,
    page: int = 0,
    substitute: PersonId | None = None,
) -> None:
    notify.here(
        desk,
        known,
        Kind.AWAY,
        chat=chat,
        anchor=anchor,
        step=step,
        page=page,
        substitute=substitute,
    )


def example(today: date) -> str:
    """A day as people write it: two weeks from now."""
    return f"{today + timedelta(days=14):%d.%m}"


def read_day(text: str, today: date) -> date:
    """«18.12» or «18.12.2027»: the next such day. Raises DomainError(«day_not_read»)."""
    match = re.fullmatch(r"(\d{1,2})[./](\d{1,2})(?:[./](\d{4}))?", text.strip())
    try:
        if match is None:
            raise ValueError(text)
        day, month = int(match[1]), int(match[2])
        if match[3]:
            return date(int(match[3]), month, day)
        this_year = date(today.year, month, day)
        return this_year if this_year >= today else date(today.year + 1, month, day)
    except ValueError:
        raise DomainError("day_not_read", example=example(today)) from None
