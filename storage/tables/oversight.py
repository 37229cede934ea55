"""What those above a department have asked of the hub itself."""

from __future__ import annotations

from sqlalchemy import Column, Table, UniqueConstraint

from storage.tables.base import key, metadata, of
from storage.types import Moment

snoozes = Table(
    "snoozes",
    metadata,
    key(),
    of("person"),
    Column("until", Moment, nullable=False),
    UniqueConstraint("person_id"),
)
