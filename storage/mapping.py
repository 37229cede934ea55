"""Which value of services.model lives in which table."""

from __future__ import annotations

from dataclasses import fields
from enum import Enum
from typing import Any

from sqlalchemy import Table

from services import model
from storage import tables


class Mode(Enum):
    """How a buffered row meets the table."""

    INSERT = "insert"
    SKIP = "skip"
    """Insert, unless a unique key is taken."""
    COALESCE = "coalesce"
    """Insert, or hold on to the queued row that has the key already until the transaction ends."""
    SUM = "sum"
    """Insert, or add `value` to the row that is there."""
    UPDATE = "update"
    DELETE = "delete"


TABLES: dict[type[Any], Table] = {
    model.Person: tables.people,
    model.Account: tables.accounts,
    model.Grant: tables.grants,
    model.Invite: tables.invites,
    model.Chat: tables.chats,
    model.Draft: tables.drafts,
    model.Erasure: tables.erasures,
    model.Dialog: tables.dialogs,
    model.Appeal: tables.appeals,
    model.Utterance: tables.utterances,
    model.Attachment: tables.attachments,
    model.Event: tables.events,
    model.EventText: tables.event_texts,
    model.Clock: tables.clocks,
    model.Answer: tables.answers,
    model.Rating: tables.ratings,
    model.Posted: tables.posted,
    model.JobRun: tables.job_runs,
    model.DirectoryVersion: tables.directory_versions,
    model.Decision: tables.decisions,
    model.Problem: tables.problems,
    model.Shift: tables.shifts,
    model.Alarm: tables.alarms,
    model.Snooze: tables.snoozes,
    model.ErrorRecord: tables.error_records,
    model.Contact: tables.contacts,
    model.Label: tables.labels,
    model.DoomedFile: tables.doomed_files,
}

FIELDS: dict[type[Any], tuple[str, ...]] = {
    kind: tuple(f.name for f in fields(kind)) for kind in TABLES
}


def to_row(entity: Any) -> dict[str, Any]:
    """The entity's fields by column name."""
    return {name: getattr(entity, name) for name in FIELDS[type(entity)]}
