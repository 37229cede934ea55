"""A question to a deputy or the head of МЦУ where it stands: brought up to date, added to."""

from __future__ import annotations

from typing import Any

from services.desk import Desk
from services.model import Appeal, Decision, Matter, PersonId, Posted
from services.notices import Kind, Priority
from services.notify.queue import queue


async def decision_everywhere(desk: Desk, decision: Decision) -> None:
    """Bring a question up to date in every private chat where it stands."""
    for posted, reader in await _readers(desk, decision):
        queue(
            desk,
            Kind.DECISION,
            channel=posted.channel,
            chat_id=posted.chat_id,
            person_id=reader,
            appeal_id=decision.appeal_id,
            priority=Priority.EDIT,
            anchor=posted.anchor,
            coalesce=True,
            ref={"decision": decision.id},
        )


async def _readers(desk: Desk, decision: Decision) -> list[tuple[Posted, PersonId | None]]:
    """Where a question stands, and who reads it there; None in the duty chat."""
    found = []
    for posted in await desk.uow.screens.of_appeal(decision.appeal_id, Kind.DECISION):
        if posted.anchor is not None and posted.anchor.startswith(f"decision:{decision.id}:"):
            reader = posted.anchor.rsplit(":", 1)[1]
            found.append((posted, PersonId(int(reader)) if reader.isdecimal() else None))
    return found


async def under_dispute(desk: Desk, appeal: Appeal, kind: Kind, **ref: Any) -> None:
    """What was said since, as a reply to the question wherever it stands; it shows it, too."""
    asked = await desk.uow.decisions.of_appeal(appeal.id, Matter.DISPUTE)
    if not asked or asked[-1].verdict is not None:
        return
    for posted, reader in await _readers(desk, asked[-1]):
        queue(
            desk,
            kind,
            channel=posted.channel,
            chat_id=posted.chat_id,
            person_id=reader,
            appeal_id=appeal.id,
            priority=Priority.REMINDER,
            ref={**ref, "below": posted.anchor},
        )
    await decision_everywhere(desk, asked[-1])
