"""On the third day without a verdict the citizen is asked once more, silently (§1.10)."""

from __future__ import annotations

from datetime import timedelta

from services import feedback, notify
from services.desk import Desk, use_case
from services.model import Answer, Outcome
from services.notices import Kind

DAYS = 3
MOST = 5000
"""Those asked already are looked at again until the week is over."""


@use_case
async def ask(desk: Desk) -> int:
    """Ask about every answer of three days ago that nobody has judged (a job); once each.

    A refusal is not asked about again: it is no matter of marks.
    """
    asked = 0
    found = await desk.uow.appeals.silent_since(desk.now - timedelta(days=DAYS), limit=MOST)
    for appeal in found:
        answer = await desk.uow.get(Answer, appeal.answer_id) if appeal.answer_id else None
        if answer is None or answer.outcome is Outcome.REFUSED:
            continue
        anchor = feedback.again_anchor(answer.id)
        if await desk.uow.screens.anchored(anchor) is not None:
            continue
        asked += 1
        notify.to_citizen(desk, appeal, Kind.ASK_AGAIN, key=anchor, anchor=anchor, answer=answer.id)
    return asked
