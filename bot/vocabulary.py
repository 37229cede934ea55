"""The classifier's vocabulary, read from its file and checked."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from services.classifier.vocabulary import Group, Subject, Vocabulary

VOCABULARY_FILE = Path(__file__).resolve().parent / "defaults" / "classifier.toml"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,28}$")]
"""With the prefix of services/classifier/served an event has room for it."""
Phrase = Annotated[str, StringConstraints(pattern=r"^[!~]?[а-яёa-z0-9./*-]+( [а-яёa-z0-9./*-]+)*$")]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SubjectModel(_Model):
    """One topic."""

    code: Code
    name: Text
    about: Text
    words: list[Phrase] = Field(min_length=1)
    against: list[Phrase] = Field(default=[], alias="not")


class GroupModel(_Model):
    """One group with its topics."""

    code: Code
    name: Text
    words: list[Phrase] = Field(min_length=1)
    topics: list[SubjectModel] = Field(min_length=1)


class VocabularyModel(_Model):
    """The whole file."""

    groups: list[GroupModel] = Field(min_length=1)


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The shipped vocabulary. Raises pydantic.ValidationError when the file is spoilt."""
    with VOCABULARY_FILE.open("rb") as file:
        model = VocabularyModel.model_validate(tomllib.load(file))
    return Vocabulary(
        tuple(
            Group(
                code=group.code,
                name=group.name,
                words=tuple(group.words),
                topics=tuple(
                    Subject(t.code, t.name, t.about, tuple(t.words), tuple(t.against))
                    for t in group.topics
                ),
            )
            for group in model.groups
        )
    )
