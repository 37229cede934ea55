"""What a picture is to show, in the reader's words, before it has any shape (bot/views/charts)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Day:
    """Two columns side by side, and what stands under them."""

    label: str
    first: int
    second: int


@dataclass(frozen=True, slots=True)
class Share:
    """A bar of a hundred per cent under its name; without `percent` words alone."""

    name: str
    words: str = ""
    percent: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stack:
    """A bar of cases; `late` of them come first in red, and `note` says so."""

    label: str
    cases: int
    late: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sketch:
    """Everything that a picture says. A panel without rows has its title alone."""

    title: str
    aside: str
    days_title: str
    keys: tuple[str, str]
    """What the two columns of a day are, with their sums."""
    days: tuple[Day, ...]
    no_days: str
    shares_title: str
    goal: int
    goal_words: str
    shares: tuple[Share, ...]
    stacks_title: str
    stacks_aside: str
    stacks: tuple[Stack, ...]
