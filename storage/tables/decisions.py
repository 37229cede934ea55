"""Questions to those above a department."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, String, Table

from services.model import Matter, Role
from storage.tables.base import key, metadata, of
from storage.types import Moment, Word

decisions = Table(
    "decisions",
    metadata,
    key(),
    Column("matter", Word(Matter), nullable=False),
    of("appeal"),
    Column("role", Word(Role), nullable=False),
    Column("block", String(16)),
    of("person", nullable=True, name="asked_by"),
    Column("asked_at", Moment, nullable=False),
    Column("data", JSON, nullable=False),
    of("person", nullable=True, name="decided_by"),
    Column("decided_at", Moment),
    Column("verdict", String(32)),
    Index(None, "appeal_id"),
    Index(None, "verdict", "asked_at"),
)
