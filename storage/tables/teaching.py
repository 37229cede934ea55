"""What is to be done with the classifier's models."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table

from services.model import Came, Task
from storage.tables.base import key, metadata, of
from storage.types import Moment, Word

model_tasks = Table(
    "model_tasks",
    metadata,
    key(),
    Column("task", Word(Task), nullable=False),
    Column("name", String(128)),
    of("person", nullable=True),
    Column("at", Moment, nullable=False),
    Column("data", JSON, nullable=False),
    Column("tries", Integer, nullable=False),
    Column("came", Word(Came)),
    Column("done_at", Moment),
    of("person", nullable=True, name="decided_by"),
    Column("decided_at", Moment),
    Index(None, "came", "task", "id"),
)
