"""Two unrelated problems in one text are offered as two appeals, each with a clock of its own.

Offered only where the citizen has parted them himself («а ещё», a number, a new line), both are
sure, and neither is an emergency: a needless question costs everybody more than a second topic.
"""

from __future__ import annotations

from collections.abc import Sequence

from services import notify
from services.desk import Desk
from services.model import Appeal, SaidAs, Utterance
from services.notices import Kind
from services.policies import Urgency
from services.understanding.segments import Segment, Subject, segments

MANY = 2
SHORTEST = 3
"""Words of a part that could be an appeal."""


def two_of(desk: Desk, text: str) -> tuple[Segment, ...]:
    """The two problems of a text; nothing where it tells of one, of three, or is not clear."""
    parts = segments(text, lambda piece: _about(desk, piece))
    clear = len(parts) == MANY and parts[1].apart
    long = all(len(part.text.split()) >= SHORTEST for part in parts)
    return parts if clear and long else ()


def _about(desk: Desk, text: str) -> Subject | None:
    seen = desk.understand(text)
    if not seen.sure or seen.topic is None or seen.block is None:
        return None
    return Subject(seen.topic, seen.block)


def offer(desk: Desk, appeal: Appeal, text: str) -> None:
    """Ask the author of a new appeal whether its second problem is a matter of its own."""
    if appeal.urgency is Urgency.EMERGENCY:
        return
    parts = two_of(desk, text)
    if parts:
        first, second = (part.subject.topic for part in parts)
        notify.to_citizen(
            desk, appeal, Kind.TWO_PROBLEMS, anchor=anchor(appeal), first=first, second=second
        )


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
