"""How fast a bot may send: 30 a second in all, 1 a second to a person, 20 a minute to a group.

Telegram does not publish exact thresholds and lets small bursts through; these are the figures
of its FAQ with a burst of three for a private chat.
"""

import math
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from bot.sandbox.errors import too_many

GROUP_WINDOW = 60.0
TOTAL_WINDOW = 1.0


@dataclass(frozen=True, slots=True)
class RateLimits:
    """Limits of sending; 0 switches one off."""

    total_per_second: float = 30
    private_per_second: float = 1
    group_per_minute: float = 20
    private_burst: int = 3

    @classmethod
    def off(cls) -> "RateLimits":
        """No limits at all."""
        return cls(total_per_second=0, private_per_second=0, group_per_minute=0)


class _Window:
    """At most `limit` in any sliding window."""

    def __init__(self, limit: float, seconds: float) -> None:
        self._limit = max(1, int(limit))
        self._seconds = seconds
        self._sent: deque[float] = deque()

    def delay(self, cost: int, now: float) -> float:
        while self._sent and self._sent[0] <= now - self._seconds:
            self._sent.popleft()
        # An album larger than the window passes when the window is empty: it can't be split.
        over = len(self._sent) + min(cost, self._limit) - self._limit
        if over <= 0:
            return 0.0
        return self._sent[over - 1] + self._seconds - now

    def take(self, cost: int, now: float) -> None:
        self._sent.extend([now] * cost)


class _Bucket:
    """A steady rate with a small burst; an album may leave a debt."""

    def __init__(self, per_second: float, burst: int) -> None:
        self._rate = per_second
        self._burst = burst
        self._tokens = float(burst)
        self._at: float | None = None

    def delay(self, cost: int, now: float) -> float:
        if self._at is not None:
            self._tokens = min(self._burst, self._tokens + (now - self._at) * self._rate)
        self._at = now
        return max(0.0, (min(cost, self._burst) - self._tokens) / self._rate)

    def take(self, cost: int, now: float) -> None:
        self._tokens -= cost


class RateGate:
    """Counts what is sent and refuses with 429 what is too fast."""

    def __init__(self, limits: RateLimits, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._monotonic = monotonic
        self._total = _Window(limits.total_per_second, TOTAL_WINDOW)
        self._chats: dict[int, _Window | _Bucket] = {}

    def pass_or_refuse(self, chat_id: int, cost: int = 1) -> None:
        """Count `cost` messages to a chat, or raise the 429 and count nothing."""
        now = self._monotonic()
        counters = self._counters(chat_id)
        delay = max((counter.delay(cost, now) for counter in counters), default=0.0)
        # Rounding errors of the time source must not cost a sender another second.
        if delay > 1e-9:
            raise too_many(max(1, math.ceil(delay - 1e-9)))
        for counter in counters:
            counter.take(cost, now)

    def _counters(self, chat_id: int) -> list[_Window | _Bucket]:
        limits = self._limits
        counters: list[_Window | _Bucket] = [self._total] if limits.total_per_second else []
        if chat_id > 0 and limits.private_per_second:
            fresh: _Window | _Bucket = _Bucket(limits.private_per_second, limits.private_burst)
        elif chat_id < 0 and limits.group_per_minute:
            fresh = _Window(limits.group_per_minute, GROUP_WINDOW)
        else:
            return counters
        counters.append(self._chats.setdefault(chat_id, fresh))
        return counters
