"""What staff have said a case is about, read out of its events. Pure.

An event of the deed «topic» has the new topic as its code and the one before as its text, which
the code has no room for; one that takes another back has «undo:…» as its code. One without an
actor is the hub's: the topic followed the case to another block.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from services import undo
from services.access import Deed
from services.classifier.served import PREFIX
from services.model import Appeal, Event
from services.municipality import Municipality, Topic
from services.policies import Urgency
from services.understanding import Understanding


def told(events: Sequence[Event]) -> Event | None:
    """The event by which a person told what it is about; None when only the hub has said so.

    Where the case has gone to another block since, another topic may stand (services/block_topics).
    """
    deeds = [e for e in events if e.action == Deed.TOPIC and e.actor_id is not None]
    changes = [e for e in deeds if not e.word.startswith("undo:")]
    return next((e for e in reversed(changes) if not undo.is_undone(events, e.seq)), None)


def told_topic(town: Municipality, events: Sequence[Event]) -> Topic | None:
    """The topic that a person told, where the municipality has it still."""
    event = told(events)
    return town.topics.get(event.word) if event is not None else None


def revision(events: Sequence[Event]) -> int:
    """What a menu of topics was opened at: another number since says that the topic changed."""
    return max((e.seq for e in events if e.action == Deed.TOPIC), default=0)


def newest(events: Sequence[Event]) -> Event | None:
    """The last change, or the last taking back of one."""
    return next((e for e in reversed(events) if e.action == Deed.TOPIC), None)


def raised_by(events: Sequence[Event], change: Event) -> tuple[Urgency, Urgency] | None:
    """How urgent the case was before the change `change` raised it, and since."""
    after = next((e for e in events if e.seq == change.seq + 1), None)
    if after is None or after.action != Deed.WEIGH:
        return None
    if (after.at, after.actor_id) != (change.at, change.actor_id):
        return None
    before, now = after.word.split(">")
    return Urgency(before), Urgency(now)


def may_undo(events: Sequence[Event], change: Event, now: datetime) -> bool:
    """A minute long, unless it called the duty people."""
    raised = raised_by(events, change)
    alarmed = raised is not None and raised[1] is Urgency.EMERGENCY
    return undo.in_time(change.at, now) and not alarmed


def words_for(appeal: Appeal, topic: str | None) -> list[str]:
    """The words by which the hub found this topic; none where a person told another."""
    best = next(iter(appeal.candidates), None)
    return list(best["words"]) if best is not None and best["topic"] == topic else []


def choices(
    town: Municipality, seen: Understanding, *, block: str | None, present: str | None
) -> list[str]:
    """Topics to choose from: the likeliest of the words, our own of the block, its others.

    `block` None: the likeliest of every block, and no more.
    """
    likely = [t for t in seen.likely if block is None or town.topics[t].block == block]
    if block is not None:
        theirs = [t.code for t in town.topics.values() if t.block == block]
        likely += sorted(theirs, key=lambda code: code.startswith(PREFIX))
    return [code for code in dict.fromkeys(likely) if code != present]
