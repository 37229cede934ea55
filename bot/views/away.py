"""/away: one message that asks who and until when, then says it; and what the substitute reads."""

from __future__ import annotations

from datetime import date, timedelta

from bot.i18n import _
from bot.views import moments
from bot.views.frame import Frame
from bot.views.lists import reading_desk
from bot.views.paging import turns
from bot.views.plain import role_in
from bot.views.rendered import Button, Rendered, Rows, shortened
from services import away as leave
from services.button_data import data
from services.calendar import local_day
from services.model import Grant, Person, PersonId
from storage.outbox import OutboxRow

PAGE = 5
WEEKS = (1, 2, 3, 4)


async def away(frame: Frame, row: OutboxRow) -> Rendered:
    """The dialogue in its present step."""
    me = PersonId(row.person_id or 0)
    match row.ref["step"]:
        case "who":
            return await _who(frame, me, row.ref["page"])
        case "day":
            return await _until(frame, PersonId(row.ref["substitute"]))
        case "now":
            return await _now(frame, me)
        case _:
            return Rendered(_("You are back: decisions, digest and reminders come to you again."))


async def _who(frame: Frame, me: PersonId, page: int) -> Rendered:
    people = await leave.candidates(reading_desk(frame), me)
    if not people:
        return Rendered(_("There is nobody to stand in: no one else has started the bot."))
    last = (len(people) - 1) // PAGE
    page = min(max(page, 0), last)
    rows: Rows = tuple(
        [(await _person(frame, grant),) for grant in people[page * PAGE : (page + 1) * PAGE]]
    )
    turning = turns(page, last, lambda to: data("d1", "awaypage", 0, to), first=0)
    return Rendered(_("Who stands in for you?"), rows + ((turning,) if turning else ()))


async def _person(frame: Frame, grant: Grant) -> Button:
    person = await frame.uow.need(Person, grant.person_id)
    role = role_in(frame, grant.role, grant.scope)
    text = shortened(f"{person.first_name} · {role}", 34)
    return Button(text, data("d1", "away", grant.person_id))


async def _until(frame: Frame, substitute: PersonId) -> Rendered:
    today = local_day(frame.town.calendar, frame.now)
    days = [today + timedelta(days=7 * n) for n in WEEKS]
    buttons = [
        Button(
            moments.weekday_digits(day), data("d1", "awayto", substitute, day.strftime("%Y%m%d"))
        )
        for day in days
    ]
    text = _(
        "{name} stands in for you. Until what day, that day included? Choose or write: {example}",
        name=await frame.name(substitute),
        example=leave.example(today),
    )
    return Rendered(text, tuple(tuple(buttons[i : i + 2]) for i in (0, 2)))


async def _now(frame: Frame, me: PersonId) -> Rendered:
    grants = await leave.standing_in(reading_desk(frame), me)
    if not grants or grants[0].until is None:
        return Rendered(_("Nobody stands in for you now."))
    last = local_day(frame.town.calendar, grants[0].until - timedelta(minutes=1))
    text = _(
        "Until {day}, that day included, {name} decides for you. Decisions, digest and reminders "
        "go there.",
        day=moments.day(last),
        name=await frame.name(grants[0].person_id),
    )
    return Rendered(text, ((Button(_("I am back"), data("d1", "awayend", 0)),),))


async def told(frame: Frame, row: OutboxRow) -> Rendered:
    """To the substitute: whose decisions come to him and until when, or that it is over."""
    name = await frame.name(row.ref["absent"])
    if row.ref["last_day"] is None:
        return Rendered(_("{name} is back: you no longer stand in.", name=name))
    roles = "; ".join(role_in(frame, role, scope) for role, scope in row.ref["roles"])
    return Rendered(
        _(
            "Until {day}, that day included, you stand in for {name}: {roles}. Decisions, digest "
            "and reminders come to you. Every decision is recorded in {name}'s stead.",
            day=moments.day(date.fromisoformat(row.ref["last_day"])),
            name=name,
            roles=roles,
        )
    )
