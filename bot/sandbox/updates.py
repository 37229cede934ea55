"""Updates that wait for the bot: one queue, read by polling or sent to a webhook."""

import time
from collections import deque
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.errors import ApiError
from bot.sandbox.pulse import Pulse

FIRST_UPDATE_ID = 100_001
MAX_LIMIT = 100
MAX_TIMEOUT = 50
_NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
_CONFLICT = "Conflict: terminated by {}"


@dataclass(slots=True)
class Webhook:
    """Where updates go instead of being polled."""

    url: str
    secret: str | None
    max_connections: int
    last_error_at: datetime | None = None
    last_error: str | None = None


class UpdateQueue:
    """Keeps updates until they are confirmed: by a higher offset or by the webhook's 2xx."""

    def __init__(self) -> None:
        self.pending: deque[dict[str, Any]] = deque()
        self.allowed: list[str] = []
        self.changed = Pulse()
        self._webhook: Webhook | None = None
        self._next_id = FIRST_UPDATE_ID
        self._poller = 0
        self._end_reason = ""

    def resemble(self, other: "UpdateQueue") -> None:
        """Hold what another queue holds and count on from its number."""
        self.pending = deepcopy(other.pending)
        self.allowed = list(other.allowed)
        self._next_id = other._next_id
        self.changed.fire()

    @property
    def webhook(self) -> Webhook | None:
        """The webhook in force."""
        return self._webhook

    def set_webhook(self, webhook: Webhook | None) -> None:
        """Put a webhook in force or take it away; a running poll ends with a conflict."""
        self._webhook = webhook
        if webhook is not None:
            self._end_poll("setWebhook request")
        self.changed.fire()

    def push(self, kind: str, payload: dict[str, Any]) -> None:
        """Queue an update of a kind, unless the bot did not ask for this kind."""
        wanted = kind in self.allowed if self.allowed else kind not in _NOT_BY_DEFAULT
        if wanted:
            self.push_raw({kind: payload})

    def push_raw(self, update: dict[str, Any]) -> None:
        """Queue an update as it is; it gets an id when it has none."""
        update = {"update_id": self._next_id} | update
        self._next_id = max(self._next_id, int(update["update_id"])) + 1
        self.pending.append(update)
        self.changed.fire()

    @property
    def next_id(self) -> int:
        """The number that the next update gets."""
        return self._next_id

    def confirm(self, below: int) -> None:
        """Forget what is below an offset; a negative one keeps only that many of the last."""
        if below < 0:
            while len(self.pending) > -below:
                self.pending.popleft()
        while self.pending and self.pending[0]["update_id"] < below:
            self.pending.popleft()

    async def poll(self, offset: int, limit: int, seconds: int) -> list[dict[str, Any]]:
        """`getUpdates`: as Telegram does, a new poll ends the one that is still waiting."""
        if self._webhook is not None:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._end_poll("other getUpdates request; make sure that only one bot instance is running")
        mine = self._poller
        self.confirm(offset)
        ends = time.monotonic() + min(max(seconds, 0), MAX_TIMEOUT)
        while not self.pending and (left := ends - time.monotonic()) > 0:
            await self.changed.wait(left)
            if self._poller != mine:
                raise ApiError(409, _CONFLICT.format(self._end_reason))
        return list(self.pending)[: min(max(limit, 1), MAX_LIMIT)]

    def close(self) -> None:
        """End the waiting poll: the server stops."""
        self._end_poll("the end of the sandbox")

    def _end_poll(self, reason: str) -> None:
        self._poller += 1
        self._end_reason = reason
        self.changed.fire()
