"""How fetching one file ended, in no messenger's words."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Fetched:
    """The copy stands where it was wanted."""

    size: int


@dataclass(frozen=True, slots=True)
class TooLarge:
    """The messenger does not give files of this size."""


@dataclass(frozen=True, slots=True)
class NotNow:
    """Something went wrong that may pass; `after` seconds where the messenger named a time."""

    error: str
    after: float | None = None


Outcome = Fetched | TooLarge | NotNow


class Source(Protocol):
    """The side of one messenger that gives files."""

    async def fetch(self, file_id: str, target: Path, *, limit: int) -> Outcome:
        """Write the file to `target`; a half-written one is never left there."""
        ...
