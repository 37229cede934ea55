"""Mass problems."""

from __future__ import annotations

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text, text

from services.model import ProblemState
from storage.tables.base import key, metadata, of
from storage.types import Moment, Word

problems = Table(
    "problems",
    metadata,
    key(),
    Column("state", Word(ProblemState), nullable=False),
    of("appeal", name="lead_id"),
    Column("topic", String(64), nullable=False),
    Column("place_key", String(96), nullable=False),
    Column("place", String(255), nullable=False),
    Column("opened_at", Moment, nullable=False),
    of("person", nullable=True, name="opened_by"),
    Column("authors", Integer, nullable=False),
    Column("told", Integer, nullable=False),
    Column("cause", Text),
    Column("answer_id", BigInteger),
    Column("centre_id", BigInteger),
    Column("week", Integer, nullable=False, server_default="0"),
    Index(None, "topic", "place_key", "opened_at"),
    Index(None, "lead_id"),
    Index(None, "state", "opened_at"),
    # Partial, so that nothing else of a topic is looked for in it.
    Index(
        "ix_problems_centred",
        "topic",
        "opened_at",
        sqlite_where=text("centre_id IS NOT NULL"),
        postgresql_where=text("centre_id IS NOT NULL"),
    ),
)
