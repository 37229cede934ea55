"""A case that is not the municipality's: whose it is, passed on by us, with a date (§1.11)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from services import cases, intake, notify, work
from services.access import Actor, authorise
from services.calendar import local_day, start_of_day
from services.calendar_days import working_day_on_or_after
from services.desk import Desk, use_case
from services.errors import DomainError
from services.lifecycle import Action
from services.model import Appeal, AppealId, Event, Outcome, Purpose
from services.municipality import Outside
from services.notices import Kind

ANSWER_DAYS = 30
"""Calendar days in which a service is expected to answer [ours, as 59-ФЗ ст. 12]."""


def usual_date(desk: Desk) -> date:
    """When a service's answer is awaited unless somebody says otherwise."""
    day = local_day(desk.town.calendar, desk.now) + timedelta(days=ANSWER_DAYS)
    return working_day_on_or_after(desk.town.calendar, day)


def services_for(desk: Desk, block: str | None) -> list[Outside]:
    """Outside services, those of the case's block first."""
    return sorted(desk.town.outside.values(), key=lambda s: block not in s.blocks)


@use_case
async def forward(
    desk: Desk, *, actor: Actor, appeal_id: AppealId, service: str, until: date | None = None
) -> Appeal:
    """Close the case here as passed to `service`; the citizen is told whose it is and until when.

    On the day `until` the duty chat is reminded to pass the answer on. Raises Denied, OutOfDate,
    DomainError(«no_such_service», «past_date»).
    """
    if service not in desk.town.outside:
        raise DomainError("no_such_service")
    day = until or usual_date(desk)
    if day <= local_day(desk.town.calendar, desk.now):
        raise DomainError("past_date")
    appeal = await cases.locked(desk, appeal_id)
    authorise(actor, Action.FORWARD, block=appeal.block)
    appeal = await cases.move(
        desk, appeal, Action.FORWARD, actor, code=service, outcome=Outcome.FORWARDED
    )
    await work.shelve_drafts(desk, appeal)
    intake.count(desk, appeal, "forwarded")
    ref: dict[str, Any] = {
        "service": service,
        "until": day.isoformat(),
        "sent": desk.now.isoformat(),
    }
    notify.to_citizen(desk, appeal, Kind.FORWARDED, anchor=f"forwarded:{appeal.id}", **ref)
    await notify.in_chat(
        desk,
        await desk.uow.people.chat_for(Purpose.TRIAGE),
        Kind.FORWARD_DUE,
        appeal=appeal,
        key=f"forward_due:{appeal.id}",
        at=_morning(desk, day),
        **ref,
    )
    await notify.card(desk, appeal)
    await notify.triage_if_shown(desk, appeal)
    notify.receipt(desk, appeal)
    return appeal


def _morning(desk: Desk, day: date) -> datetime:
    calendar = desk.town.calendar
    working = working_day_on_or_after(calendar, day)
    return start_of_day(calendar, working)


def passed_to(events: list[Event]) -> Event | None:
    """The event that passed the case on; its code is the service's."""
    return next((e for e in reversed(events) if e.action == Action.FORWARD), None)
