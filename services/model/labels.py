"""What people have said about where an appeal belongs: the hub learns from it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from services.model.words import AppealId, PersonId


class Because(StrEnum):
    """Why a label is believed."""

    CHOSEN = "chosen"
    """The duty officer's choice for a case that the hub was not sure of."""
    MOVED = "moved"
    """It stood in another block, and a person sent it on."""
    RETURNED = "returned"
    """A block gave it back, and a person judged whose it is."""
    TOPIC = "topic"
    """Nobody has said whose it is, but a person said what it is about."""
    CONFIRMED = "confirmed"
    """The hub routed it; the block took it, answered it, and it was closed there."""


@dataclass(frozen=True, slots=True)
class Label:
    """One appeal's words with what a person has made of them; the newest word of him counts."""

    id: int
    appeal_id: AppealId
    text: str
    """Masked; emptied with the citizen's data, and then nothing is learnt from it."""
    block: str
    """Who answers for it."""
    groups: list[str]
    """Groups of the classifier that the block answered for at that moment: one of them is right."""
    topic: str | None
    """The code of the topic, where a person told that as well."""
    because: Because
    person_id: PersonId | None
    """Who said so; None for a confirmation."""
    at: datetime
