"""What a deadline rule says, as values: spans of time, policies, the classes they speak about.

The numbers themselves are data (municipality.toml); the arithmetic is in services/deadlines.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Regime(StrEnum):
    """Legal kind of an appeal (product.md, «Legal kinds»)."""

    BOT = "bot"
    SOCIAL = "social"
    POS = "pos"
    LAW59 = "59fz"
    AG = "ag"
    RECEPTION = "reception"


class Urgency(StrEnum):
    """How soon an appeal must be dealt with, worst first (domain.md §1)."""

    EMERGENCY = "emergency"
    CRITICAL = "critical"
    HIGH = "high"
    NORMAL = "normal"
    QUESTION = "question"


class ClockKind(StrEnum):
    """What a running deadline is about."""

    REGISTRATION = "registration"
    REACTION = "reaction"
    ANSWER = "answer"
    FIX = "fix"
    PROMISE = "promise"
    """A day promised in an interim answer; no policy has it, an answer starts it."""


class Unit(StrEnum):
    """Units of domain.md §2: calendar hours, working hours, working days, calendar days."""

    CH = "CH"
    WH = "WH"
    WD = "WD"
    CD = "CD"


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time: `amount` is minutes for CH and WH, days for WD and CD."""

    unit: Unit
    amount: int

    @classmethod
    def parse(cls, text: str) -> Span:
        """Read «30 min CH», «2 CH», «9 WH», «8 WD», «30 CD». Raises ValueError on anything else."""
        match = re.fullmatch(r"(\d+)( min)? (CH|WH|WD|CD)", text.strip())
        if match is None:
            raise ValueError(f"expected like «30 min CH», «9 WH», «8 WD», «30 CD», got «{text}»")
        number, minutes, unit = int(match[1]), match[2], Unit(match[3])
        if unit in (Unit.CH, Unit.WH):
            return cls(unit, number if minutes else number * 60)
        if minutes:
            raise ValueError(f"minutes go with CH or WH only, got «{text}»")
        return cls(unit, number)

    def __str__(self) -> str:
        if self.unit in (Unit.CH, Unit.WH):
            hours, rest = divmod(self.amount, 60)
            return f"{self.amount} min {self.unit}" if rest else f"{hours} {self.unit}"
        return f"{self.amount} {self.unit}"


@dataclass(frozen=True, slots=True)
class Policy:
    """One versioned deadline rule, a row of the table in domain.md §2."""

    id: str
    version: int
    regimes: frozenset[Regime]
    """Empty: any regime."""
    urgencies: frozenset[Urgency]
    """Empty: any urgency."""
    clocks: tuple[tuple[ClockKind, Span], ...]
    """In the order they run. An ANSWER after a REGISTRATION counts from the registration day."""
    preceding_working_day: bool = False
    """A day deadline that falls on a day off moves to the working day before it."""
    around_the_clock: bool = False
    """24×7: reminders do not wait for working time."""
    extension: str = "none"
    source: str = ""
    confirm: bool = False
    """★ the customer has yet to confirm it; `check` lists those."""


def version_of(policies: Iterable[Policy], policy_id: str, version: int) -> Policy:
    """This version of a policy, or the newest of its id where the version is gone."""
    same = [p for p in policies if p.id == policy_id]
    exact = [p for p in same if p.version == version]
    return (exact or same)[-1]


@dataclass(frozen=True, slots=True)
class Extension:
    """What a policy's `extension` says."""

    days: int | None
    """Calendar days; None: whoever decides names the day."""
    by_department: bool
    """The department promises the day itself; else it is asked for."""
    once: bool


def extension_of(policy: Policy) -> Extension | None:
    """Read «none», «deputy», «postponed up to 30 CD», «up to 30 CD once, …»; None: no extension.

    Raises ValueError on anything else.
    """
    text = policy.extension
    if text == "none":
        return None
    if text == "deputy":
        return Extension(days=None, by_department=False, once=False)
    found = re.match(r"(postponed )?up to (\d+) CD( once)?", text)
    if found is None:
        raise ValueError(f"expected like «postponed up to 30 CD», got «{text}»")
    return Extension(int(found[2]), by_department=bool(found[1]), once=bool(found[3]))
