"""The region's classifier as the municipality serves it: every topic with the block that answers.

Our own topics are finer and come first: a topic of the classifier that has one of ours in the same
block is that one; the rest of the classifier is added, so that whatever a classifier says has a
block, an urgency and a name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from services.classifier.vocabulary import Group, Subject, Vocabulary
from services.municipality import Topic
from services.policies import Urgency
from services.understanding.guess import same

PREFIX = "im."
"""Codes of the classifier's topics among ours begin so."""


@dataclass(frozen=True, slots=True)
class Service:
    """How a group or one of its topics is served; None: as usual, or as its group."""

    block: str | None = None
    urgency: Urgency | None = None
    evidence: bool | None = None
    place: bool | None = None
    name_en: str = ""
    """Of a group: its own name; its topics have theirs in the vocabulary."""
    topics: Mapping[str, Service] = field(default_factory=dict)
    """Of a group: those of its topics that are served in another way, by code."""


@dataclass(frozen=True, slots=True)
class Served:
    """All topics by code, and the way to them from the names of the classifier."""

    topics: dict[str, Topic]
    subjects: dict[str, str]
    """Name of a topic (as `same` gives it) → code of the topic that stands for it."""
    groups: dict[str, str]
    """Name of a group → code of the topic of a matter that is known no nearer."""


def serve(vocabulary: Vocabulary, own: Iterable[Topic], services: Mapping[str, Service]) -> Served:
    """Put the classifier beside our own topics. A group that no block serves is left out."""
    own = tuple(own)
    topics = {topic.code: topic for topic in own}
    subjects: dict[str, str] = {}
    groups: dict[str, str] = {}
    for group in vocabulary.groups:
        service = services.get(group.code, Service())
        usual = service.block or _usual_block(own, group)
        if usual is None:
            continue
        names = (group.name, service.name_en or group.name)
        whole = _topic(group, group.code, names, usual, service, Service())
        topics[whole.code] = whole
        groups[same(group.name)] = whole.code
        for subject in group.topics:
            special = service.topics.get(subject.code, Service())
            found = _ours(own, subject, special.block or usual)
            if found is None:
                names = (_short(subject.about), subject.name_en)
                found = _topic(group, subject.code, names, usual, service, special)
                topics[found.code] = found
            subjects[same(subject.name)] = found.code
    return Served(topics, subjects, groups)


def _usual_block(own: tuple[Topic, ...], group: Group) -> str | None:
    """Where the file does not say: the block of most of our topics of the group."""
    blocks = Counter(topic.block for topic in own if same(topic.group) == same(group.name))
    return blocks.most_common(1)[0][0] if blocks else None


def _ours(own: tuple[Topic, ...], subject: Subject, block: str) -> Topic | None:
    return next((t for t in own if t.subject == subject.code and t.block == block), None)


def _topic(
    group: Group,
    code: str,
    names: tuple[str, str],
    usual: str,
    service: Service,
    special: Service,
) -> Topic:
    name, name_en = names
    urgency = special.urgency or service.urgency or Urgency.NORMAL
    return Topic(
        code=PREFIX + code,
        name=name,
        name_en=name_en,
        group=group.name,
        block=special.block or usual,
        words=(),
        stop_words=(),
        urgency=urgency,
        evidence=_first(special.evidence, service.evidence, False),
        place=_first(special.place, service.place, True),
        subject=None if code == group.code else code,
    )


def _first(special: bool | None, service: bool | None, usual: bool) -> bool:
    return next((value for value in (special, service) if value is not None), usual)


def _short(about: str) -> str:
    """«Переходы через дорогу: зебры, …» is «переходы через дорогу» on a card."""
    head = about.split(":", 1)[0]
    return head[:1].lower() + head[1:] if head[1:2].islower() else head
