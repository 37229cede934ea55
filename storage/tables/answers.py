"""Contacts that citizens gave."""

from __future__ import annotations

from sqlalchemy import Column, Index, String, Table

from storage.tables.base import key, metadata, of
from storage.types import Moment

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
