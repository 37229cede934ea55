"""What checkers found, and contacts that citizens gave."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, String, Table

from storage.tables.base import key, metadata, of
from storage.types import Moment

error_records = Table(
    "error_records",
    metadata,
    key(),
    Column("code", String(8), nullable=False),
    of("appeal"),
    of("answer", nullable=True),
    of("person", nullable=True),
    Column("severity", Integer, nullable=False),
    Column("decision", String(16), nullable=False),
    of("person", nullable=True, name="by_id"),
    Column("at", Moment, nullable=False),
    Index(None, "appeal_id"),
    Index(None, "at"),
)

contacts = Table(
    "contacts",
    metadata,
    key(),
    of("person"),
    of("appeal", nullable=True),
    Column("kind", String(16), nullable=False),
    Column("value", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "person_id"),
)
