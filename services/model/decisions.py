"""What somebody above the department is asked to decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.model.words import AppealId, PersonId, Role


class Matter(StrEnum):
    """What is to be decided (domain.md §1, «Who decides»)."""

    SECOND_RETURN = "second_return"
    EXTENSION = "extension"
    POSTPONE_CRITICAL = "postpone_critical"
    DISPUTE = "dispute"


@dataclass(frozen=True, slots=True)
class Decision:
    """One question to those who hold `role`, open until one of them answers."""

    id: int
    matter: Matter
    appeal_id: AppealId
    role: Role
    """Who decides."""
    block: str | None
    """Whose deputy, where the role belongs to a block."""
    asked_by: PersonId | None
    asked_at: datetime
    data: dict[str, Any]
    """What the matter needs: a date, words, codes."""
    decided_by: PersonId | None = None
    decided_at: datetime | None = None
    verdict: str | None = None
    """The matter's own word; None while it is open."""
