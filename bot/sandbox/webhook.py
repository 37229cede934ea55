"""Delivery of updates to the webhook: in order, again and again until it says 2xx."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import Any

import aiohttp

from bot.sandbox.updates import UpdateQueue, Webhook

RETRY_DELAYS = (0.05, 0.1, 0.2, 0.5, 1.0)
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
_TIMEOUT = aiohttp.ClientTimeout(total=30)


class WebhookSender:
    """Takes the head of the queue to the webhook; an answer's body is not read as a method call."""

    def __init__(
        self,
        queue: UpdateQueue,
        now: Callable[[], datetime],
        delays: Sequence[float] = RETRY_DELAYS,
    ) -> None:
        self._queue = queue
        self._now = now
        self._delays = delays

    async def run(self) -> None:
        """Deliver for ever."""
        failures = 0
        async with aiohttp.ClientSession(timeout=_TIMEOUT) as session:
            while True:
                hook = self._queue.webhook
                if hook is None or not self._queue.pending:
                    await self._queue.changed.wait()
                    continue
                update = self._queue.pending[0]
                error = await _post(session, hook, update)
                if error is None:
                    failures = 0
                    self._queue.confirm(update["update_id"] + 1)
                    continue
                hook.last_error, hook.last_error_at = error, self._now()
                await asyncio.sleep(self._delays[min(failures, len(self._delays) - 1)])
                failures += 1


async def _post(
    session: aiohttp.ClientSession, hook: Webhook, update: dict[str, Any]
) -> str | None:
    """None when it was taken, else why not, in Telegram's words."""
    headers = {SECRET_HEADER: hook.secret} if hook.secret else {}
    try:
        async with session.post(hook.url, json=update, headers=headers) as response:
            status = response.status
    except aiohttp.ClientConnectorError:
        return "Connection refused"
    except TimeoutError:
        return "Read timeout expired"
    except aiohttp.ClientError as error:
        return f"Connection failed: {type(error).__name__}"
    if 200 <= status < 300:
        return None
    return f"Wrong response from the webhook: {status} {_phrase(status)}"


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Unknown"
