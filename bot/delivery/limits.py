"""How fast a messenger may be written to (domain.md §9): sliding windows per chat and in all.

Pure: monotonic time comes in as a number of seconds, nothing sleeps here. The worker asks
`ready_at`, waits, sends and `take`s. A 429's `retry_after` overrides what we think (`penalise`).
"""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable, Iterable
from dataclasses import dataclass

SECOND = 1.0
MINUTE = 60.0
NO_END = 1_000_000
"""Room where there is no limit."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Messages allowed in any window of that length; 0 switches a limit off."""

    total_per_second: int = 30
    private_per_second: int = 1
    group_per_minute: int = 20


Sent = tuple[float, int]
"""When, and how many."""


@dataclass(frozen=True, slots=True)
class Taken:
    """A send as the pacer has counted it."""

    chat_key: Hashable
    in_all: list[Sent]
    in_chat: list[Sent]


class _Window:
    """At most `limit` messages in any `length` seconds.

    A cost above the limit can never fit into one window, so it waits for an empty one and then
    fills as many in a row as it needs: it isn't refused, and the mean rate holds.
    """

    __slots__ = ("length", "limit", "log")

    def __init__(self, limit: int, length: float) -> None:
        self.limit, self.length = limit, length
        self.log: deque[Sent] = deque()

    def forget(self, now: float) -> None:
        while self.log and self.log[0][0] + self.length <= now:
            self.log.popleft()

    def ready_at(self, now: float, cost: int) -> float:
        if not self.limit:
            return now
        need = min(cost, self.limit)
        used, ready = 0, now
        for at, taken in reversed(self.log):
            used += taken
            if used + need > self.limit:
                # Everything up to this one has to leave the window first.
                ready = max(now, at + self.length)
                break
        return ready

    def room(self, until: float) -> int:
        """How many messages more fit by that moment."""
        if not self.limit:
            return NO_END
        return max(0, self.limit - sum(n for at, n in self.log if at + self.length > until))

    def take(self, now: float, cost: int) -> list[Sent]:
        if not self.limit:
            return []
        self.forget(now)
        # Time that seems to run back (history, a reserved window) must not break the order.
        at = max(now, self.log[-1][0]) if self.log else now
        taken: list[Sent] = []
        while cost > 0:
            taken.append((at, min(cost, self.limit)))
            cost -= self.limit
            at += self.length
        self.log.extend(taken)
        return taken

    def later(self, sent: list[Sent], now: float) -> None:
        """It may have been counted as late as now."""
        for one in sent:
            if one[0] < now and one in self.log:
                self.log.remove(one)
                self.log.append((now, one[1]))
        self.log = deque(sorted(self.log))


class Pacer:
    """When the next message may go to a chat, by our own limits and the messenger's word."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._total = _Window(limits.total_per_second, SECOND)
        self._chats: dict[Hashable, _Window] = {}
        self._penalties: dict[Hashable, float] = {}
        self._swept = float("-inf")

    def __len__(self) -> int:
        """Chats remembered, for tests and metrics."""
        return len(self._chats.keys() | self._penalties.keys())

    def ready_at(self, chat_key: Hashable, *, is_group: bool, now: float, cost: int = 1) -> float:
        """The earliest moment, not before `now`, at which the chat may be sent `cost` messages."""
        own = self.ready_in(chat_key, is_group=is_group, now=now, cost=cost)
        return max(own, self.ready_at_all(now, cost))

    def ready_in(self, chat_key: Hashable, *, is_group: bool, now: float, cost: int = 1) -> float:
        """`ready_at` as far as only this chat is concerned."""
        window = self._chats.get(chat_key) or self._new_window(is_group)
        return max(self._penalties.get(chat_key, now), window.ready_at(now, cost))

    def ready_at_all(self, now: float, cost: int = 1) -> float:
        """`ready_at` as far as all chats together are concerned."""
        return self._total.ready_at(now, cost)

    def room(self, until: float) -> int:
        """How many messages more, to whatever chats, may go by that moment."""
        return self._total.room(until)

    def take(self, chat_key: Hashable, *, is_group: bool, now: float, cost: int = 1) -> Taken:
        """Record a send; it counts whether or not it was allowed."""
        self._sweep(now)
        in_all = self._total.take(now, cost)
        window = self._chats.get(chat_key)
        if window is None:
            window = self._chats[chat_key] = self._new_window(is_group)
        return Taken(chat_key, in_all, window.take(now, cost))

    def answered(self, taken: Taken, now: float) -> None:
        """The messenger has answered: it counted the send somewhere between, at the latest now."""
        self._total.later(taken.in_all, now)
        window = self._chats.get(taken.chat_key)
        if window is not None:
            window.later(taken.in_chat, now)

    def penalise(self, chat_key: Hashable, until: float) -> None:
        """A 429: nothing to this chat before `until`. Never shortened by a later word."""
        self._penalties[chat_key] = max(until, self._penalties.get(chat_key, until))

    def refill(self, history: Iterable[tuple[Hashable, bool, float]]) -> None:
        """Take over from another replica: what it sent to (chat, is it a group) and when."""
        for chat_key, is_group, at in sorted(history, key=lambda sent: sent[2]):
            self.take(chat_key, is_group=is_group, now=at)

    def _new_window(self, is_group: bool) -> _Window:
        if is_group:
            return _Window(self._limits.group_per_minute, MINUTE)
        return _Window(self._limits.private_per_second, SECOND)

    def _sweep(self, now: float) -> None:
        """Once a minute forget chats that nothing holds back, so that memory stays bounded."""
        if now < self._swept + MINUTE:
            return
        self._swept = now
        self._penalties = {key: until for key, until in self._penalties.items() if until > now}
        for window in self._chats.values():
            window.forget(now)
        self._chats = {key: window for key, window in self._chats.items() if window.log}
