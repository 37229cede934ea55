"""Classifiers: the vocabulary alone, or a model read from its file and checked."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from bot.i18n import _
from bot.vocabulary import load_vocabulary
from services.classifier.cold import ColdClassifier
from services.classifier.learned import Learned, LearnedClassifier
from services.classifier.lexicon import Lexicon
from services.classifier.modelfile import LARGEST, unpack
from services.classifier.sealed import NotAModel
from services.understanding.guess import Classifier


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
