"""How far long work has come: a line on the error stream, not more often than once in 2 seconds."""

from __future__ import annotations

import sys
from time import monotonic

EVERY = 2.0
_UNITS = ("B", "KB", "MB", "GB", "TB")


def size(number: float) -> str:
    """«12.3 MB»."""
    unit = 0
    while number >= 1000 and unit < len(_UNITS) - 1:
        number, unit = number / 1000, unit + 1
    return f"{number:.0f} {_UNITS[unit]}" if unit == 0 else f"{number:.1f} {_UNITS[unit]}"


class Progress:
    """One piece of long work; `said` is a whole phrase in the reader's language."""

    def __init__(self, said: str) -> None:
        self._said = said
        self._spoken = monotonic()

    def at(self, done: float, whole: float | None = None) -> None:
        """So many bytes are done."""
        if monotonic() - self._spoken < EVERY:
            return
        self._spoken = monotonic()
        part = "" if not whole else f" / {size(whole)} · {min(done / whole, 1):.0%}"
        print(f"{self._said}: {size(done)}{part}", file=sys.stderr, flush=True)
