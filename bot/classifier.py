"""The classifier's vocabulary and models, read from their files and checked."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from bot.i18n import _
from services.classifier.cold import ColdClassifier
from services.classifier.guess import Classifier
from services.classifier.learned import Learned, LearnedClassifier
from services.classifier.lexicon import Lexicon
from services.classifier.modelfile import LARGEST, unpack
from services.classifier.sealed import NotAModel
from services.classifier.vocabulary import Group, Subject, Vocabulary

VOCABULARY_FILE = Path(__file__).resolve().parent / "defaults" / "classifier.toml"

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]{1,31}$")]
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


class ModelRefused(ValueError):
    """The model can't be used; the text names the file and says why.

    `reason`: foreign, format, damaged, vocabulary, or unreadable.
    """

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text)
        self.reason = reason


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The shipped vocabulary, indexed; made once a process."""
    return Lexicon(load_vocabulary())


def classifier_of(model: str) -> Classifier:
    """The vocabulary alone («cold»), or the model in a file. Raises ModelRefused."""
    if model == ColdClassifier.version:
        return ColdClassifier(lexicon())
    return LearnedClassifier(read_model(Path(model)), lexicon())


def read_model(path: Path) -> Learned:
    """A model that fits the shipped vocabulary. Raises ModelRefused."""
    try:
        if path.stat().st_size > LARGEST:
            raise NotAModel("foreign")
        model = unpack(path.read_bytes())
    except OSError as error:
        text = _("{file}: {error}", file=path, error=error.strerror)
        raise ModelRefused(text, "unreadable") from None
    except NotAModel as error:
        raise ModelRefused(_why(error.reason, path), error.reason) from None
    if model.fingerprint != load_vocabulary().fingerprint:
        raise ModelRefused(_why("vocabulary", path), "vocabulary")
    return model


def _why(reason: str, path: Path) -> str:
    return {
        "foreign": _("{file}: this is not a model of the hub"),
        "format": _("{file}: a model of another version of the hub; learn it anew"),
        "damaged": _("{file}: the model is damaged; take it from a copy or learn it anew"),
        "vocabulary": _("{file}: learnt by another vocabulary; learn it anew"),
    }[reason].format(file=path)
