"""What the hub counts while it works: plain numbers, nobody's names.

Counting costs well under a microsecond and knows no metrics library: `bot/watch/families.py` turns
the numbers into metrics when somebody asks. Everything is counted on the event loop's thread.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field

SHORT = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)
"""Seconds: what the database and the network take."""
LONG = (0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 15.0, 20.0, 30.0, 60.0, 120.0, 300.0, 900.0)
"""Seconds: what a person waits."""


@dataclass(slots=True, eq=False)
class Tally:
    """How often something happened (or how much of it), by its labels."""

    name: str
    help: str
    labels: tuple[str, ...]
    values: dict[tuple[str, ...], float] = field(default_factory=lambda: defaultdict(float))

    def add(self, *labels: str, n: float = 1.0) -> None:
        """It happened."""
        self.values[labels] += n


@dataclass(slots=True, eq=False)
class Row:
    """One row of a spread: how many fell under each bound, and their sum."""

    buckets: list[int]
    """One more than there are bounds: the last is for what is above them all."""
    sum: float = 0.0


@dataclass(slots=True, eq=False)
class Spread:
    """How long something took, in seconds, by its labels."""

    name: str
    help: str
    labels: tuple[str, ...] = ()
    bounds: tuple[float, ...] = SHORT
    rows: dict[tuple[str, ...], Row] = field(default_factory=dict)

    def see(self, seconds: float, *labels: str) -> None:
        """It took this long."""
        row = self.rows.get(labels)
        if row is None:
            row = self.rows[labels] = Row([0] * (len(self.bounds) + 1))
        row.buckets[bisect_left(self.bounds, seconds)] += 1
        row.sum += seconds


class Counts:
    """Everything that is counted, since the process started."""

    def __init__(self) -> None:
        self.tallies: list[Tally] = []
        self.spreads: list[Spread] = []
        self.stored = self._tally(
            "updates_stored", "Updates received, new ones and such as were there already.", "result"
        )
        self.updates = self._tally(
            "updates", "Updates by what they were and how applying them ended.", "kind", "outcome"
        )
        self.applied = self._spread(
            "update_wait_seconds", "From an update stored to its effects committed.", bounds=LONG
        )
        self.receipt = self._spread(
            "receipt_latency_seconds",
            "From a case's first words taken from the inbox to its receipt sent.",
            bounds=LONG,
        )
        self.card = self._spread(
            "card_latency_seconds",
            "From a case's first words taken from the inbox to its first card sent.",
            bounds=LONG,
        )
        self.sends = self._tally(
            "sends", "Notices that went, by how that ended.", "channel", "kind", "outcome"
        )
        self.sending = self._spread(
            "send_seconds", "One call to the messenger.", "channel", "method"
        )
        self.slowed = self._tally(
            "too_many_requests", "Times the messenger asked to wait (429).", "channel", "doing"
        )
        self.slowed_seconds = self._tally(
            "too_many_requests_wait_seconds", "How long it asked to wait.", "channel", "doing"
        )
        self.jobs = self._tally("job_runs", "Runs of jobs by how they ended.", "job", "outcome")
        self.job_time = self._tally("job_seconds", "Time that jobs took.", "job")
        self.transactions = self._spread(
            "database_transaction_seconds",
            "Committed writing transactions: waiting for the turn, the work, the commit.",
            "part",
        )
        self.statements = self._tally("database_statements", "Statements executed.", "engine")
        self.statement_time = self._tally(
            "database_statement_seconds", "From a statement sent to its answer.", "engine"
        )
        self.failures = self._tally(
            "part_failures", "Times a part of the hub failed and was started again.", "part"
        )

    def transaction(self, wait: float, work: float, commit: float) -> None:
        """A writing transaction has been committed."""
        self.transactions.see(wait, "wait")
        self.transactions.see(work, "work")
        self.transactions.see(commit, "commit")

    def _tally(self, name: str, text: str, *labels: str) -> Tally:
        self.tallies.append(made := Tally(f"otklik_{name}", text, labels))
        return made

    def _spread(
        self, name: str, text: str, *labels: str, bounds: tuple[float, ...] = SHORT
    ) -> Spread:
        self.spreads.append(made := Spread(f"otklik_{name}", text, labels, bounds))
        return made
