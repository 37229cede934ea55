"""Shifts of the duty people, and emergencies that call them."""

from __future__ import annotations

from sqlalchemy import JSON, Column, Index, Integer, String, Table, Text

from storage.tables.base import CHANNEL, OUTSIDE_ID, key, metadata, of
from storage.types import Moment

shifts = Table(
    "shifts",
    metadata,
    key(),
    of("person"),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    Index(None, "until", "person_id"),
)

alarms = Table(
    "alarms",
    metadata,
    key(),
    of("appeal", nullable=True),
    of("person", name="author_id"),
    Column("channel", CHANNEL, nullable=False),
    Column("chat_id", OUTSIDE_ID, nullable=False),
    Column("text", Text, nullable=False),
    Column("place", String(255)),
    Column("raised_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("called", JSON, nullable=False),
    Column("calls", Integer, nullable=False),
    Column("called_at", Moment, nullable=False),
    Column("escalated_at", Moment),
    of("person", nullable=True, name="accepted_by"),
    Column("accepted_at", Moment),
    Column("point", JSON),
    Column("over_at", Moment),
    Index(None, "appeal_id"),
    Index(None, "author_id"),
    Index(None, "accepted_at", "over_at", "called_at"),
)
