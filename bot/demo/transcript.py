"""The story of the day on stdout: a line per step, a heading when the town's time moves."""

from __future__ import annotations

import sys
from datetime import datetime
from typing import TextIO
from zoneinfo import ZoneInfo

ZONE = ZoneInfo("Europe/Moscow")
QUOTE = 110
"""Characters of somebody's words that a line shows."""
SHOWN = 3
"""Lines of routine steps before the rest is only counted."""
_ROUTINE = ("«/invite", "«/bind", "открывает бота", "[Даю согласие]")
_BOLD, _DIM, _RED, _PLAIN = "\033[1m", "\033[2m", "\033[31m", "\033[0m"
_WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")


def short(text: str, limit: int = QUOTE) -> str:
    """Somebody's words in one line, cut."""
    line = " ".join(text.split())
    return line if len(line) <= limit else line[: limit - 1].rstrip() + "…"


class Transcript:
    """Writes the story; colours only for a terminal."""

    def __init__(self, out: TextIO | None = None) -> None:
        self._out = out or sys.stdout
        self._colours = self._out.isatty()
        self._routine, self._times = "", 0
        self.now = ""
        """The part of the day that is being played."""

    def heading(self, moment: datetime, text: str) -> None:
        """A new part of the day."""
        self._end_routine()
        self.now = text
        at = moment.astimezone(ZONE)
        day = f"{_WEEKDAYS[at.weekday()]} {at:%d.%m.%Y}"
        self._line("\n" + self._in(_BOLD, f"{day}, {at:%H:%M} — {text}"))

    def step(self, moment: datetime, who: str, what: str, words: str) -> None:
        """Somebody did something; `words` is what the bot said to it."""
        if self._is_more_of_the_same(what):
            return
        answer = f" → {self._in(_DIM, words)}" if words else ""
        self._line(f"{moment.astimezone(ZONE):%H:%M}  {who}: {what}{answer}")

    def _is_more_of_the_same(self, what: str) -> bool:
        """Invitations, consents and the like: the first few are shown, the rest counted."""
        kind = what.split()[0] if what.startswith(_ROUTINE) else ""
        if kind != self._routine:
            self._end_routine()
            self._routine = kind
        if kind:
            self._times += 1
        return self._times > SHOWN

    def _end_routine(self) -> None:
        if self._times > SHOWN:
            self._line(f"       … и так ещё {self._times - SHOWN}")
        self._routine, self._times = "", 0

    def whole(self, chat: str, text: str) -> None:
        """A message of the bot as it stands in a chat."""
        self._line(f"       ┌ {chat}")
        for line in text.splitlines():
            self._line("       │ " + self._in(_DIM, line))

    def trouble(self, moment: datetime, text: str) -> None:
        """A step that did not happen as scripted."""
        self._line(f"{moment.astimezone(ZONE):%H:%M}  {self._in(_RED, 'НЕ ВЫШЛО')}: {text}")

    def say(self, text: str) -> None:
        """A plain line."""
        self._line(text)

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_PLAIN}" if self._colours else text

    def _line(self, text: str) -> None:
        print(text, file=self._out, flush=True)
