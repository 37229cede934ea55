"""What a phone shows, held over everything a hub has sent (conversations.md §0.4)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from bot.sandbox.journal import Journal
from bot.views.toasts import LIMIT

WIDTHS = {1: 34, 2: 20, 3: 13, 4: 9, 5: 7}
"""Characters on a button, by the number of buttons in its row."""
CARD_ROWS = 3
BUTTONS = 10
CALENDARS = ("m1.pd.", "d1.ext.")
"""Days to choose from: the one keyboard above ten (§2.5)."""


def complaints_of_keyboard(rows: Iterable[Iterable[tuple[str, str]]]) -> list[str]:
    """What does not fit in a keyboard of (text, callback data)."""
    shown = [list(row) for row in rows]
    found = [
        f"«{text}»: {len(text)} characters, {len(row)} in a row"
        for row in shown
        for text, _data in row
        if len(text) > WIDTHS.get(len(row), 0)
    ]
    every = [data for row in shown for _text, data in row]
    if any(data.startswith("s1.") for data in every) and len(shown) > CARD_ROWS:
        found.append(f"{len(shown)} rows on a card: {every}")
    if len(every) > BUTTONS and not any(data.startswith(CALENDARS) for data in every):
        found.append(f"{len(every)} buttons: {every}")
    return found


def complaints(journal: Journal) -> list[str]:
    """Every keyboard and toast of a run that a phone would cut."""
    found: list[str] = []
    for entry in journal.entries:
        found += complaints_of_keyboard(_rows(entry.params.get("reply_markup")))
        if entry.method == "answerCallbackQuery":
            text = str(entry.params.get("text") or "")
            found += [f"toast «{text}»"] if len(text) > LIMIT else []
    return sorted(set(found))


def _rows(markup: Any) -> list[list[tuple[str, str]]]:
    found = json.loads(markup) if isinstance(markup, str) else markup or {}
    rows = found.get("inline_keyboard", [])
    return [[(b["text"], b.get("callback_data") or "") for b in row] for row in rows]
