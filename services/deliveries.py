"""How the messages of a case fared, for whoever reads its history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from services.model import Appeal

if TYPE_CHECKING:
    from storage.outbox import OutboxRow


class Fate(StrEnum):
    """What became of a message."""

    ARRIVED = "arrived"
    ON_ITS_WAY = "on_its_way"
    LATER = "later"
    """Its time has not come: quiet hours, a chat that can't be written to."""
    LOST = "lost"
    LEFT = "left"
    """Lost, and somebody decided to leave it."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One message, with all its edits."""

    at: datetime
    """When it was first written."""
    kind: str
    to_citizen: bool
    channel: str
    chat_id: str
    fate: Fate
    error: str | None
    due: datetime
    """Of one that comes later: when."""


_ENDED = {"sent": Fate.ARRIVED, "sending": Fate.ON_ITS_WAY, "dead": Fate.LOST}


def told(
    rows: Iterable[OutboxRow], appeal: Appeal, *, now: datetime, until: datetime
) -> list[Delivery]:
    """Messages first written by `until`, the oldest first: every one to the citizen, and those to
    others that have not arrived. Edits of a message are one with it: the newest says how it is.
    """
    messages: dict[object, list[tuple[OutboxRow, Fate]]] = {}
    for row in sorted(rows, key=lambda row: row.id):
        fate = _fate(row, now)
        if fate is not None and row.created_at <= until:
            messages.setdefault((row.anchor, row.chat_id) if row.anchor else row.id, []).append(
                (row, fate)
            )
    found = [_as_one(versions, appeal) for versions in messages.values()]
    return [d for d in found if d.to_citizen or d.fate is not Fate.ARRIVED]


def _as_one(versions: list[tuple[OutboxRow, Fate]], appeal: Appeal) -> Delivery:
    (first, _fate_then), (last, fate) = versions[0], versions[-1]
    return Delivery(
        at=first.created_at,
        kind=last.kind,
        to_citizen=(last.channel, last.chat_id) == (appeal.channel, appeal.chat_id),
        channel=last.channel,
        chat_id=last.chat_id,
        fate=fate,
        error=last.error,
        due=last.not_before,
    )


def _fate(row: OutboxRow, now: datetime) -> Fate | None:
    """None: nothing was to be said any more."""
    if row.state == "queued":
        return Fate.LATER if row.not_before > now else Fate.ON_ITS_WAY
    if row.state == "dropped":
        # Somebody has seen to it; what a newer one replaced was never missed.
        return Fate.LEFT if row.error and (row.sent_at or row.error == "withdrawn") else None
    return _ENDED.get(row.state)
