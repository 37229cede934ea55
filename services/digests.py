"""The deputy's morning: facts of his blocks, from the database, ready to be worded."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from services import notify
from services.calendar import is_working_day
from services.desk import Desk, use_case
from services.model import WHOLE_CENTRE, Appeal, PersonId, Role
from services.notices import Kind, Priority
from services.policies import ClockKind


@dataclass(frozen=True, slots=True)
class Due:
    """A case in a list: what, where, when it is or was due."""

    number: int
    essence: str
    place: str | None
    due_at: datetime
    held_by_nobody: bool


@dataclass(frozen=True, slots=True)
class DigestFacts:
    """Everything a digest says."""

    day: date
    blocks: tuple[str, ...]
    since: date
    """The previous working day: «вчера» of a Monday is Friday."""
    received: dict[str, int]
    usual: float | None
    """Mean received per working day of the last four weeks; None without that history."""
    answered: int
    in_time: int
    marks: int
    mean: float | None
    reopened: int
    sent_back: int
    critical: tuple[Due, ...]
    overdue: tuple[Due, ...]
    untaken: tuple[Due, ...]
    """Nobody took them in time."""
    today: tuple[Due, ...]
    tomorrow: int


@use_case
async def write_all(desk: Desk, *, day: date) -> int:
    """Queue the digest of `day` for every deputy; run again it queues nothing twice."""
    if not is_working_day(desk.town.calendar, day):
        return 0
    written = 0
    scopes: dict[PersonId, set[str]] = {}
    for grant in await desk.uow.people.holders(Role.BLK, desk.now):
        blocks = set(desk.town.blocks) if grant.scope == WHOLE_CENTRE else {grant.scope}
        scopes.setdefault(grant.person_id, set()).update(blocks)
    for person_id, blocks in scopes.items():
        written += await notify.in_private(
            desk,
            person_id,
            Kind.DIGEST,
            key=f"digest:{day.isoformat()}",
            priority=Priority.DIGEST,
            day=day.isoformat(),
            blocks=sorted(blocks),
        )
    return written


async def facts(desk: Desk, *, day: date, blocks: tuple[str, ...]) -> DigestFacts:
    """Read what the digest of `day` says about `blocks`."""
    zone = desk.town.calendar.zone
    start = datetime.combine(day, time.min, zone)
    since = _previous_working_day(desk, day)
    stats = desk.uow.statistics
    sums = await stats.sums(since, day - timedelta(days=1), blocks)
    month = await stats.sums(since - timedelta(days=28), since - timedelta(days=1), blocks)
    total = _totals(sums)
    overdue = await stats.due_between(blocks, None, desk.now)
    untaken = await stats.due_between(blocks, None, desk.now, kinds=(ClockKind.REACTION,))
    today = await stats.due_between(blocks, desk.now, start + timedelta(days=1))
    tomorrow_end = start + timedelta(days=(_next_working_day(desk, day) - day).days + 1)
    tomorrow = await stats.due_between(blocks, start + timedelta(days=1), tomorrow_end)
    critical = await stats.open_critical(blocks)
    received_before = _totals(month).get("received", 0)
    working = _working_days(desk, since - timedelta(days=28), since)
    return DigestFacts(
        day=day,
        blocks=blocks,
        since=since,
        received={b: n for (b, measure), n in sums.items() if measure == "received"},
        usual=received_before / working if received_before and working else None,
        answered=total.get("answered", 0),
        in_time=total.get("in_time", 0),
        marks=total.get("marks", 0),
        mean=total["marks_sum"] / total["marks"] if total.get("marks") else None,
        reopened=total.get("reopened", 0),
        sent_back=total.get("sent_back", 0),
        critical=tuple(_due(a, a.received_at) for a in critical),
        overdue=tuple(_due(x.appeal, x.due_at) for x in overdue),
        untaken=tuple(_due(x.appeal, x.due_at) for x in untaken),
        today=tuple(_due(x.appeal, x.due_at) for x in today),
        tomorrow=len(tomorrow),
    )


def _due(appeal: Appeal, at: datetime) -> Due:
    return Due(appeal.id, appeal.essence, appeal.place, at, appeal.holder_id is None)


def _totals(sums: dict[tuple[str, str], int]) -> dict[str, int]:
    total: dict[str, int] = {}
    for (_block, measure), n in sums.items():
        total[measure] = total.get(measure, 0) + n
    return total


def _previous_working_day(desk: Desk, day: date) -> date:
    day -= timedelta(days=1)
    while not is_working_day(desk.town.calendar, day):
        day -= timedelta(days=1)
    return day


def _next_working_day(desk: Desk, day: date) -> date:
    day += timedelta(days=1)
    while not is_working_day(desk.town.calendar, day):
        day += timedelta(days=1)
    return day


def _working_days(desk: Desk, first: date, end: date) -> int:
    days = (first + timedelta(days=n) for n in range((end - first).days))
    return sum(is_working_day(desk.town.calendar, d) for d in days)
