"""How sends are counted."""

from __future__ import annotations

from bot.delivery.outcomes import Outcome, Partly, Sent, Wait
from bot.delivery.wording import Worded
from bot.watch.counts import Counts
from services.notices import Kind


def count(counts: Counts, one: Worded, outcome: Outcome, seconds: float) -> None:
    """A message has been on its way for `seconds` since it was put into words, and ended so."""
    row = one.row
    counts.sends.add(row.channel, row.kind, type(outcome).__name__.lower())
    last = outcome.rest if isinstance(outcome, Partly) else outcome
    if isinstance(last, Wait):
        slowed(counts, row.channel, "sending", last.seconds)
    if one.waited is not None and isinstance(outcome, Sent):
        spread = counts.receipt if row.kind == Kind.RECEIPT else counts.card
        spread.see(one.waited + seconds)


def slowed(counts: Counts, channel: str, doing: str, seconds: float) -> None:
    """The messenger asked to wait."""
    counts.slowed.add(channel, doing)
    counts.slowed_seconds.add(channel, doing, n=seconds)
