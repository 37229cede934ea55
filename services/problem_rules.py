"""When reports are one problem (domain.md §3): one topic, one place, within a day or a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from services.model import Appeal, PersonId, Problem, ProblemState, Report, State
from services.nearness import NEAR, NEAR_IN_A_WEEK
from services.policies import Urgency
from services.understanding import Place

WINDOW = timedelta(hours=24)
AUTHORS = 3
"""People who report the same before it is proposed as one problem."""
WEEK = timedelta(days=7)
MESSAGES = 5
"""Messages of a week about one place before it is proposed in the slow form."""
NAMELESS = "-"
"""The key of a problem that has only a point of the map."""
THRESHOLDS = (10, 30, 100, 300, 1000)
"""Numbers of authors that are called out under the card."""
KEY = 96
_ALIVE = (State.NEW, State.ASSIGNED, State.IN_PROGRESS)


def place_key(place: Place | None) -> str | None:
    """The named place that reports share: settlement and street, corner, landmark or a part of it.

    None for no place, and for a street that exists in several settlements when none is named.
    """
    if place is None or place.ambiguous:
        return None
    corner = " × ".join(sorted(place.streets)) if place.cross else None
    where = corner or place.street or place.landmark or place.text
    return f"{place.settlement or '-'}|{where}".lower()[:KEY]


def shared_place(place: Place | None) -> str:
    """What everybody in a problem may read of where it is: the street, never anybody's house."""
    if place is None:
        return ""
    return place.text.removesuffix(f", {place.house}")


def may_join(appeal: Appeal) -> bool:
    """It has a topic, a place and an owner, and is no emergency: those are never folded away."""
    placed = appeal.place_key is not None or appeal.latitude is not None
    known = appeal.topic is not None and placed and appeal.block is not None
    free = appeal.problem_id is None and appeal.state in _ALIVE
    return known and free and appeal.urgency is not Urgency.EMERGENCY


def authors_of(appeals: Sequence[Appeal]) -> int:
    """How many different people wrote these."""
    return len({a.person_id for a in appeals})


def counted(reports: Sequence[Report]) -> list[Report]:
    """The messages of a week that count, oldest first.

    Messages count, not authors: whoever writes again after his case was answered or closed counts
    again, and so does the answered one, for the place is sick still. Who repeats what he has open
    already adds nothing.
    """
    found: list[Report] = []
    last: dict[PersonId, Report] = {}
    for report in sorted(reports, key=lambda r: (r.received_at, r.id)):
        before = last.get(report.person_id)
        if before is not None and not _over(before, report):
            continue
        last[report.person_id] = report
        found.append(report)
    return found


def _over(before: Report, report: Report) -> bool:
    return before.ended_at is not None and before.ended_at <= report.received_at


def reach(problem: Problem) -> float:
    """How many metres from its centre a report may be."""
    return NEAR_IN_A_WEEK if problem.week else NEAR


def span(problem: Problem) -> timedelta:
    """How far apart in time its reports may be."""
    return WEEK if problem.week else WINDOW


def lasts(problem: Problem, now: datetime) -> bool:
    """A new report at its place belongs to it, or «Разные» has been said of it."""
    refused = problem.state is ProblemState.REFUSED
    return problem.opened_at >= now - (WINDOW if refused else span(problem))


def opens_by_itself(appeals: Sequence[Appeal]) -> bool:
    """A critical matter is folded at once, and the duty officer may undo it: he may be asleep."""
    return any(a.urgency is Urgency.CRITICAL for a in appeals)


def lead_of(appeals: Sequence[Appeal]) -> Appeal:
    """The case the work is done on: one that somebody holds already, else the oldest."""
    return min(appeals, key=lambda a: (a.state is not State.IN_PROGRESS, a.id))


def threshold(authors: int, told: int) -> int | None:
    """The threshold to call out now, if a new one has been reached."""
    reached = [n for n in THRESHOLDS if told < n <= authors]
    return reached[-1] if reached else None
