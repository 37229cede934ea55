"""A scripted day of the town: appeals written for it, with what staff would answer.

Every word and name is invented.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from services.policies import Urgency

APPEALS_FILE = Path(__file__).resolve().parent / "appeals.toml"


@dataclass(frozen=True, slots=True)
class DemoAppeal:
    """One message of the day and how it should fare."""

    author: str
    """A first name, invented."""
    text: str
    block: str
    topic: str
    urgency: Urgency
    unsure: bool
    """The hub should ask the duty officer, with `block` among its three guesses."""
    emergency: bool
    answer: str
    """What staff answer in the end."""


def load_appeals(path: Path = APPEALS_FILE) -> tuple[DemoAppeal, ...]:
    """The appeals of the day, in order."""
    document = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(
        DemoAppeal(
            author=item["author"],
            text=item["text"],
            block=item["block"],
            topic=item["topic"],
            urgency=Urgency(item["urgency"]),
            unsure=item["unsure"],
            emergency=item["emergency"],
            answer=item["answer"],
        )
        for item in document["appeals"]
    )
