"""What a case is about once it is another block's: never a topic of the block it left. Pure.

The event of such a move has «topic before>topic since» as its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from services import told_topics
from services.access import Deed
from services.lifecycle import Action
from services.model import Appeal, Event, State
from services.municipality import Municipality
from services.understanding import Understanding
from services.understanding.guess import same


def topic_in(
    town: Municipality, appeal: Appeal, seen: Understanding, block: str, events: Sequence[Event]
) -> str | None:
    """The topic of `block` that a person told, or that stands; else the best by the hub's reading.

    That is the option of the triage card, the likeliest of the block's by the words, or the block's
    general topic. What had no topic gets none but an option's.
    """
    named = _named(town, appeal, seen, block, events)
    return next((code for code in named if _of(town, code, block)), None)


def _named(
    town: Municipality, appeal: Appeal, seen: Understanding, block: str, events: Sequence[Event]
) -> Iterator[str]:
    """One after the other: mostly the topic that stands is of the block, and no more is asked."""
    told = told_topics.told(events)
    if told is not None:
        yield told.word
    if appeal.topic is not None:
        yield appeal.topic
    yield from (option["topic"] for option in appeal.candidates)
    if appeal.topic is not None:
        yield from seen.likely
        yield from _general(town, seen, block)


def words_of(appeal: Appeal, topic: str | None, events: Sequence[Event]) -> list[str]:
    """The words by which the hub found the topic among its options; none where a person told it."""
    told = told_topics.told(events)
    if told is not None and told.word == topic:
        return []
    found = next((one for one in appeal.candidates if one["topic"] == topic), None)
    return list(found["words"]) if found is not None else []


def _of(town: Municipality, code: str, block: str) -> bool:
    return code in town.topics and town.topics[code].block == block


def _general(town: Municipality, seen: Understanding, block: str) -> list[str]:
    """Topics of whole groups: those the words may be of, then the only one the block has."""
    likely = [town.groups[same(name)] for name, _ in seen.guess.groups if same(name) in town.groups]
    theirs = sorted({code for code in town.groups.values() if _of(town, code, block)})
    return [*likely, *(theirs if len(theirs) == 1 else ())]


def change(before: str | None, since: str | None) -> str | None:
    """The text of the move; None where the topic is the same."""
    return None if before == since else f"{before or ''}>{since or ''}"


def changed(text: str) -> tuple[str, str]:
    """The topic before and since, out of such a text."""
    before, _, since = text.partition(">")
    return before, since


def changing(events: Sequence[Event]) -> list[Event]:
    """Moves since the case came to the duty officer by which its topic changed, and stands so."""
    found: list[Event] = []
    for event in events:
        if event.target is State.NEW or event.action == Deed.TOPIC:
            found = []
        elif event.action == Action.ROUTE and event.text_hash is not None:
            found.append(event)
    return found
