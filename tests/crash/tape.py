"""The whole of what the sandbox was asked for: its own journal forgets the oldest."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.journal import Entry, Journal

DROPPED = "but the answer was dropped"
_PLACES = re.compile(r"messages? (\d+(?:, \d+)*) (?:edited )?in (-?\d+)")


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that people see from now on: sent, or edited."""

    seq: int
    at: float
    """When the tape had it, in seconds of the machine."""
    chat: int
    message: int
    text: str
    buttons: tuple[str, ...]
    """The data of each."""
    edited: bool
    dropped: bool
    """The hub never heard that it went."""

    def button(self, beginning: str) -> str | None:
        """The data of the button that begins so."""
        return next((data for data in self.buttons if data.startswith(beginning)), None)


class Tape:
    """Copies the journal entry by entry, and knows what each has shown to people."""

    def __init__(self, journal: Journal) -> None:
        self._journal = journal
        self.seq = 0
        self.shown: list[Shown] = []
        self.refused: dict[str, int] = {}
        """Errors by what was answered; injected ones among them."""

    def catch_up(self, now: float) -> list[Shown]:
        """What was shown since the last look."""
        fresh: list[Shown] = []
        for entry in self._new():
            if not entry.ok:
                key = f"{entry.error_code} {entry.method}"
                self.refused[key] = self.refused.get(key, 0) + 1
            fresh += _shown(entry, now)
        self.shown += fresh
        return fresh

    def _new(self) -> list[Entry]:
        entries = self._journal.entries
        if not entries or entries[-1].seq == self.seq:
            return []
        missed = entries[-1].seq - self.seq
        if missed > len(entries):
            raise RuntimeError("the journal has forgotten what was not copied yet")
        self.seq = entries[-1].seq
        return entries[-missed:]


def _shown(entry: Entry, now: float) -> Iterator[Shown]:
    acts = entry.ok and entry.method.startswith(("send", "edit"))
    found = _PLACES.match(entry.effect) if acts else None
    if found is None:
        return
    for number in found[1].split(", "):
        yield Shown(
            seq=entry.seq,
            at=now,
            chat=int(found[2]),
            message=int(number),
            text=str(entry.params.get("text") or entry.params.get("caption") or ""),
            buttons=tuple(_data(entry.params.get("reply_markup"))),
            edited=entry.method.startswith("edit"),
            dropped=DROPPED in entry.effect,
        )


def _data(markup: Any) -> Iterator[str]:
    for row in (markup or {}).get("inline_keyboard", []):
        yield from (b["callback_data"] for b in row if "callback_data" in b)
