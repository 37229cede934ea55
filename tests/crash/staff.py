"""Staff: they take, answer, send and let pass by what their chats show, on every copy of it."""

from __future__ import annotations

import random
import re
from collections import defaultdict
from typing import Any

from bot.sandbox.server import Sandbox
from tests.crash.crowd import Hands
from tests.crash.settle import Staff
from tests.crash.tape import Shown
from tests.crash.words import answer

_BOTH_AT_ONCE = 0.1
"""How often two colleagues want the same case."""


class Desks(Hands):
    """Executors and checkers at work. `look` is told what was shown in the town."""

    def __init__(
        self,
        sandbox: Sandbox,
        rng: random.Random,
        staff: Staff,
        *,
        share: float,
        haste: float,
    ) -> None:
        super().__init__(sandbox, rng, haste=haste)
        self._staff = staff
        self._share = share
        """Of the cases: so many are worked on."""
        self._wanted: dict[int, bool] = {}
        self._copies: dict[int, list[Shown]] = defaultdict(list)
        """By case: the messages that carry its card."""
        self._holders: dict[int, dict[str, Any]] = {}
        self.answers: dict[int, list[int]] = {}
        """By case: what was written as a reply to its card."""
        self.on_copies = 0
        """How many answers went to a card that was not the first one shown."""

    def look(self, shown: Shown) -> None:
        """Act on what the bot has shown in a chat of staff."""
        if shown.chat in self._staff.executors:
            self._in_block(shown, self._staff.executors[shown.chat])
        elif shown.chat == self._staff.quality and (button := shown.button("q1.ok.")):
            checker = self.rng.choice(self._staff.checkers)
            self.later(1.5, self.press, checker, shown, button)

    def _in_block(self, shown: Shown, team: list[dict[str, Any]]) -> None:
        if button := shown.button("s1.take."):
            number = _number(button)
            if not shown.edited:
                self._copies[number].append(shown)
            if self._wanted.setdefault(number, self.rng.random() < self._share):
                self.later(3.0, self._take, shown, button, team)
        if button := shown.button("s1.ans."):
            number = _number(button)
            if not shown.edited:
                self._copies[number].append(shown)
            if number not in self.answers:
                self.answers[number] = []
                holder = _holder(shown, team)
                self.later(1.5, self._answer, number, shown, holder)
        if button := shown.button("m1.send."):
            holder = self._holders[_number(button)]
            self.later(1.5, self.press, holder, shown, button)

    def _take(self, shown: Shown, button: str, team: list[dict[str, Any]]) -> None:
        both = self.rng.random() < _BOTH_AT_ONCE
        for person in self.rng.sample(team, 2 if both else 1):
            self.press(person, shown, button)

    def _answer(self, number: int, shown: Shown, holder: dict[str, Any]) -> None:
        """Reply to the card; to a copy of it that was left standing, when there is one."""
        self._holders[number] = holder
        copies = self._copies[number] or [shown]
        # After a crash the first one is what nobody has written down.
        to = copies[0] if len(copies) > 1 else shown
        self.on_copies += len(copies) > 1
        said = self.world.say(holder, answer(number), chat=shown.chat, reply_to=to.message)
        self.answers[number].append(said["message_id"])


def _number(button: str) -> int:
    return int(button.split(".")[2])


def _holder(shown: Shown, team: list[dict[str, Any]]) -> dict[str, Any]:
    """Whose name the card says."""
    head = shown.text.split("\n")[0]
    named = [p for p in team if re.search(rf"\b{p['first_name']}\b", head)]
    return named[0] if named else team[0]
