"""A person who had stopped the bot is back: he is sent what could not reach him meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from services import notify
from services.desk import Desk, use_case
from services.directory import Known
from services.model import Appeal, AppealId, State
from services.notices import Kind
from services.postponing_rules import promise_of

if TYPE_CHECKING:
    from storage.outbox import OutboxRow

_NEWS = (Kind.DECIDED, Kind.FORWARDED, Kind.REJECTED, Kind.TERMINATED, Kind.EXPLAINED)
"""Facts that stay true however the case went on."""
_MISSED = (Kind.ANSWER, Kind.QUESTION, Kind.INTERIM, Kind.MEDIA, *_NEWS)
"""What must not be lost: answers, promised days, decisions, a question that stops the clock."""
_HOLDS_IN = {
    Kind.ANSWER: State.ANSWERED,
    Kind.QUESTION: State.WAITING_CITIZEN,
    Kind.INTERIM: State.POSTPONED,
}
"""The state in which the rest is worth reading."""
_SAID = {Kind.ANSWER: "missed_answer", Kind.QUESTION: "missed_question"}


@use_case
async def catch_up(desk: Desk, known: Known, *, chat: str) -> None:
    """Send again what died because the person was unreachable.

    What he missed is said once, and only when it still holds; the days in which he may rate an
    answer count from now (conversations.md §1.15).
    """
    said: set[int | None] = set()
    for row in await desk.uow.outbox.undelivered(known.person.id, _MISSED):
        await desk.uow.outbox.drop(row.id, error="sent again when the person came back")
        if row.appeal_id is None:
            continue
        appeal = await desk.uow.lock(Appeal, AppealId(row.appeal_id))
        if appeal is None:
            continue
        if row.kind == Kind.MEDIA:
            if _answer(row) in said:
                _repeat(desk, appeal, row)
            continue
        if not await _holds(desk, appeal, row):
            continue
        if row.kind == Kind.ANSWER:
            desk.uow.put(replace(appeal, rated_from=desk.now))
        await notify.card(desk, appeal)
        _say_what(desk, known, appeal, row, chat)
        _repeat(desk, appeal, row)
        said.add(_answer(row))


async def _holds(desk: Desk, appeal: Appeal, row: OutboxRow) -> bool:
    kind = Kind(row.kind)
    if kind in _NEWS:
        return True
    if appeal.state is not _HOLDS_IN[kind]:
        return False
    if kind is Kind.ANSWER:
        return bool(row.ref["answer"] == appeal.answer_id)
    if kind is Kind.INTERIM:
        promise = promise_of(await desk.uow.appeals.answers_of(appeal.id))
        return promise is not None and promise.id == row.ref["answer"]
    return True


def _answer(row: OutboxRow) -> int | None:
    """The version that a notice, or the files under it, is about."""
    return row.ref.get("under") or row.ref.get("answer")


def _say_what(desk: Desk, known: Known, appeal: Appeal, row: OutboxRow, chat: str) -> None:
    text = _SAID.get(Kind(row.kind), "missed_news")
    notify.say(desk, known, text, chat=chat, key=f"missed:{row.id}", number=appeal.id)


def _repeat(desk: Desk, appeal: Appeal, row: OutboxRow) -> None:
    kind = Kind(row.kind)
    notify.to_citizen(desk, appeal, kind, key=f"again:{row.id}", anchor=row.anchor, **row.ref)
