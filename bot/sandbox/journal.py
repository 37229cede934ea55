"""Every request and what it did, for tests and for people."""

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any

MAX_ENTRIES = 20_000
_SECRETS = {"secret_token"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One request: `at` is the town's time, `effect` what came of it in words."""

    seq: int
    at: str
    method: str
    params: dict[str, Any]
    ok: bool
    error_code: int | None
    description: str | None
    effect: str

    def line(self) -> str:
        """One readable line."""
        outcome = self.effect or "ok" if self.ok else f"{self.error_code} {self.description}"
        if not self.ok and self.effect:
            outcome += f" ({self.effect})"
        params = ", ".join(f"{name}={value!r}" for name, value in self.params.items())
        return f"{self.seq} {self.at} {self.method}({params}) → {outcome}"

    def json(self) -> str:
        """The same as a line of JSON."""
        return json.dumps(asdict(self), ensure_ascii=False, default=str)


class Journal:
    """The requests in order, the oldest forgotten when there are too many."""

    def __init__(self, changed: Callable[[], None] = lambda: None) -> None:
        self.entries: list[Entry] = []
        self._changed = changed
        self._seq = 0

    def add(
        self,
        *,
        at: str,
        method: str,
        params: dict[str, Any],
        error: tuple[int, str] | None = None,
        effect: str = "",
    ) -> None:
        """Record a request; secrets are masked and files shown by their size."""
        self._seq += 1
        code, description = error or (None, None)
        shown = {name: _shown(name, value) for name, value in params.items()}
        entry = Entry(self._seq, at, method, shown, error is None, code, description, effect)
        self.entries.append(entry)
        if len(self.entries) > MAX_ENTRIES:
            del self.entries[: MAX_ENTRIES // 2]
        self._changed()

    def of(self, method: str) -> list[Entry]:
        """The requests of one method."""
        return [entry for entry in self.entries if entry.method == method]

    def tail(self, count: int = 15) -> str:
        """The last lines, without polling: what a failed wait shows."""
        told = [entry for entry in self.entries if entry.method != "getUpdates" or not entry.ok]
        return "\n".join(entry.line() for entry in told[-count:])


def _shown(name: str, value: Any) -> Any:
    if name in _SECRETS:
        return "***"
    if isinstance(value, list):
        return [_shown(name, item) for item in value]
    if isinstance(value, dict):
        return {key: _shown(key, item) for key, item in value.items()}
    data = getattr(value, "data", None)
    return f"<{name}: {len(data)} bytes>" if isinstance(data, bytes) else value
