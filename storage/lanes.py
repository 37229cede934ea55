"""Where a notice stands in the outbox: its lane and its rank.

`lane`: 0 waits for its time, 1 is for a person, 2 for a group. `rank` orders a lane, in business
seconds: when it is due in lane 0; in the others when it came there, plus what its priority leaves
to others (services/notices.PATIENCE).
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, case, literal_column

from services.notices import PATIENCE, Notice, is_group
from storage.fixed import fixed
from storage.tables import outbox as t

LATER, PERSON, GROUP = 0, 1, 2
QUEUED: ColumnElement[bool] = t.c.state == fixed("queued")
WAITS: ColumnElement[bool] = t.c.lane == literal_column(str(LATER))
_PATIENCE = {int(priority): seconds for priority, seconds in PATIENCE.items()}


def turn(notice: Notice, now: datetime) -> dict[str, Any]:
    """Lane and rank of a new notice."""
    if notice.not_before > now:
        return {"lane": LATER, "rank": notice.not_before.timestamp()}
    lane = GROUP if is_group(notice.chat_id) else PERSON
    return {"lane": lane, "rank": now.timestamp() + PATIENCE[notice.priority]}


def at_once(now: datetime) -> dict[str, Any]:
    """Lane and rank of what is due from now on, for an update of rows."""
    lane = case((t.c.chat_id.like("-%"), GROUP), else_=PERSON)
    waits = case(_PATIENCE, value=t.c.priority, else_=0.0)
    return {"lane": lane, "rank": waits + now.timestamp()}


def queued_in(channel: str, chat_id: str) -> tuple[ColumnElement[bool], ...]:
    """What waits for a chat."""
    lanes = t.c.lane.in_((LATER, PERSON, GROUP))
    return (QUEUED, lanes, t.c.channel == channel, t.c.chat_id == chat_id)
