"""The chain of events of an appeal (invariant 1): each event's hash covers the one before.

Free texts enter the chain as salted hashes; text and salt stand in a table of their own, so that
erasing them leaves the chain whole.
"""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import fields, replace

from services.access import Actor
from services.desk import Desk
from services.model import Appeal, Event, EventText, Role, State

GENESIS = "0" * 64
_COVERED = tuple(f.name for f in fields(Event) if f.name not in {"id", "hash"})


def text_hash(text: str, salt: str) -> str:
    """What the chain keeps of a free text."""
    return hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()


def event_hash(event: Event) -> str:
    """Hash over ids, codes, times, the text's hash and the previous event's hash."""
    covered = {name: str(getattr(event, name)) for name in _COVERED}
    packed = json.dumps(covered, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(packed.encode()).hexdigest()


def first_break(events: Iterable[Event]) -> int | None:
    """The seq of the first event that does not continue the chain, or None."""
    previous, expected = GENESIS, 1
    for event in events:
        if (event.previous, event.seq, event.hash) != (previous, expected, event_hash(event)):
            return event.seq
        previous, expected = event.hash, expected + 1
    return None


def record(
    desk: Desk,
    appeal: Appeal,
    *,
    action: str,
    actor: Actor,
    role: Role,
    source: State | None,
    code: str | None = None,
    text: str | None = None,
) -> Appeal:
    """Append an event for what just happened to `appeal`; returns it with the new chain head."""
    salt = secrets.token_hex(16)
    event = Event(
        id=desk.uow.new_id(Event),
        appeal_id=appeal.id,
        seq=appeal.event_seq + 1,
        action=action,
        actor_id=actor.person_id,
        role=role,
        source=source,
        target=appeal.state,
        code=code,
        at=desk.now,
        channel=appeal.channel,
        policy=appeal.policy,
        policy_version=appeal.policy_version,
        text_hash=None if text is None else text_hash(text, salt),
        previous=appeal.chain_head,
        hash="",
    )
    event = replace(event, hash=event_hash(event))
    desk.uow.add(event)
    if text is not None:
        desk.uow.add(EventText(event.id, text, salt))
    return replace(appeal, event_seq=event.seq, chain_head=event.hash)
