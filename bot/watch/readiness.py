"""Is all well? Pure rules over what can be seen from outside of the conversations."""

from __future__ import annotations

from dataclasses import dataclass

POLL_LIMIT = 90.0
"""Seconds without an answered poll: one may hang for 40, and be tried again after 30."""
INBOX_LIMIT = 120.0
"""Seconds: an update that fails is put aside after 31 and the time of its tries."""
OUTBOX_LIMIT = 600.0
"""Seconds: a group takes 20 messages a minute, so a burst of cards may well wait minutes."""


@dataclass(frozen=True, slots=True)
class Backlog:
    """How the queues stand."""

    new: int
    parked: int
    new_age: float | None
    """Seconds since the oldest update that is not applied yet was stored."""
    queued: int
    """Notices that could go now, those that failed and wait for another try among them."""
    later: int
    """Notices whose time has not come."""
    dead: int
    queued_age: float | None
    """Seconds since the oldest of those that could go now might have gone."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What was seen at one moment; ages in seconds."""

    phase: str
    """«starting», «running», «stopping»."""
    mode: str
    """«polling», «webhook»."""
    backlog: Backlog | None
    """None: the database did not answer."""
    flying: int
    """Messages on their way from this replica."""
    leading: dict[str, bool]
    """What only one replica does at a time, and whether it is this one."""
    poll_age: float | None
    """Since the last answered poll, or since this replica began to poll; None: it does not."""
    update_age: float | None
    """Since the last update was received; None: none was."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """One thing that is wrong: its code, and a sentence for whoever is woken by it."""

    code: str
    text: str


def troubles(facts: Facts) -> list[Trouble]:
    """Everything that is wrong, the gravest first."""
    found = []
    if facts.phase != "running":
        found.append(Trouble(facts.phase, f"the hub is {facts.phase}"))
    elif facts.backlog is None:
        found.append(Trouble("database", "the database does not answer"))
    # A webhook may be silent all night: only a poll must be answered in any case.
    if facts.poll_age is not None and facts.poll_age > POLL_LIMIT:
        found.append(Trouble("polling", f"no poll was answered for {facts.poll_age:.0f} s"))
    if facts.backlog is not None:
        found += _queues(facts.backlog)
    return found


def _queues(backlog: Backlog) -> list[Trouble]:
    found = []
    if backlog.new_age is not None and backlog.new_age > INBOX_LIMIT:
        text = f"an update waits for {backlog.new_age:.0f} s ({backlog.new} in all)"
        found.append(Trouble("inbox", text))
    if backlog.queued_age is not None and backlog.queued_age > OUTBOX_LIMIT:
        text = f"a message waits for {backlog.queued_age:.0f} s ({backlog.queued} in all)"
        found.append(Trouble("outbox", text))
    return found
