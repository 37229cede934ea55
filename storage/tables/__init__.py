"""Every table. A column's name is the field's name in services.model (storage/mapping pairs them).

Primary keys come from the application (storage/ids), so that writes can be buffered.
"""

from storage.tables.answers import contacts, error_records
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
from storage.tables.duty import alarms, shifts
from storage.tables.files import doomed_files
from storage.tables.labels import labels
from storage.tables.oversight import snoozes
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
from storage.tables.problems import problems
from storage.tables.queues import (
    daily_facts,
    directory_versions,
    id_blocks,
    inbox,
    job_runs,
    leases,
    outbox,
    posted,
)

__all__ = [
    "accounts",
    "alarms",
    "answers",
    "appeals",
    "attachments",
    "chats",
    "clocks",
    "contacts",
    "daily_facts",
    "decisions",
    "dialogs",
    "directory_versions",
    "doomed_files",
    "drafts",
    "erasures",
    "error_records",
    "event_texts",
    "events",
    "grants",
    "id_blocks",
    "inbox",
    "invites",
    "job_runs",
    "labels",
    "leases",
    "metadata",
    "outbox",
    "people",
    "posted",
    "problems",
    "ratings",
    "shifts",
    "snoozes",
    "utterances",
]
