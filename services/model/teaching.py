"""What is to be done with the classifier's models, and what came of it: the record of all of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from services.model.words import PersonId


class Task(StrEnum):
    """Something that takes files and time, and is therefore done beside the conversation."""

    SHOW = "show"
    """Say which models there are: data {"channel", "chat"}. Forgotten when done."""
    USE = "use"
    """Take a model into use: data {"channel", "chat", "mark"} or {"offer": the learning's id}."""
    LEARN = "learn"
    """Learn a model from the labels; what it is worth stands in data."""


class Came(StrEnum):
    """What came of a task."""

    USED = "used"
    REFUSED = "refused"
    """The file can't be used: data["why"]."""
    GONE = "gone"
    """There is no such file any more."""
    FEW = "few"
    """Too little to learn from."""
    WORSE = "worse"
    """The model in use is at least as good."""
    OFFERED = "offered"
    """An administrator may take it into use."""
    ACCEPTED = "accepted"
    DECLINED = "declined"
    PASSED = "passed"
    """A newer one was offered before anybody decided."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class ModelTask:
    """One of these tasks."""

    id: int
    task: Task
    name: str | None
    """The model's file, or «cold», once it is known."""
    person_id: PersonId | None
    """Who asked for it; None for the hub at night."""
    at: datetime
    data: dict[str, Any]
    tries: int = 0
    came: Came | None = None
    """None while it waits."""
    done_at: datetime | None = None
    decided_by: PersonId | None = None
    """Who accepted or declined what was offered."""
    decided_at: datetime | None = None
