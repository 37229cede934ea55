"""Every table. A column's name is the field's name in services.model (storage/mapping pairs them).

Primary keys come from the application (storage/ids), so that writes can be buffered.
"""

from storage.tables.appeals import (
    answers,
    appeals,
    attachments,
    clocks,
    event_texts,
    events,
    ratings,
    utterances,
)
from storage.tables.base import metadata
from storage.tables.decisions import decisions
from storage.tables.people import (
    accounts,
    chats,
    dialogs,
    drafts,
    erasures,
    grants,
    invites,
    people,
)
from storage.tables.queues import (
    daily_facts,
    directory_versions,
    id_blocks,
    inbox,
    job_runs,
    outbox,
    posted,
)

__all__ = [
    "accounts",
    "answers",
    "appeals",
    "attachments",
    "chats",
    "clocks",
    "daily_facts",
    "decisions",
    "dialogs",
    "directory_versions",
    "drafts",
    "erasures",
    "event_texts",
    "events",
    "grants",
    "id_blocks",
    "inbox",
    "invites",
    "job_runs",
    "metadata",
    "outbox",
    "people",
    "posted",
    "ratings",
    "utterances",
]
