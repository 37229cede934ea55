"""Messages on the screens, queues, jobs, keys, daily facts."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    Float,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from storage.tables.base import CHANNEL, OUTSIDE_ID, key, metadata, of
from storage.types import Moment

posted = Table(
    "posted",
    metadata,
    key(),
    Column("channel", CHANNEL, nullable=False),
    Column("chat_id", OUTSIDE_ID, nullable=False),
    Column("external_id", OUTSIDE_ID, nullable=False),
    Column("kind", String(24), nullable=False),
    of("appeal", nullable=True),
    of("person", nullable=True, name="owner_id"),
    Column("anchor", String(96), unique=True),
    Column("data", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    Column("thread", OUTSIDE_ID),
    UniqueConstraint("channel", "chat_id", "external_id"),
    Index(None, "appeal_id"),
    Index(None, "kind", "at"),
)

# --- queues, jobs, numbers ---

inbox = Table(
    "inbox",
    metadata,
    Column("serial", BigInteger, primary_key=True, autoincrement=False),
    Column("channel", CHANNEL, nullable=False),
    Column("bot_id", OUTSIDE_ID, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat_key", OUTSIDE_ID, nullable=False),
    Column("payload", JSON),
    Column("group_key", OUTSIDE_ID),
    # Technical moments are real seconds since the epoch: business time may be moved or frozen.
    Column("received_at", Float, nullable=False),
    Column("ready_at", Float, nullable=False),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("run", String(32)),
    Column("error", Text),
    Column("done_at", Float),
    UniqueConstraint("channel", "bot_id", "update_id"),
    Index(
        "ix_inbox_open",
        "chat_key",
        "serial",
        sqlite_where=text("state = 'new'"),
        postgresql_where=text("state = 'new'"),
    ),
    Index(
        "ix_inbox_new",
        "serial",
        sqlite_where=text("state = 'new'"),
        postgresql_where=text("state = 'new'"),
    ),
    Index("ix_inbox_group_key", "group_key"),
    Index("ix_inbox_done_at", "done_at"),
    Index(
        "ix_inbox_parked",
        "serial",
        sqlite_where=text("state = 'parked'"),
        postgresql_where=text("state = 'parked'"),
    ),
    Index(
        "ix_inbox_filled",
        "done_at",
        sqlite_where=text("state = 'done' AND payload IS NOT NULL"),
        postgresql_where=text("state = 'done' AND payload IS NOT NULL"),
    ),
)

outbox = Table(
    "outbox",
    metadata,
    key(),
    Column("kind", String(24), nullable=False),
    Column("channel", CHANNEL, nullable=False),
    Column("chat_id", OUTSIDE_ID, nullable=False),
    Column("person_id", BigInteger),
    Column("appeal_id", BigInteger),
    Column("anchor", String(96)),
    Column("ref", JSON, nullable=False),
    Column("priority", Integer, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("dedup_key", String(128), unique=True),
    Column("coalesce_key", String(96)),
    Column("state", String(8), nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("run", String(32)),
    Column("external_id", OUTSIDE_ID),
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    # Real seconds since the epoch: what the messenger counts when it limits our pace.
    Column("sent_clock", Float),
    # Whose turn it is: storage/turns.py.
    Column("lane", Integer, nullable=False, server_default="0"),
    Column("rank", Float, nullable=False, server_default="0"),
    Index(
        "ix_outbox_sent_clock",
        "sent_clock",
        sqlite_where=text("sent_clock IS NOT NULL"),
        postgresql_where=text("sent_clock IS NOT NULL"),
    ),
    Index(
        "ix_outbox_lane",
        "lane",
        "channel",
        "chat_id",
        "id",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    Index(
        "ix_outbox_rank",
        "lane",
        "rank",
        "id",
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    # An unsent edit of a card renders the newest state anyway: one queued row is enough.
    Index(
        "uq_outbox_coalesce",
        "coalesce_key",
        unique=True,
        sqlite_where=text("state = 'queued'"),
        postgresql_where=text("state = 'queued'"),
    ),
    Index("ix_outbox_appeal_id", "appeal_id"),
    Index(
        "ix_outbox_sending",
        "id",
        sqlite_where=text("state = 'sending'"),
        postgresql_where=text("state = 'sending'"),
    ),
    Index(
        "ix_outbox_failed",
        "person_id",
        sqlite_where=text("error IS NOT NULL"),
        postgresql_where=text("error IS NOT NULL"),
    ),
    Index(
        "ix_outbox_caseless",
        "chat_id",
        sqlite_where=text("appeal_id IS NULL"),
        postgresql_where=text("appeal_id IS NULL"),
    ),
    Index(
        "ix_outbox_dead",
        "person_id",
        sqlite_where=text("state = 'dead'"),
        postgresql_where=text("state = 'dead'"),
    ),
)

leases = Table(
    "leases",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("holder", String(32), nullable=False),
    # Real seconds since the epoch by the database's clock.
    Column("until", Float, nullable=False),
)

job_runs = Table(
    "job_runs",
    metadata,
    key(),
    Column("job", String(32), nullable=False),
    Column("fired_at", Moment, nullable=False),
    Column("ran_at", Moment, nullable=False),
    UniqueConstraint("job", "fired_at"),
    Index(None, "ran_at"),
)

directory_versions = Table(
    "directory_versions",
    metadata,
    key(),
    Column("document", JSON, nullable=False),
    Column("source", String(255), nullable=False),
    Column("loaded_at", Moment, nullable=False),
)

id_blocks = Table(
    "id_blocks",
    metadata,
    Column("name", String(32), primary_key=True),
    Column("next", BigInteger, nullable=False),
)

daily_facts = Table(
    "daily_facts",
    metadata,
    # The municipality's local day as yyyymmdd.
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("block", String(16), primary_key=True),
    Column("measure", String(24), primary_key=True),
    Column("value", BigInteger, nullable=False),
)
