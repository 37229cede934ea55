"""The one way into the outbox: a notice goes out with the transaction that wrote it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from services.desk import Desk
from services.model import AppealId, PersonId
from services.notices import Kind, Notice, Priority


def queue(
    desk: Desk,
    kind: Kind,
    *,
    channel: str,
    chat_id: str,
    person_id: PersonId | None = None,
    appeal_id: AppealId | None = None,
    at: datetime | None = None,
    priority: Priority = Priority.ANSWER,
    key: str | None = None,
    anchor: str | None = None,
    coalesce: bool = False,
    ref: dict[str, Any] | None = None,
) -> None:
    """Queue a notice, not before `at` (now).

    `coalesce`: one unsent notice with this `anchor` is enough, it shows the newest state.
    """
    notice = Notice(
        kind=kind,
        channel=channel,
        chat_id=chat_id,
        person_id=person_id,
        appeal_id=appeal_id,
        not_before=at or desk.now,
        priority=priority,
        anchor=anchor,
        ref=ref or {},
        dedup_key=key,
        coalesce_key=anchor if coalesce else None,
    )
    desk.uow.outbox.add(notice, now=desk.now)
