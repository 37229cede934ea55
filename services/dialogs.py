"""The open question of a person in a chat: one row, answered by his next message."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from services.desk import Desk
from services.model import Dialog, PersonId

ADD = "add"
REST = "rest"
COMMENT = "comment"
WORDS = "words"
"""«Что на фото?» of services/wordless."""
FINAL_REASON = "final_reason"
"""Why a second return ends as it does: the head of МЦУ is asked."""
CALL = "call"
"""The form of /new, which the duty officer fills in (services/calls)."""
PLACE = "place"
"""«Где это?» of services/place_questions."""
DISPUTE = "dispute"
"""Why a dispute ends as it does: the head of МЦУ is asked."""
TERMINATE = "terminate"
"""Why a case is ended: the head of МЦУ is asked."""
AWAY = "away"
"""Until what day somebody is away."""
UNCLEAR = "unclear"
OF_STAFF = frozenset({FINAL_REASON, DISPUTE, TERMINATE, AWAY, CALL})
"""Questions that no citizen answers: whoever has lost his role since writes as a citizen."""
LIFE = timedelta(minutes=30)


async def ask(
    desk: Desk,
    person_id: PersonId,
    chat: str,
    step: str,
    *,
    life: timedelta = LIFE,
    **data: Any,
) -> None:
    """Open a question; it takes the place of the one before."""
    expires = desk.now + life
    found = await desk.uow.people.dialog(person_id, chat)
    if found is not None:
        desk.uow.put(replace(found, step=step, data=data, expires_at=expires))
        return
    desk.uow.add(Dialog(desk.uow.new_id(Dialog), person_id, chat, step, data, expires))


async def current(desk: Desk, person_id: PersonId, chat: str) -> Dialog | None:
    """The question that is open now."""
    found = await desk.uow.people.dialog(person_id, chat)
    return found if found is not None and found.step and found.expires_at > desk.now else None


async def close(desk: Desk, person_id: PersonId, chat: str) -> None:
    """Nothing is asked any more."""
    found = await desk.uow.people.dialog(person_id, chat)
    if found is not None and found.step:
        desk.uow.put(replace(found, step="", data={}))
