"""Every table. A column's name is the field's name in services.model (storage/mapping pairs them).

Primary keys come from the application (storage/ids), so that writes can be buffered.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from services.model import (
    AnswerState,
    ClockState,
    Direction,
    Outcome,
    Purpose,
    Role,
    State,
)
from services.policies import ClockKind, Regime, Urgency
from storage.types import Moment, Word

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

_CHANNEL = String(16)
_OUTSIDE_ID = String(64)


def _key() -> Column[int]:
    return Column("id", BigInteger, primary_key=True, autoincrement=False)


def _of(target: str, *, nullable: bool = False, name: str | None = None) -> Column[int]:
    column = name or f"{target}_id"
    tables = {"person": "people", "appeal": "appeals", "answer": "answers"}
    return Column(column, BigInteger, ForeignKey(f"{tables[target]}.id"), nullable=nullable)


# --- people ---

people = Table(
    "people",
    metadata,
    _key(),
    Column("first_name", String(64), nullable=False),
    Column("locale", String(8), nullable=False),
    Column("consent_version", Integer),
    Column("consent_at", Moment),
    Column("created_at", Moment, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    _key(),
    Column("channel", _CHANNEL, nullable=False),
    Column("external_id", _OUTSIDE_ID, nullable=False),
    _of("person"),
    Column("started", Boolean, nullable=False),
    Column("unreachable_at", Moment),
    UniqueConstraint("channel", "external_id"),
    Index(None, "person_id"),
)

grants = Table(
    "grants",
    metadata,
    _key(),
    _of("person"),
    Column("role", Word(Role), nullable=False),
    Column("scope", String(16), nullable=False),
    Column("since", Moment, nullable=False),
    Column("until", Moment),
    _of("person", nullable=True, name="granted_by"),
    Index(None, "person_id"),
    Index(None, "role", "scope"),
)

invites = Table(
    "invites",
    metadata,
    _key(),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("role", Word(Role), nullable=False),
    Column("scope", String(16), nullable=False),
    _of("person", nullable=True, name="created_by"),
    Column("created_at", Moment, nullable=False),
    Column("expires_at", Moment, nullable=False),
    _of("person", nullable=True, name="used_by"),
    Column("used_at", Moment),
)

chats = Table(
    "chats",
    metadata,
    _key(),
    Column("channel", _CHANNEL, nullable=False),
    Column("external_id", _OUTSIDE_ID, nullable=False),
    Column("purpose", Word(Purpose), nullable=False),
    Column("block", String(16)),
    Column("title", String(255), nullable=False),
    _of("person", nullable=True, name="bound_by"),
    Column("bound_at", Moment, nullable=False),
    UniqueConstraint("channel", "external_id"),
)

drafts = Table(
    "drafts",
    metadata,
    _key(),
    _of("person"),
    Column("channel", _CHANNEL, nullable=False),
    Column("chat_id", _OUTSIDE_ID, nullable=False),
    Column("content", JSON, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("alerted", Boolean, nullable=False),
    Index(None, "person_id"),
    Index(None, "received_at"),
)

dialogs = Table(
    "dialogs",
    metadata,
    _key(),
    _of("person"),
    Column("chat_id", _OUTSIDE_ID, nullable=False),
    Column("step", String(32), nullable=False),
    Column("data", JSON, nullable=False),
    Column("expires_at", Moment, nullable=False),
    UniqueConstraint("person_id", "chat_id"),
)

# --- appeals ---

appeals = Table(
    "appeals",
    metadata,
    _key(),
    _of("person"),
    Column("channel", _CHANNEL, nullable=False),
    Column("chat_id", _OUTSIDE_ID, nullable=False),
    Column("regime", Word(Regime), nullable=False),
    Column("state", Word(State), nullable=False),
    Column("urgency", Word(Urgency), nullable=False),
    Column("topic", String(64)),
    Column("block", String(16)),
    Column("essence", String(255), nullable=False),
    Column("text", Text, nullable=False),
    Column("place", String(255)),
    Column("territory", String(32)),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("confidence", Float, nullable=False),
    Column("reason", JSON, nullable=False),
    Column("candidates", JSON, nullable=False),
    Column("policy", String(16), nullable=False),
    Column("policy_version", Integer, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("registered_at", Moment, nullable=False),
    _of("person", nullable=True, name="holder_id"),
    Column("taken_at", Moment),
    Column("came_from", Word(State)),
    Column("reopened", Integer, nullable=False),
    Column("returns", Integer, nullable=False),
    Column("check_returns", Integer, nullable=False),
    _of("appeal", nullable=True, name="parent_id"),
    Column("outcome", Word(Outcome)),
    Column("answer_id", BigInteger),
    Column("answered_at", Moment),
    Column("closed_at", Moment),
    Column("attachments", Integer, nullable=False),
    Column("event_seq", Integer, nullable=False),
    Column("chain_head", String(64), nullable=False),
    Index(None, "person_id", "id"),
    Index(None, "state", "answered_at"),
    Index(None, "block", "state"),
)

utterances = Table(
    "utterances",
    metadata,
    _key(),
    _of("appeal"),
    _of("person", nullable=True, name="author_id"),
    Column("direction", Word(Direction), nullable=False),
    Column("text", Text, nullable=False),
    Column("masked", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("channel", _CHANNEL, nullable=False),
    Column("chat_id", _OUTSIDE_ID, nullable=False),
    Column("external_id", _OUTSIDE_ID),
    Index(None, "appeal_id", "id"),
)

attachments = Table(
    "attachments",
    metadata,
    _key(),
    _of("appeal"),
    Column("utterance_id", BigInteger, ForeignKey("utterances.id")),
    _of("answer", nullable=True),
    Column("kind", String(16), nullable=False),
    Column("file_id", String(255), nullable=False),
    Column("size", BigInteger),
    Index(None, "appeal_id"),
    Index(None, "answer_id"),
)

events = Table(
    "events",
    metadata,
    _key(),
    _of("appeal"),
    Column("seq", Integer, nullable=False),
    Column("action", String(24), nullable=False),
    _of("person", nullable=True, name="actor_id"),
    Column("role", Word(Role), nullable=False),
    Column("source", Word(State)),
    Column("target", Word(State), nullable=False),
    Column("code", String(32)),
    Column("at", Moment, nullable=False),
    Column("channel", _CHANNEL, nullable=False),
    Column("policy", String(16), nullable=False),
    Column("policy_version", Integer, nullable=False),
    Column("text_hash", String(64)),
    Column("previous", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
    UniqueConstraint("appeal_id", "seq"),
)

event_texts = Table(
    "event_texts",
    metadata,
    Column("id", BigInteger, ForeignKey("events.id"), primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("salt", String(32), nullable=False),
)

clocks = Table(
    "clocks",
    metadata,
    _key(),
    _of("appeal"),
    Column("kind", Word(ClockKind), nullable=False),
    Column("state", Word(ClockState), nullable=False),
    Column("span", String(16), nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("due_at", Moment, nullable=False),
    Column("paused_at", Moment),
    Column("stopped_at", Moment),
    Column("halved", Boolean, nullable=False),
    Column("policy", String(16), nullable=False),
    Column("policy_version", Integer, nullable=False),
    Column("steps", JSON, nullable=False),
    Column("next_at", Moment),
    Index(None, "appeal_id"),
    Index(None, "next_at"),
    Index(None, "state", "due_at"),
)

answers = Table(
    "answers",
    metadata,
    _key(),
    _of("appeal"),
    _of("person", name="author_id"),
    Column("text", Text, nullable=False),
    Column("outcome", Word(Outcome), nullable=False),
    Column("state", Word(AnswerState), nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("submitted_at", Moment),
    _of("person", nullable=True, name="checker_id"),
    Column("checked_at", Moment),
    Column("remark", Text),
    Column("photos", Integer, nullable=False),
    Index(None, "appeal_id", "id"),
)

ratings = Table(
    "ratings",
    metadata,
    _key(),
    _of("appeal"),
    Column("answer_id", BigInteger, ForeignKey("answers.id"), nullable=False, unique=True),
    _of("person"),
    Column("verdict", String(1), nullable=False),
    Column("mark", Integer),
    Column("reason", String(16)),
    Column("comment", Text),
    Column("at", Moment, nullable=False),
    Index(None, "appeal_id"),
    Index(None, "at"),
)

# --- what is on the screens ---

posted = Table(
    "posted",
    metadata,
    _key(),
    Column("channel", _CHANNEL, nullable=False),
    Column("chat_id", _OUTSIDE_ID, nullable=False),
    Column("external_id", _OUTSIDE_ID, nullable=False),
    Column("kind", String(24), nullable=False),
    _of("appeal", nullable=True),
    _of("person", nullable=True, name="owner_id"),
    Column("anchor", String(96), unique=True),
    Column("data", JSON, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Moment, nullable=False),
    UniqueConstraint("channel", "chat_id", "external_id"),
    Index(None, "appeal_id"),
)

# --- queues, jobs, numbers ---

inbox = Table(
    "inbox",
    metadata,
    Column("serial", BigInteger, primary_key=True, autoincrement=False),
    Column("channel", _CHANNEL, nullable=False),
    Column("bot_id", _OUTSIDE_ID, nullable=False),
    Column("update_id", BigInteger, nullable=False),
    Column("chat_key", _OUTSIDE_ID, nullable=False),
    Column("payload", JSON),
    Column("group_key", _OUTSIDE_ID),
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
    Index("ix_inbox_group_key", "group_key"),
    Index("ix_inbox_done_at", "done_at"),
)

outbox = Table(
    "outbox",
    metadata,
    _key(),
    Column("kind", String(24), nullable=False),
    Column("channel", _CHANNEL, nullable=False),
    Column("chat_id", _OUTSIDE_ID, nullable=False),
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
    Column("external_id", _OUTSIDE_ID),
    Column("error", Text),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Index(
        "ix_outbox_queued",
        "channel",
        "chat_id",
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
)

job_runs = Table(
    "job_runs",
    metadata,
    _key(),
    Column("job", String(32), nullable=False),
    Column("fired_at", Moment, nullable=False),
    Column("ran_at", Moment, nullable=False),
    UniqueConstraint("job", "fired_at"),
)

directory_versions = Table(
    "directory_versions",
    metadata,
    _key(),
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
