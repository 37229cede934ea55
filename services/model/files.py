"""What we do with files: a copy of our own is made by a job, and goes when it is forgotten."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class FileState(StrEnum):
    """How far our own copy of a file has come."""

    WAITING = "waiting"
    STORED = "stored"
    LARGE = "large"
    """Over the messenger's limit: known by its id only."""
    LOST = "lost"
    """The messenger did not give it however often it was asked: known by its id only."""


@dataclass(frozen=True, slots=True)
class DoomedFile:
    """A copy on the disk that has to go."""

    id: int
    path: str
