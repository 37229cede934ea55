"""Citizens: they write, consent, add, rate, and press every copy of a message that they see."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.server import Sandbox
from tests.crash.tape import Shown
from tests.crash.words import more, reports

_IN_TWO, _ADDS, _REPLIES = 0.1, 0.1, 0.5


def receipt_of(shown: Shown) -> int | None:
    """The number of the case that a message receipts: late, it may say at once who works on it."""
    button = None if shown.edited else shown.button("c1.why.")
    return int(button.split(".")[2]) if button else None


@dataclass(slots=True)
class Citizen:
    """Somebody with one report."""

    user: dict[str, Any]
    report: str
    said: list[int] = field(default_factory=list)
    """Ids of what he has written to his case."""
    number: int | None = None
    """Of his case, as his receipt says."""
    consents: int = 0
    """Presses of «Даю согласие»."""
    verdicts: list[str] = field(default_factory=list)
    """What he pressed under the answer, every copy of it."""
    mark: int | None = None
    """Of one to five, once he was asked for it."""


class Hands:
    """Things done after some thinking; nobody is at rest while one is still to come."""

    def __init__(self, sandbox: Sandbox, rng: random.Random, *, haste: float) -> None:
        self.world = sandbox.world
        self.rng = rng
        self._haste = haste
        self._later: set[asyncio.TimerHandle] = set()
        self.pressed: dict[tuple[int, str], list[int]] = defaultdict(list)
        """By chat and button: the messages on which it was pressed."""
        self.missed = 0
        """Buttons that were gone when somebody wanted to press them."""

    @property
    def to_do(self) -> int:
        """How many things are about to be done."""
        return len(self._later)

    def later(self, slowest: float, act: Callable[..., object], *given: Any) -> None:
        """Do it after some thinking, which takes up to `slowest` seconds."""

        def now() -> None:
            self._later.discard(handle)
            act(*given)

        pause = self.rng.uniform(0.05, slowest) / self._haste
        handle = asyncio.get_running_loop().call_later(pause, now)
        self._later.add(handle)

    def press(self, user: dict[str, Any], shown: Shown, button: str) -> bool:
        """Press a button where it still is."""
        try:
            self.world.press(user, shown.chat, shown.message, button)
        except LookupError:
            # The message was edited meanwhile, or is gone.
            self.missed += 1
            return False
        self.pressed[shown.chat, button].append(shown.message)
        return True


class Crowd(Hands):
    """All citizens. `look` is told what was shown in the town."""

    def __init__(self, sandbox: Sandbox, rng: random.Random, count: int, *, haste: float) -> None:
        super().__init__(sandbox, rng, haste=haste)
        texts = reports()
        self._waiting = [Citizen(self.world.add_user("Житель"), next(texts)) for _ in range(count)]
        self.citizens = {c.user["id"]: c for c in self._waiting}
        self._waiting.reverse()

    @property
    def silent(self) -> int:
        """How many have not written yet."""
        return len(self._waiting)

    def speak(self) -> None:
        """The next one writes, for the first time."""
        if not self._waiting:
            return
        citizen = self._waiting.pop()
        self._say(citizen, citizen.report)
        if self.rng.random() < _IN_TWO:
            self.later(0.5, self._say, citizen, more(len(self._waiting)))

    def look(self, shown: Shown) -> None:
        """Act on what the bot has shown to a citizen."""
        citizen = self.citizens.get(shown.chat)
        if citizen is None:
            return
        if agree := shown.button("c1.agree"):
            self.later(1.5, self._agree, citizen, shown, agree)
        if (number := receipt_of(shown)) is not None:
            self._read(citizen, shown, number)
        if (out := shown.button("c1.out")) and not shown.edited:
            self.later(1.5, self._judge, citizen, shown, out)
        if shown.button("c1.csi") and citizen.mark is None:
            citizen.mark = self.rng.randint(3, 5)
            star = next(b for b in shown.buttons if b.endswith(f".{citizen.mark}"))
            self.later(1.5, self.press, citizen.user, shown, star)

    def _agree(self, citizen: Citizen, shown: Shown, button: str) -> None:
        citizen.consents += self.press(citizen.user, shown, button)

    def _read(self, citizen: Citizen, shown: Shown, number: int) -> None:
        first = citizen.number is None
        citizen.number = number
        if first and self.rng.random() < _ADDS:
            to = shown.message if self.rng.random() < _REPLIES else None
            self.later(3.0, self._say, citizen, f"После {number} дня стало ещё хуже", to)

    def _judge(self, citizen: Citizen, shown: Shown, button: str) -> None:
        if self.press(citizen.user, shown, button):
            citizen.verdicts.append(button)

    def _say(self, citizen: Citizen, text: str, reply_to: int | None = None) -> None:
        said = self.world.say(citizen.user, text, reply_to=reply_to)
        citizen.said.append(said["message_id"])
