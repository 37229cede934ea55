"""What goes wrong beside the deaths: broken connections, errors, delays, updates out of order."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable

from bot.sandbox.errors import ApiError, too_many
from bot.sandbox.server import Sandbox
from bot.sandbox.trouble import Fault

PER_SECOND = 1.5


class Faults:
    """Orders trouble in the sandbox until told to stop."""

    def __init__(
        self,
        sandbox: Sandbox,
        rng: random.Random,
        *,
        polled: Callable[[], bool],
        sending: Callable[[], bool],
    ) -> None:
        self._sandbox = sandbox
        self._trouble = sandbox.world.trouble
        self._rng = rng
        self._polled, self._sending = polled, sending
        self.ordered: Counter[str] = Counter()

    async def run(self) -> None:
        """Until cancelled; then nothing is left to go wrong."""
        kinds = (
            (6, self._before),
            (6, self._after),
            (4, self._error),
            (3, self._too_many),
            (3, self._slow),
            (2, self._start),
            (2, self._press),
            (4, self._polling),
        )
        weights = [weight for weight, _ in kinds]
        try:
            while True:
                await asyncio.sleep(self._rng.expovariate(PER_SECOND))
                _, act = self._rng.choices(kinds, weights)[0]
                act()
        finally:
            self._trouble.delay = 0.0

    def _order(self, name: str, fault: Fault) -> None:
        # One at a time, into the stream: faults that gather while nobody sends would all hit the
        # oldest notice, which is the first one again after every start.
        if self._sending() and not self._trouble.ordered:
            self._trouble.order(fault)
            self.ordered[name] += 1

    def _before(self) -> None:
        self._order("dropped before acting", Fault())

    def _after(self) -> None:
        self._order("dropped after acting", Fault(acts=True))

    def _error(self) -> None:
        self._order("500", Fault(ApiError(500, "Internal Server Error")))

    def _too_many(self) -> None:
        self._order("429", Fault(too_many(1)))

    def _slow(self) -> None:
        self._trouble.delay = self._rng.uniform(0.02, 0.3)
        self.ordered["delay"] += 1
        asyncio.get_running_loop().call_later(self._rng.uniform(0.2, 1.0), self._quick)

    def _quick(self) -> None:
        self._trouble.delay = 0.0

    def _start(self) -> None:
        """A call of the start: the hub waits it out."""
        self._trouble.fail(self._rng.choice(("getMe", "setWebhook", "setMyCommands")), code=502)
        self.ordered["502 at the start"] += 1

    def _press(self) -> None:
        self._trouble.drop("answerCallbackQuery", after_acting=self._rng.random() < 0.5)
        self.ordered["toast lost"] += 1

    def _polling(self) -> None:
        """What is polled comes twice, in another order, or not at the first try."""
        updates = self._sandbox.world.town.updates
        # Until a hub that polls takes the webhook away, its sender goes on: it confirms by number,
        # so what stood behind a later one would be forgotten unsent.
        if not self._polled() or updates.webhook is not None:
            return
        pending = updates.pending
        what = self._rng.choice(("twice", "swapped", "poll failed"))
        if what == "poll failed":
            self._trouble.drop("getUpdates", after_acting=self._rng.random() < 0.5)
        elif len(pending) < (1 if what == "twice" else 2) or len(pending) > 50:
            return
        elif what == "twice":
            pending.append(self._rng.choice(list(pending)))
        else:
            pending[-1], pending[-2] = pending[-2], pending[-1]
        self.ordered[what] += 1


def in_order(sandbox: Sandbox) -> None:
    """Updates in the order of their numbers, once each: as a webhook's sender confirms them."""
    pending = sandbox.world.town.updates.pending
    kept = {update["update_id"]: update for update in pending}
    pending.clear()
    pending.extend(kept[number] for number in sorted(kept))
