"""What is sent next: a pure choice among the heads of the chats.

Emergencies first, then the oldest, as the heads are ranked (storage/turns.py): rank grows with the
time at which a notice was written, so whatever waits rises above everything written later. Only as
many are let go as the pace of all chats together has room for, so that nobody stands in a line of
claimed messages where an emergency can't overtake him.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from bot.delivery.limits import Pacer

T = TypeVar("T")

LEAD = 0.1
"""Seconds by which a message is claimed and put into words before the pace lets it go."""
BEAT = 1.0
"""Seconds after which everything is looked at again in any case."""
SHORTEST = 0.005
EXPRESS = 4
"""Places in flight that are kept for emergencies, when the network is slow."""


@dataclass(frozen=True, slots=True)
class Head(Generic[T]):
    """The first of a chat's queue."""

    what: T
    chat: str
    is_group: bool
    rank: float
    """Its turn among the chats; below 0 is an emergency, here or behind it in the chat."""
    not_until: float = 0.0
    """It failed and pauses until then, on the loop's clock."""
    is_drawn: bool = False
    """A picture: one at a time."""


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """What goes now, and what to do until the next look."""

    go: list[T]
    pause: float
    """Seconds after which it is worth looking again, if nothing happens before."""
    resting: dict[str, float] = field(default_factory=dict)
    """Chats that need not be looked at until that moment."""


def choose(
    heads: Sequence[Head[T]],
    *,
    pacer: Pacer,
    now: float,
    busy: Collection[str],
    unsent: int,
    places: int,
    may_draw: bool,
) -> Choice[T]:
    """Choose among heads, the most urgent first.

    `busy`: chats with a message on its way, which is always one; `unsent`: how many of those the
    pace has not counted yet; `places`: how many may be on their way together.
    """
    go: list[T] = []
    resting: dict[str, float] = {}
    soonest = now + BEAT
    room = pacer.room(now + LEAD) - unsent
    for head in heads:
        if head.chat in busy:
            continue
        own = pacer.ready_in(head.chat, is_group=head.is_group, now=now) - LEAD
        at = max(own, head.not_until)
        if at > now:
            soonest = min(soonest, at)
            resting[head.chat] = min(at, now + BEAT)
            continue
        if len(busy) + len(go) >= places - (0 if head.rank < 0 else EXPRESS):
            # Whoever lands makes room and says so.
            continue
        if head.is_drawn and not may_draw:
            continue
        if len(go) >= room:
            soonest = min(soonest, pacer.ready_at_all(now, unsent + len(go) + 1) - LEAD)
            break
        go.append(head.what)
        may_draw = may_draw and not head.is_drawn
    return Choice(go, max(soonest - now, SHORTEST), resting)
