"""Answers and the citizen's verdicts on them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.model.words import AnswerId, AppealId, Outcome, PersonId


class AnswerState(StrEnum):
    """Life of one version of an answer."""

    DRAFT = "draft"
    REVIEW = "review"
    PASSED = "passed"
    RETURNED = "returned"
    WAITING = "waiting"
    """An interim answer that somebody above must allow first."""
    NOTE = "note"
    """Its author said it was no answer: kept as an inner note."""
    RECALLED = "recalled"
    """Its author took it back before it was checked; a new version goes on from its words."""


@dataclass(frozen=True, slots=True)
class Answer:
    """One version of a reply to the citizen. Frozen once it is sent for checking."""

    id: AnswerId
    appeal_id: AppealId
    author_id: PersonId
    text: str
    outcome: Outcome
    state: AnswerState
    created_at: datetime
    submitted_at: datetime | None
    checker_id: PersonId | None
    checked_at: datetime | None
    remark: str | None
    """What the checker asked to mend."""
    photos: int
    ground: str | None = None
    """Why it can't be done (services/refusals.GROUNDS), where the outcome is «refused»."""
    advice: str | None = None
    """What the person can do himself: a refusal is not sent without it."""
    checklist: int = 0
    """The checker's boxes, one bit each (services/checklist)."""
    faults: str = ""
    """Codes of domain.md §4 that the checker marked, separated by commas."""
    until: datetime | None = None
    """An interim answer's promise: the end of the promised day. None: a final answer."""


@dataclass(frozen=True, slots=True)
class Rating:
    """The citizen's verdict on one answer."""

    id: int
    appeal_id: AppealId
    answer_id: AnswerId
    person_id: PersonId
    verdict: str
    """y, p or n: solved, partly, not."""
    mark: int | None
    """1–5."""
    reason: str | None
    comment: str | None
    at: datetime
    marked_at: datetime | None = None
    """When the mark was given: for ten minutes it can be corrected."""


@dataclass(frozen=True, slots=True)
class ErrorRecord:
    """A communication error that a person confirmed (domain.md §4)."""

    id: int
    code: str
    """E01–E17."""
    appeal_id: AppealId
    answer_id: AnswerId | None
    person_id: PersonId | None
    """Whose error it is."""
    severity: int
    """1–3."""
    decision: str
    by_id: PersonId | None
    at: datetime
