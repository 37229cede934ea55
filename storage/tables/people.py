"""Persons, accounts, roles, invitations, chats, drafts, open questions."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Index,
    Integer,
    String,
    Table,
    UniqueConstraint,
    false,
    text,
)

from services.model import Purpose, Role
from storage.tables.base import CHANNEL, OUTSIDE_ID, key, metadata, of
from storage.types import Moment, Word

people = Table(
    "people",
    metadata,
    key(),
    Column("first_name", String(64), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("consent_version", Integer),
    Column("consent_at", Moment),
    Column("created_at", Moment, nullable=False),
    Column("forget_when_closed", Boolean, nullable=False, server_default=false()),
    Index(
        "ix_people_forget",
        "id",
        sqlite_where=text("forget_when_closed"),
        postgresql_where=text("forget_when_closed"),
    ),
)

accounts = Table(
    "accounts",
    metadata,
    key(),
    Column("channel", CHANNEL, nullable=False),
    Column("external_id", OUTSIDE_ID, nullable=False),
    of("person"),
    Column("started", Boolean, nullable=False),
    Column("unreachable_at", Moment),
    UniqueConstraint("channel", "external_id"),
    Index(None, "person_id"),
)

grants = Table(
    "grants",
    metadata,
    key(),
    of("person"),
    Column("role", Word(Role), nullable=False),
    Column("scope", String(16), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    of("person", nullable=True, name="granted_by"),
    Column("act", String(64)),
    of("person", nullable=True, name="on_behalf_of"),
    Index(None, "person_id"),
    Index(None, "role", "scope"),
)

invites = Table(
    "invites",
    metadata,
    key(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("role", Word(Role), nullable=False),
    Column("scope", String(16), nullable=False),
    of("person", nullable=True, name="created_by"),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    of("person", nullable=True, name="used_by"),
    Column("used_at", Moment),
    Column("until", Moment),
    Column("act", String(64)),
)

chats = Table(
    "chats",
    metadata,
    key(),
    Column("channel", CHANNEL, nullable=False),
    Column("external_id", OUTSIDE_ID, nullable=False),
    Column("purpose", Word(Purpose), nullable=False),
    Column("block", String(16)),
    Column("title", String(255), nullable=False),
    of("person", nullable=True, name="bound_by"),
    Column("bound_at", Moment, nullable=False),
    Column("missing", JSON),
    Column("topics", JSON),
    UniqueConstraint("channel", "external_id"),
)

drafts = Table(
    "drafts",
    metadata,
    key(),
    of("person"),
    Column("channel", CHANNEL, nullable=False),
    Column("chat_id", OUTSIDE_ID, nullable=False),
    Column("content", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("alerted", Boolean, nullable=False),
    Column("ready_at", Moment),
    Index(None, "person_id"),
    Index(None, "received_at"),
    Index(None, "ready_at"),
)

dialogs = Table(
    "dialogs",
    metadata,
    key(),
    of("person"),
    Column("chat_id", OUTSIDE_ID, nullable=False),
    Column("step", String(32), nullable=False),
    Column("data", JSON, nullable=False),
    Column("expires_at", Moment, nullable=False),
    UniqueConstraint("person_id", "chat_id"),
)

erasures = Table(
    "erasures",
    metadata,
    key(),
    of("person"),
    Column("at", Moment, nullable=False),
    Column("appeals", Integer, nullable=False),
)
