"""The classifier as data: groups and topics, with what people say about them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any


@dataclass(frozen=True, slots=True)
class Subject:
    """A topic of the classifier. `words` and `against` are phrases, see `slots.parse`."""

    code: str
    name: str
    about: str
    words: tuple[str, ...]
    against: tuple[str, ...] = ()
    name_en: str = ""
    """What readers of English see. It tells the classifier nothing."""


@dataclass(frozen=True, slots=True)
class Group:
    """A group of topics. `words` speak for the group without telling the topic."""

    code: str
    name: str
    words: tuple[str, ...]
    topics: tuple[Subject, ...]


@dataclass(frozen=True)
class Vocabulary:
    """Every group, in the classifier's order."""

    groups: tuple[Group, ...]

    @cached_property
    def fingerprint(self) -> str:
        """Changes with every word: a model is of use only with the vocabulary it has learnt by.

        English names are no part of it: nothing is learnt by them.
        """
        text = json.dumps([_learnt_by(group) for group in self.groups], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    @cached_property
    def topics(self) -> tuple[tuple[int, Subject], ...]:
        """Every topic with the number of its group."""
        return tuple((number, t) for number, group in enumerate(self.groups) for t in group.topics)


def _learnt_by(group: Group) -> dict[str, Any]:
    fields = asdict(group)
    for topic in fields["topics"]:
        del topic["name_en"]
    return fields
