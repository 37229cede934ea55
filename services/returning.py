"""A person who had stopped the bot is back: he is sent what could not reach him meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from services import notify
from services.desk import Desk, use_case
from services.directory import Known
from services.model import Appeal, AppealId, State
from services.notices import Kind

_MISSED = (Kind.ANSWER, Kind.QUESTION)
"""What must not be lost: an answer, a question that stops the clock."""


@use_case
async def catch_up(desk: Desk, known: Known, *, chat: str) -> int:
    """Send again what died because the person was unreachable; returns how many.

    What he missed is said once, and only when it still holds; the days in which he may rate an
    answer count from now (conversations.md §1.15).
    """
    sent = 0
    for row in await desk.uow.outbox.undelivered(known.person.id, _MISSED):
        await desk.uow.outbox.drop(row.id, error="sent again when the person came back")
        if row.appeal_id is None:
            continue
        appeal = await desk.uow.lock(Appeal, AppealId(row.appeal_id))
        if appeal is None or appeal.state not in (State.ANSWERED, State.WAITING_CITIZEN):
            continue
        if row.kind == Kind.ANSWER:
            if appeal.state is not State.ANSWERED or row.ref["answer"] != appeal.answer_id:
                continue
            desk.uow.put(replace(appeal, rated_from=desk.now))
        elif appeal.state is not State.WAITING_CITIZEN:
            continue
        sent += 1
        await notify.card(desk, appeal)
        _again(desk, known, appeal, Kind(row.kind), row.id, row.ref, chat)
    return sent


def _again(
    desk: Desk,
    known: Known,
    appeal: Appeal,
    kind: Kind,
    row: int,
    ref: dict[str, Any],
    chat: str,
) -> None:
    text = "missed_answer" if kind is Kind.ANSWER else "missed_question"
    channel = known.account.channel
    notify.plain(
        desk,
        known.person,
        channel=channel,
        chat_id=chat,
        text=text,
        key=f"missed:{row}",
        number=appeal.id,
    )
    anchor = f"answer:{ref['answer']}" if kind is Kind.ANSWER else None
    notify.to_citizen(desk, appeal, kind, key=f"again:{row}", anchor=anchor, **ref)
    if kind is Kind.ANSWER:
        notify.to_citizen(desk, appeal, Kind.MEDIA, key=f"again_media:{row}", answer=ref["answer"])
