"""Menus under a card by name: each is owned by who opened it (services/menus)."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

from bot.views import problems
from bot.views.frame import Frame
from bot.views.media import above
from bot.views.menus import (
    asking,
    dates,
    faults,
    leading,
    moving,
    refusals,
    returns,
    topics,
    triage,
)
from bot.views.rendered import Rendered
from services.model import Appeal
from storage.outbox import OutboxRow

MENUS: dict[str, Callable[[Frame, OutboxRow, Appeal], Awaitable[Rendered]]] = {
    "problem_list": problems.listed,
    "problem_more": leading.more,
    "grounds": refusals.grounds,
    "faults": faults.faults,
    "triage.blocks": triage.blocks,
    "triage.ask": triage.ask,
    "triage.more": triage.more,
    "triage.urgency": triage.urgency,
    "triage.reject": triage.reject,
    "triage.forward": triage.forward,
    "triage.topics": topics.triage_topics,
    "triage.topic_blocks": topics.triage_blocks,
    "topics": topics.topics,
    "return": returns.reasons,
    "return_where": returns.where,
    "dates": dates.dates,
    "move": moving.move,
    "people": moving.people,
    "ask": asking.ask,
    "help": asking.help_,
}


async def menu(frame: Frame, row: OutboxRow) -> Rendered:
    """The page `ref["name"]`, under the card (or the triage card), silent."""
    assert row.appeal_id is not None
    appeal = await frame.uow.need(Appeal, row.appeal_id)
    page = await MENUS[row.ref["name"]](frame, row, appeal)
    anchors = [f"card:{appeal.id}:{row.chat_id}", f"triage:{appeal.id}"]
    if "answer" in row.ref:
        answer = row.ref["answer"]
        anchors = [f"draft:{answer}", f"quality:{answer}:{row.chat_id}", *anchors]
    stands = await above(frame, row, *anchors)
    return replace(page, reply_to=stands, silent=True, owner=row.ref["owner"])
