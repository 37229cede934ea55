"""Two unrelated problems in one text are offered as two appeals, each with a clock of its own.

Offered only where the citizen has parted them himself («а ещё», a number, a new line), both are
sure, and neither is an emergency: a needless question costs everybody more than a second topic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from services import audit, notify
from services.access import HUB, authorise
from services.desk import Desk
from services.lifecycle import Action
from services.model import Appeal, Event, SaidAs, Utterance
from services.notices import Kind
from services.policies import Urgency
from services.understanding import Understanding
from services.understanding.segments import Segment, Subject, segments

MANY = 2
SEEN = "two_seen"
"""The event of a text with two problems; its code names their blocks: «ROD.WST»."""
SPLIT_OFF = "split_off"
"""The event of the case that something was taken out of; its code is the new one's number."""
SHORTEST = 3
"""Words of a part that could be an appeal."""

Reads = Callable[[str], Understanding]
"""Makes something of a text."""


def two_of(understand: Reads, text: str) -> tuple[Segment, ...]:
    """The two problems of a text; nothing where it tells of one, of three, or is not clear."""
    parts = segments(text, lambda piece: _about(understand(piece)))
    clear = len(parts) == MANY and parts[1].apart
    long = all(len(part.text.split()) >= SHORTEST for part in parts)
    return parts if clear and long else ()


def _about(seen: Understanding) -> Subject | None:
    if not seen.sure or seen.topic is None or seen.block is None:
        return None
    return Subject(seen.topic, seen.block)


def notice(desk: Desk, appeal: Appeal, text: str) -> Appeal:
    """Of two problems in a new appeal an event tells the duty officer; its author is asked."""
    parts = two_of(desk.understand, text) if appeal.urgency is not Urgency.EMERGENCY else ()
    if not parts:
        return appeal
    first, second = (part.subject for part in parts)
    code = f"{first.kin}.{second.kin}"
    appeal = audit.record(
        desk,
        appeal,
        action=SEEN,
        actor=HUB,
        role=authorise(HUB, Action.REGISTER),
        source=appeal.state,
        code=code,
    )
    notify.to_citizen(
        desk,
        appeal,
        Kind.TWO_PROBLEMS,
        anchor=anchor(appeal),
        first=first.topic,
        second=second.topic,
    )
    return desk.uow.put(appeal)


def blocks_of(events: Iterable[Event]) -> tuple[str, str] | None:
    """Whose the two problems are, while they are still in one case."""
    seen = None
    for event in events:
        if event.action == SPLIT_OFF:
            return None
        if event.action == SEEN and event.code:
            first, second = event.code.split(".")
            seen = (first, second)
    return seen


def made(desk: Desk, appeal: Appeal, twin: Appeal, parts: Sequence[Segment]) -> None:
    """The message that offered it says under which number the second goes on."""
    first, second = (part.subject.topic for part in parts)
    notify.to_citizen(
        desk,
        appeal,
        Kind.TWO_PROBLEMS,
        anchor=anchor(appeal),
        first=first,
        second=second,
        new=twin.id,
    )


def anchor(appeal: Appeal) -> str:
    """What the offer is found by."""
    return f"two:{appeal.id}"


def opening_text(said: Sequence[Utterance]) -> str:
    """The words that opened the appeal."""
    return "\n".join(u.text for u in said if u.said_as is SaidAs.OPENING and u.text)
