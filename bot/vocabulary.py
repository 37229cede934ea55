"""The classifier's vocabulary, read from its file and checked."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from services.classifier.vocabulary import Group, Subject, Vocabulary
from services.understanding.guess import same

VOCABULARY_FILE = Path(__file__).resolve().parent / "defaults" / "classifier.toml"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,28}$")]
"""With the prefix of services/classifier/served an event has room for it."""
Phrase = Annotated[str, StringConstraints(pattern=r"^[!~]?[а-яёa-z0-9./*-]+( [а-яёa-z0-9./*-]+)*$")]


NAME_LENGTH = 60
"""A topic's English name at the most: it stands on one line of a card."""


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class SubjectModel(_Model):
    """One topic."""

    code: Code
    name: Text
    about: Text
    name_en: str = ""
    words: list[Phrase] = Field(min_length=1)
    against: list[Phrase] = Field(default=[], alias="not")


class GroupModel(_Model):
    """One group with its topics."""

    code: Code
    name: Text
    words: list[Phrase] = Field(min_length=1)
    topics: list[SubjectModel] = Field(min_length=1)

    @model_validator(mode="after")
    def _named_in_english(self) -> Self:
        """By codes: a number in a list of 359 tells nobody which one it is."""
        taken: dict[str, str] = {}
        for topic in self.topics:
            where, name = f"{self.code}.{topic.code}.name_en", topic.name_en
            if not name.strip() or not name.isascii():
                raise ValueError(f"{where}: expected an English name, got «{name}»")
            if len(name) > NAME_LENGTH:
                raise ValueError(f"{where}: expected {NAME_LENGTH} characters at most: «{name}»")
            if other := taken.get(name.lower()):
                raise ValueError(f"{where}: «{name}» is the name of {other} already")
            taken[name.lower()] = topic.code
        return self


class VocabularyModel(_Model):
    """The whole file."""

    groups: list[GroupModel] = Field(min_length=1)


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The shipped vocabulary. Raises pydantic.ValidationError when the file is spoilt."""
    with VOCABULARY_FILE.open("rb") as file:
        return parse_vocabulary(tomllib.load(file))


@lru_cache(maxsize=1)
def english_names() -> dict[str, str]:
    """The English name of every topic by its own, as `same` gives it."""
    return {same(topic.name): topic.name_en for _group, topic in load_vocabulary().topics}


def parse_vocabulary(document: dict[str, Any]) -> Vocabulary:
    """A vocabulary from its document. Raises pydantic.ValidationError, which names the place."""
    model = VocabularyModel.model_validate(document)
    return Vocabulary(
        tuple(
            Group(
                code=group.code,
                name=group.name,
                words=tuple(group.words),
                topics=tuple(_subject(topic) for topic in group.topics),
            )
            for group in model.groups
        )
    )


def _subject(model: SubjectModel) -> Subject:
    return Subject(
        code=model.code,
        name=model.name,
        about=model.about,
        words=tuple(model.words),
        against=tuple(model.against),
        name_en=model.name_en,
    )
