"""Both queues for an operator in a terminal: ids, states and causes, never people's words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.i18n import _
from bot.views.dead_letters import channel_name, notice_word
from bot.views.health import age_word
from bot.views.parked import update_word
from services.notices import is_group
from storage.outbox import OutboxRow
from storage.waiting import Update

_WORDS = frozenset({"type", "status", "mime_type", "data", "media_group_id", "language_code"})
_NUMBERS = frozenset(
    {"update_id", "message_id", "date", "edit_date", "offset", "length"}
    | {"width", "height", "duration", "file_size"}
)
"""What of an update says nothing about anybody."""


def state_word(state: str) -> str:
    """A state of a row of either queue."""
    return {
        "new": _("new"),
        "done": _("done"),
        "parked": _("put aside"),
        "queued": _("waits"),
        "sending": _("being sent"),
        "sent": _("sent"),
        "dropped": _("not sent"),
        "dead": _("not delivered"),
    }.get(state, state)


def line(row: Update | OutboxRow, now: datetime) -> str:
    """One row of a list."""
    return "  ".join(_cells(row, now))


def table(rows: Sequence[Update | OutboxRow], now: datetime) -> str:
    """Rows in columns."""
    cells = [_cells(row, now) for row in rows]
    widths = [max(len(row[n]) for row in cells) for n in range(len(cells[0]))]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        for row in cells
    )
    return "\n".join(line.rstrip() for line in lines)


def _cells(row: Update | OutboxRow, now: datetime) -> list[str]:
    if isinstance(row, Update):
        key, what, error, since = row.serial, update_word(row.what), row.error, _received(row)
        chat = row.chat_key.partition(":")[2]
    else:
        key, what, error = row.id, notice_word(row.kind, row.appeal_id), row.error
        since, chat = row.created_at, row.chat_id
    age = age_word(max(now - since, timedelta()))
    tries = _("tries: {n}", n=row.attempts)
    place = _place(row.channel, chat)
    return [str(key), state_word(row.state), what, place, age, tries, error or ""]


def _received(row: Update) -> datetime:
    return datetime.fromtimestamp(row.received_at, UTC)


def _place(channel: str, chat: str) -> str:
    """A group by its id; of a person only that it is one."""
    where = chat if is_group(chat) else _("a person")
    return f"{channel_name(channel)}, {where}"


def details(row: Update | OutboxRow, now: datetime) -> str:
    """One row in full, with everything that people wrote left out."""
    if isinstance(row, Update):
        inside: Any = masked(row.payload)
    else:
        inside = {
            "kind": row.kind,
            "priority": row.priority,
            "not_before": row.not_before.isoformat(timespec="seconds"),
            "sent_at": row.sent_at and row.sent_at.isoformat(timespec="seconds"),
            "anchor": row.anchor if row.appeal_id else masked(row.anchor),
            "ref": masked(row.ref, numbers=True),
        }
    packed = json.dumps(inside, ensure_ascii=False, indent=2)
    return f"{line(row, now)}\n{packed}"


def masked(value: Any, key: str = "", *, numbers: bool = False) -> Any:
    """A document with words, names, places and ids of people left out; `numbers` are ours."""
    if isinstance(value, dict):
        return {name: masked(inner, name, numbers=numbers) for name, inner in value.items()}
    if isinstance(value, list):
        return [masked(inner, key, numbers=numbers) for inner in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return value if key in _WORDS else f"*** ({len(value)})"
    shown = key in _NUMBERS or (numbers and isinstance(value, int))
    return value if shown else "***"
