"""Labels that the classifier learns from."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, String, Table, Text

from services.model import Because
from storage.tables.base import key, metadata, of
from storage.types import Moment, Word

labels = Table(
    "labels",
    metadata,
    key(),
    of("appeal"),
    Column("text", Text, nullable=False),
    Column("block", String(16), nullable=False),
    Column("groups", JSON, nullable=False),
    Column("topic", String(64)),
    Column("because", Word(Because), nullable=False),
    of("person", nullable=True),
    Column("at", Moment, nullable=False),
    Index(None, "appeal_id", unique=True),
    Index(None, "at"),
)
