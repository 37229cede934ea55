"""What a checker looks at: six boxes, and the errors that an empty one may mean (domain.md §4)."""

from __future__ import annotations

from datetime import datetime, timedelta

from services.calendar import add_working_minutes
from services.desk import Desk
from services.model import Answer, Appeal, ErrorRecord
from services.municipality import Municipality
from services.policies import Urgency

BOXES: dict[int, tuple[str, ...]] = {
    1: ("E01", "E05"),
    2: ("E02",),
    3: ("E03",),
    4: ("E04",),
    5: ("E06",),
    6: ("E07", "E08"),
}
"""To the point, a date, who, the address, the photo, the tone; and what is wrong without it."""
SEVERITY = {
    "E01": 2,
    "E02": 2,
    "E03": 1,
    "E04": 2,
    "E05": 2,
    "E06": 2,
    "E07": 1,
    "E08": 3,
    "E12": 3,
}
"""1–3 [ours]: 3 hurts a person, 2 leaves him without an answer, 1 is poor form."""
CONFIRMED = "confirmed"
_ORDINARY = 120
"""Minutes of working time for a check [domain.md §2, I01]."""
_CRITICAL = timedelta(minutes=30)
_URGENT = (Urgency.EMERGENCY, Urgency.CRITICAL)


def ticked(answer: Answer) -> tuple[int, ...]:
    """The boxes that the checker has ticked."""
    return tuple(n for n in BOXES if answer.checklist & 1 << n - 1)


def toggled(answer: Answer, box: int) -> int:
    """The mask with one box turned over."""
    return answer.checklist ^ 1 << box - 1


def suspected(answer: Answer) -> tuple[str, ...]:
    """Codes that the empty boxes may mean, in order."""
    full = ticked(answer)
    return tuple(code for n, codes in BOXES.items() if n not in full for code in codes)


def marked(answer: Answer) -> tuple[str, ...]:
    """Codes that the checker has marked."""
    return tuple(code for code in answer.faults.split(",") if code)


def first_faults(answer: Answer) -> str:
    """What is marked when «Вернуть» opens: the first code of each empty box.

    Nothing where no box was ticked: then the boxes were not used, and a machine marks no errors.
    """
    full = ticked(answer)
    return ",".join(codes[0] for n, codes in BOXES.items() if n not in full) if full else ""


def check_by(town: Municipality, appeal: Appeal, answer: Answer) -> datetime | None:
    """Until when the answer should be checked; None before it was sent for checking."""
    if answer.submitted_at is None:
        return None
    if appeal.urgency in _URGENT:
        return answer.submitted_at + _CRITICAL
    return add_working_minutes(town.calendar, answer.submitted_at, _ORDINARY)


def record(desk: Desk, answer: Answer) -> None:
    """Keep what the checker marked as confirmed errors of the author."""
    for code in marked(answer):
        desk.uow.add(
            ErrorRecord(
                id=desk.uow.new_id(ErrorRecord),
                code=code,
                appeal_id=answer.appeal_id,
                answer_id=answer.id,
                person_id=answer.author_id,
                severity=SEVERITY[code],
                decision=CONFIRMED,
                by_id=answer.checker_id,
                at=desk.now,
            )
        )
